"""Once a client's working records are cleared: does anything of them come back?"""

from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reminders.domain.occurrence import State
from services.reminders.domain.subject import Subject
from services.reminders.ports import COMMITMENTS, CONTACTS, SUBJECTS, TIMERS
from services.reminders.records import RECORDS
from shared.contracts.envelope import Cause
from shared.contracts.firm import (
    ClientContactLogged,
    DocumentReceived,
    DocumentRequested,
    MatterClosed,
    MatterReopened,
)
from shared.contracts.promises import DocumentAcknowledged
from shared.engine.records_ends import TASKS_CLEARED
from shared.people import End
from shared.tasks import TASKS
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, scheduled
from tests.reminders.test_convergence import STORY

CLOSED = MatterClosed(matter_id="m-2", client_id="c-1", closed_at=MONDAY + timedelta(days=20))
ANSWERED = ClientContactLogged(client_id="c-1", direction="out", channel="phone", at=MONDAY)
TOLD = [*STORY, ANSWERED, CLOSED]
YEARS = timedelta(days=6 * 365)


def moment_of(number: int) -> datetime:
    return MONDAY - timedelta(minutes=30) + timedelta(minutes=number)


def hear(reminders: Reminders, number: int) -> None:
    """The event of this number, at the moment it always had."""
    reminders.hear(TOLD[number], id=f"e-{number}", time=moment_of(number))


def clear(reminders: Reminders, until: datetime) -> int:
    """What the engine does once it has heard that the records ended."""
    end = End(client_id="c-1", until=until, at=reminders.now, correlation_id="k-1")
    count = 0
    for cleared in (*RECORDS.cleared, TASKS_CLEARED):
        for each in reminders.all(cleared.kind):
            key = cleared.kind.key(each)
            cause = Cause("urn:test", f"clear-{key}", "records", "k-1", None, reminders.now)
            count += reminders.act(
                partial(cleared.clear, key, end), partial(cleared.needs, key), cause
            )
    return count


def over(*, cleared: bool = True) -> Reminders:
    """A client of whom all is over for years, and cleared, or not."""
    reminders = Reminders()
    for number in range(len(TOLD)):
        hear(reminders, number)
    reminders.after(days=60)
    reminders.now += YEARS
    reminders.after(days=60)
    if cleared:
        clear(reminders, MONDAY + timedelta(days=400))
    reminders.messages.clear()
    reminders.announced.clear()
    reminders._handled.clear()  # so old that nobody knows any more that it was handled
    return reminders


def test_a_thing_that_is_over_leaves_its_name_and_a_day() -> None:
    reminders = over()
    marks = [each for each in reminders.all(SUBJECTS) if each.cleared_until is not None]
    assert {each.thread for each in marks} >= {
        "appointment_id:a-1",
        "invoice_id:i-1",
        "matter_id:m-1",
    }
    for each in marks:
        said = {field.name for field in fields(Subject) if getattr(each, field.name)}
        assert said == {"thread", "cleared_until"}


def test_of_what_was_planned_and_sent_nothing_stays_but_what_is_called_by_the_client() -> None:
    reminders = over()
    assert reminders.all(CONTACTS) == []
    assert {each.thread for each in reminders.all(COMMITMENTS)} <= {"client_id:c-1"}
    assert {each.thread for each in reminders.all(TIMERS)} <= {"client_id:c-1"}
    assert {each.title for each in reminders.all(TASKS) if each.state != "open"} <= {""}


def followed(reminders: Reminders, again: list[int]) -> list[Any]:
    """What comes of hearing these again, then and in the two months after."""
    for number in again:
        hear(reminders, number)
    at_once = [reminders.timers(State.PLANNED), reminders.tasks()]
    sent = [each.rule_id for each in reminders.after(days=60)]
    said = [(each.type, each.data) for each in reminders.announced]
    return [*at_once, sent, said, reminders.timers(State.PLANNED), reminders.tasks()]


@settings(max_examples=15, deadline=None)
@given(again=st.lists(st.sampled_from(range(len(TOLD))), min_size=1, max_size=30))
def test_whatever_is_heard_again_has_no_other_effect_than_if_nothing_had_been_cleared(
    again: list[int],
) -> None:
    assert followed(over(), again) == followed(over(cleared=False), again)


