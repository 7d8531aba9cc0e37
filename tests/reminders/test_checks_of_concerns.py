"""Is somebody asked two weeks after a concern was closed whether it is right now, and only then?"""

from datetime import datetime

import pytest

from shared.contracts.concerns import ConcernClosed, ConcernOpened
from shared.contracts.reminders import ConcernCheckDue
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client


def closed(
    outcome: str = "apologised", client_id: str | None = "c-1", at: datetime = MONDAY
) -> ConcernClosed:
    return ConcernClosed(
        concern_id="k-1",
        kind="complaint",
        client_id=client_id,
        outcome=outcome,
        cause_code="too-slow",
        confirmed=False,
        at=at,
    )


def heard(said: ConcernClosed) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED, opened("complaint"))
    reminders.after(minutes=1)
    reminders.tell(said)
    return reminders


def opened(trigger: str) -> ConcernOpened:
    return ConcernOpened(
        concern_id="k-1", kind="complaint", client_id="c-1", trigger=trigger, due_at=MONDAY
    )


@pytest.mark.parametrize("client_id", ["c-1", None])
def test_two_weeks_after_it_was_closed_the_check_is_due_once(client_id: str | None) -> None:
    reminders = heard(closed(client_id=client_id))
    reminders.after(days=13)
    assert reminders.announced_of(ConcernCheckDue) == []
    reminders.after(days=30)
    (due,) = reminders.announced_of(ConcernCheckDue)
    assert (due.concern_id, due.client_id) == ("k-1", client_id)


@pytest.mark.parametrize("outcome", ["client-unreachable", "no-contact-wanted", "passed-on"])
def test_who_is_to_be_left_in_peace_is_not_asked(outcome: str) -> None:
    reminders = heard(closed(outcome))
    reminders.after(days=30)
    assert reminders.announced_of(ConcernCheckDue) == []


def test_closed_again_it_is_asked_about_two_weeks_after_that() -> None:
    reminders = heard(closed())
    reminders.after(days=10)
    reminders.tell(opened("still-unhappy"), closed(at=reminders.now))
    reminders.after(days=13)
    assert reminders.announced_of(ConcernCheckDue) == []
    reminders.after(days=2)
    assert len(reminders.announced_of(ConcernCheckDue)) == 1
