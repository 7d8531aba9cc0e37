"""What calls itself history is believed where it is old: is everybody else checked all the same?"""

from datetime import timedelta

import pytest

from services.intake.domain.history import is_past
from services.intake.ports import CHECKS
from shared.contracts.base import EventData
from tests.fakes.memory import START, MemoryService
from tests.intake.office import (
    CONFIG,
    LONG_AGO,
    inquiry,
    intake,
    last_check,
    onboarded,
    opened,
    party,
)

OPPONENT = "Erika Mustermann"


@pytest.fixture
def office() -> MemoryService:
    """A firm that acts against somebody."""
    office = intake()
    office.hear(party(OPPONENT, "adverse", matter_id="m-7"))
    return office


@pytest.mark.parametrize(
    "said",
    [onboarded(name=OPPONENT), party(OPPONENT, "client", matter_id="m-8"), inquiry(OPPONENT)],
    ids=["client", "party", "inquiry"],
)
def test_whoever_calls_a_current_event_history_is_checked_all_the_same(
    office: MemoryService, said: EventData
) -> None:
    office.hear(said, history=True)
    assert [check.state for check in office.all(CHECKS) if check.hits] == ["pending"]


def test_a_month_ago_is_old_enough_and_a_day_less_is_not() -> None:
    class Told:
        history = True
        time = START - CONFIG.history_after

    assert is_past(Told(), START, CONFIG.history_after)
    assert not is_past(Told(), START - timedelta(days=1), CONFIG.history_after)


def test_what_is_old_and_does_not_call_itself_history_is_checked(office: MemoryService) -> None:
    office.hear(onboarded(name=OPPONENT), time=LONG_AGO)
    assert last_check(office, "client:c-1").state == "pending"


def test_a_client_nobody_checked_is_checked_when_a_matter_opens(office: MemoryService) -> None:
    office.hear(onboarded(name=OPPONENT), history=True, time=LONG_AGO)
    assert [check for check in office.all(CHECKS) if check.trigger == "client"] == []
    office.hear(opened("m-1", owner_id="s-lead"))
    check = last_check(office, "client:c-1")
    assert (check.state, check.trigger) == ("pending", "client")
    (task,) = office.tasks("conflict-check")
    assert task.barred == ("s-lead",)


def test_a_client_who_was_checked_is_not_checked_again_by_a_matter(office: MemoryService) -> None:
    office.hear(onboarded(name="Anna Weber"))
    office.hear(opened("m-1"))
    office.hear(opened("m-2"))
    assert len([check for check in office.all(CHECKS) if check.trigger == "client"]) == 1


def test_the_matter_may_be_heard_of_before_the_import_of_its_client(office: MemoryService) -> None:
    office.hear(opened("m-1"))
    office.hear(onboarded(name=OPPONENT), history=True, time=LONG_AGO)
    assert last_check(office, "client:c-1").state == "pending"


def test_an_imported_matter_of_the_past_checks_nobody(office: MemoryService) -> None:
    office.hear(onboarded(name=OPPONENT), history=True, time=LONG_AGO)
    office.hear(opened("m-1"), history=True, time=LONG_AGO)
    assert [check for check in office.all(CHECKS) if check.trigger == "client"] == []
