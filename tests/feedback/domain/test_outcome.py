"""Can a recovery end only as it really was?"""

import pytest

from services.feedback.domain.outcome import OUTCOMES, UNREACHABLE, check_outcome
from shared.contracts.feedback_task_kinds import SERVICE_RECOVERY
from shared.errors import RuleError


def refused(outcome: str, told: object, note: str = "", days: int = 0) -> RuleError:
    with pytest.raises(RuleError) as no:
        check_outcome(outcome, told, note, days, 3)
    return no.value


@pytest.mark.parametrize("told", [False, None, "", "no", "yes", 1])
@pytest.mark.parametrize("outcome", ["apologised", "explained", "fee-adjusted", "passed-on"])
def test_nothing_but_a_true_yes_says_that_the_client_was_told(outcome: str, told: object) -> None:
    assert refused(outcome, told).code == "client-not-told"


@pytest.mark.parametrize("days", [0, 1, 2])
def test_nobody_is_unreachable_before_tries_on_three_days(days: int) -> None:
    no = refused(UNREACHABLE, told=False, days=days)
    assert (no.code, no.field) == ("tries-missing", "outcome")


@pytest.mark.parametrize("told", [True, None])
def test_who_was_told_was_reached(told: object) -> None:
    assert refused(UNREACHABLE, told, days=3).field == "client_told"


@pytest.mark.parametrize("outcome", ["nobody-at-fault", "no-contact-wanted", "taken-back"])
def test_an_end_without_amends_needs_its_reason_in_writing(outcome: str) -> None:
    assert refused(outcome, told=True, note="  ").field == "note"


@pytest.mark.parametrize(
    ("outcome", "told", "note", "days"),
    [
        (UNREACHABLE, False, "", 3),
        ("no-contact-wanted", False, "said so on the telephone", 0),
        ("nobody-at-fault", True, "looked into, all as agreed", 0),
        ("taken-back", None, "meant another firm", 0),
        ("apologised", True, "", 0),
    ],
)
def test_an_end_that_is_so_is_taken(outcome: str, told: object, note: str, days: int) -> None:
    assert check_outcome(outcome, told, note, days, 3) is OUTCOMES[outcome]


def test_an_outcome_that_is_none_is_refused() -> None:
    assert refused("bribed", told=True).field == "outcome"


def test_the_task_offers_the_outcomes_there_are() -> None:
    (offered,) = [field.choices for field in SERVICE_RECOVERY.fields if field.name == "outcome"]
    assert {*offered, "passed-on"} == set(OUTCOMES)
