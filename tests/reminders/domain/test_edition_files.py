"""Is an edition the same files as in the folder, and is nothing of two people's work lost?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.edition_files import (
    MOST_BYTES,
    as_kept,
    changed_places,
    changes_between,
    hash_of,
    laid_over,
    texts_in,
)
from shared.errors import RuleError
from shared.firm.edition_parts import belongs

PLACES = [f"playbooks/{name}.yaml" for name in "abcd"]
FILES = st.dictionaries(
    st.sampled_from(PLACES), st.sampled_from(["one\n", "two\n", "three\nfour\n"])
)


@pytest.mark.parametrize(
    "place",
    ["playbooks/closing.yaml", "playbooks/our rules.yaml", "languages/fr/messages/welcome.txt",
     "languages/fr/messages/frame/greeting.txt", "languages/fr/messages/frame/moments.yaml",
     "letters/de/closing.txt", "firm.toml", "surveys.yaml", "languages/fr/pages.yaml",
     "forms/tenancy.yaml", "logo.png", "brand/mark.PNG"],
)  # fmt: skip
def test_rules_messages_and_values_are_part_of_an_edition(place: str) -> None:
    assert belongs(place)


@pytest.mark.parametrize(
    "place",
    ["letters/de/closing.md", "sources/portal.yaml", "imports/clients.yaml",
     "profiles/ours.yaml", "logo.svg", "languages/fr/notes.yaml", "playbooks/a/b.yaml",
     "../playbooks/a.yaml", "playbooks/.a.yaml", "languages/fr/messages/../../x.txt"],
)  # fmt: skip
def test_nothing_else_is(place: str) -> None:
    assert not belongs(place)
    with pytest.raises(RuleError):
        as_kept({place: ""})


def test_line_ends_of_other_machines_change_nothing() -> None:
    assert as_kept({PLACES[0]: "a\r\nb\r"}) == {PLACES[0]: "a\nb\n"}


def test_more_than_a_request_carries_is_refused() -> None:
    with pytest.raises(RuleError) as no:
        as_kept({PLACES[0]: "x" * (MOST_BYTES + 1)})
    assert no.value.code == "too-long"


@given(files=FILES, other=FILES)
def test_a_hash_is_of_what_the_files_say(files: dict[str, str], other: dict[str, str]) -> None:
    assert hash_of(dict(reversed(files.items()))) == hash_of(files)
    assert (hash_of(files) == hash_of(other)) is (files == other)


@given(before=FILES, after=FILES)
def test_every_difference_is_told_with_its_lines(
    before: dict[str, str], after: dict[str, str]
) -> None:
    told = changes_between(before, after)
    assert {each.place for each in told} == changed_places(before, after)
    for each in told:
        added = [line[1:] for line in each.lines if line.startswith("+")]
        assert set(added) <= set(after.get(each.place, "").splitlines())
        assert each.what == ("new" if each.place not in before else
                             "changed" if each.place in after else "gone")  # fmt: skip


@given(base=FILES, ours=FILES, theirs=FILES)
def test_of_two_who_change_at_once_nothing_is_lost_unseen(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
) -> None:
    merged, both = laid_over(ours, base, theirs)
    for place in PLACES:
        mine, others = ours.get(place), theirs.get(place)
        if mine == base.get(place):
            assert merged.get(place) == others
        else:
            assert merged.get(place) == mine
            assert (place in both) is (others not in (base.get(place), mine))


def test_texts_are_found_by_language() -> None:
    found = texts_in({"languages/fr/messages/frame/greeting.txt": "Bonjour", PLACES[0]: "x"})
    [text] = found["fr"]
    assert (text.part, text.own) == ("frame/greeting.txt", True)