@settings(max_examples=15, deadline=None)
@given(again=st.lists(st.sampled_from(range(len(TOLD))), min_size=1, max_size=30))
def test_whatever_is_heard_again_arms_nothing_and_sends_nothing(again: list[int]) -> None:
    reminders = over()
    planned, asked = reminders.timers(State.PLANNED), {each.task_id for each in reminders.tasks()}
    for number in again:
        hear(reminders, number)
    assert reminders.timers(State.PLANNED) == planned
    assert {each.task_id for each in reminders.tasks()} == asked
    assert reminders.after(days=60) == []


def test_a_part_that_was_never_heard_of_is_not_begun_in_a_matter_that_was_cleared() -> None:
    late = DocumentRequested(
        request_id="r-9", client_id="c-1", matter_id="m-1", due_at=MONDAY + timedelta(days=9)
    )
    reminders = over()
    before = reminders.timers()
    reminders.hear(late, time=MONDAY)
    assert reminders.timers() == before
    assert reminders.after(days=60) == []


def test_what_happens_now_in_a_matter_that_was_cleared_begins_anew() -> None:
    reminders = over()
    reminders.tell(MatterReopened(matter_id="m-1", client_id="c-1"))
    assert [each for each in reminders.timers(State.PLANNED) if each.thread == "matter_id:m-1"]


def test_after_it_began_anew_the_old_still_changes_nothing() -> None:
    reminders = over()
    reminders.tell(MatterReopened(matter_id="m-1", client_id="c-1"))
    before = reminders.timers()
    for number in range(len(TOLD)):
        hear(reminders, number)
    assert reminders.timers() == before


def test_a_thing_of_which_something_is_still_planned_stays_whole() -> None:
    reminders = Reminders()
    reminders.tell(STORY[0], OPENED, scheduled(MONDAY + timedelta(days=14)))
    timers, sent = reminders.all(TIMERS), reminders.after(hours=1)
    clear(reminders, reminders.now)
    assert sent
    assert {each.occurrence_id for each in reminders.all(TIMERS)} == {
        each.occurrence_id for each in timers
    }


@pytest.mark.parametrize("day", [0, 30, 399])
def test_what_is_younger_than_the_day_stays_as_it_is(day: int) -> None:
    reminders = Reminders()
    starts = MONDAY + timedelta(days=14)
    reminders.tell(STORY[0], scheduled(starts))
    reminders.until(starts + timedelta(days=day))
    before = reminders.all(TIMERS)
    clear(reminders, starts - timedelta(seconds=1))
    assert reminders.all(TIMERS) == before


def test_clearing_twice_is_clearing_once() -> None:
    reminders = over()
    state = [reminders.all(kind) for kind in (SUBJECTS, TIMERS, CONTACTS, TASKS)]
    clear(reminders, MONDAY + timedelta(days=400))
    assert [reminders.all(kind) for kind in (SUBJECTS, TIMERS, CONTACTS, TASKS)] == state


def test_of_the_client_as_such_the_last_of_each_rule_stays_and_what_was_replaced_goes() -> None:
    reminders = Reminders()
    reminders.tell(STORY[0], OPENED)
    came = [(DocumentReceived(request_id=f"r-{n}", client_id="c-1"), MONDAY + timedelta(days=n))
            for n in range(8)]  # fmt: skip
    for n, (data, at) in enumerate(came):
        reminders.until(at)
        reminders.hear(data, id=f"document-{n}", time=at)
        reminders.after(hours=1)
        reminders.tell(DocumentAcknowledged(request_id=f"r-{n}", client_id="c-1", at=reminders.now))
    reminders.after(days=10)
    before = len(reminders.all(COMMITMENTS))
    clear(reminders, reminders.now)
    kept = reminders.all(COMMITMENTS)
    assert (before, len(kept)) == (8, 1)
    reminders._handled.clear()
    reminders.announced.clear()
    for n, (data, at) in enumerate(came):
        reminders.hear(data, id=f"document-{n}", time=at)
    assert reminders.all(COMMITMENTS) == kept
    assert reminders.announced == []
