"""Does a firm add short names of its own, and is a line that cannot be read named at start?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.intake.app import read_nicknames
from services.intake.domain.firms_nicknames import NicknamesError, nicknames_of
from services.intake.domain.matching import compare, compare_names, compared_with
from services.intake.domain.nicknames import add_firms
from services.intake.domain.readings import read_names
from services.intake.domain.search_keys import filing_keys, looking_keys
from services.intake.domain.words import likeness


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Names are compared and looked for anew, before and after."""
    caches = (compared_with, likeness, looking_keys, read_names)
    for each in caches:
        each.cache_clear()
    yield
    add_firms({})
    for each in caches:
        each.cache_clear()


def test_a_short_name_of_the_firms_own_is_found() -> None:
    add_firms(nicknames_of("own.txt", ["# of our village", "", "ferdinand: Nandl, fex  # both"]))
    match = compare("Nandl Huber", "Ferdinand Huber")
    assert match is not None
    assert match.reasons == ("nickname",)
    assert not set(looking_keys("Nandl Huber")).isdisjoint(filing_keys("Ferdinand Huber"))
    assert not set(looking_keys("Ferdinand Huber")).isdisjoint(filing_keys("Nandl Huber"))


def test_without_it_the_two_are_others() -> None:
    [nandl], [ferdinand] = read_names("Nandl Huber"), read_names("Ferdinand Huber")
    assert compare_names(nandl, ferdinand) is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("robert bob", "own.txt, line 3: write a name, a colon, its short forms"),
        ("robert:", "own.txt, line 3: write a name, a colon, its short forms"),
        ("robert: b0b", "own.txt, line 3: 'b0b' is not one word of letters"),
        ("robert smith: bob", "own.txt, line 3: 'robert smith' is not one word"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, complaint: str) -> None:
    with pytest.raises(NicknamesError, match=complaint):
        nicknames_of("own.txt", ["anna: anni", "", line])


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(NicknamesError, match="CLIENTELE_NICKNAMES_FILE"):
        read_nicknames(tmp_path / "none.txt")
