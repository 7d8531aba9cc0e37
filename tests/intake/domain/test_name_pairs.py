"""How many of the pairs that a person ought to look at are found, and how many others besides?"""

from collections.abc import Sequence

import pytest

from services.intake.domain.matching import compare
from services.intake.domain.wording import reasons_in_words
from tests.intake.domain.name_pairs import PAIRS, UNSEEN, Pair

RECALL, PRECISION = 0.95, 0.90
OTHERS = ("other-company", "other-given-name", "other-person")


def found(pair: Pair) -> bool:
    """Whether the rules take the new name for the known one."""
    return compare(pair.new, pair.known) is not None


@pytest.mark.parametrize("pairs", [PAIRS, UNSEEN], ids=["listed", "unseen"])
def test_nearly_all_pairs_are_judged_as_a_person_would(pairs: Sequence[Pair]) -> None:
    right = sum(found(pair) and pair.found for pair in pairs)
    assert right / sum(pair.found for pair in pairs) >= RECALL
    assert right / sum(found(pair) for pair in pairs) >= PRECISION


@pytest.mark.parametrize("pair", [p for p in PAIRS if p.tries != "own"], ids=lambda p: p.tries)
def test_each_kind_of_pair_is_judged_right(pair: Pair) -> None:
    assert found(pair) is pair.found


def test_every_reason_that_is_given_can_be_said_in_words() -> None:
    matches = [match for pair in (*PAIRS, *UNSEEN) if (match := compare(pair.new, pair.known))]
    assert all(reasons_in_words(match.reasons) for match in matches)


@pytest.mark.parametrize(
    ("new", "known", "reasons"),
    [
        ("Robert Smith", "Smith, Robert", ("same-name",)),
        ("Smith Robert", "Robert Smith", ("same-words",)),
        ("Robert J. Smith", "Robert Smith", ("same-name",)),
        ("J. Smith", "John Smith", ("initial",)),
        ("Robert J. Smith", "Robert K. Smith", ("other-initial",)),
        ("Peter Klein", "Familie Klein", ("household",)),
        ("Igor Schtscherbakow", "Igor Shcherbakov", ("romanisation",)),
        ("Михаил Хрущёв", "Michail Chruschtschow", ("transliteration",)),
    ],
)
def test_the_reasons_are_true(new: str, known: str, reasons: tuple[str, ...]) -> None:
    match = compare(new, known)
    assert match is not None
    assert match.reasons == reasons
