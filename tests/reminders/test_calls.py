"""Does a call go on until somebody was reached, on the days that whoever tried names?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.channels import Outcome, Result
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import DocumentReceived, DocumentRequested
from shared.contracts.tasks import TaskUpdated
from shared.errors import RuleError
from shared.tasks import Task
from tests.reminders.over_memory import ASSISTANT, MONDAY, OPENED, Reminders, client, scheduled

RECEIVED = DocumentReceived(request_id="r-1", client_id="c-1")


def waiting_for_a_document() -> Reminders:
    """Nothing came after the reminders: a person is asked to call."""
    reminders = Reminders()
    due_at = MONDAY + timedelta(days=10)
    reminders.tell(
        client(),
        OPENED,
        DocumentRequested(request_id="r-1", client_id="c-1", matter_id="m-1", due_at=due_at),
    )
    reminders.after(days=28)
    return reminders


def not_reached(reminders: Reminders, **fields: Any) -> Task:
    (task,) = reminders.tasks("call-client")
    reminders.decide(task.task_id, "not-reached", fields, actor=ASSISTANT)
    (task,) = reminders.tasks("call-client")
    return task


def refused(reminders: Reminders, **fields: Any) -> RuleError:
    (task,) = reminders.tasks("call-client")
    with pytest.raises(RuleError) as no:
        reminders.decide(task.task_id, "not-reached", fields, actor=ASSISTANT)
    assert reminders.tasks("call-client") == [task]
    return no.value


def test_not_reached_needs_the_day_of_the_next_try() -> None:
    no = refused(waiting_for_a_document())
    assert (no.code, no.field) == ("missing", "next_try")


@pytest.mark.parametrize(
    ("said", "code"),
    [("soon", "invalid"), (3, "invalid"), ("2026-03-29", "past"), ("2027-09-01", "too-far")],
)
def test_a_day_that_is_none_is_refused_by_its_field(said: Any, code: str) -> None:
    no = refused(waiting_for_a_document(), next_try=said)
    assert (no.code, no.field) == (code, "next_try")


def test_not_reached_the_task_stays_and_is_due_on_the_day_of_the_next_try() -> None:
    reminders = waiting_for_a_document()
    task = not_reached(reminders, next_try="2026-04-02")
    assert task.due_at == datetime(2026, 4, 2, 16, tzinfo=UTC)  # the firm closes at six
    (said,) = reminders.announced_of(TaskUpdated)
    assert (said.due_at, said.version) == (task.due_at, 2)
    assert said.why.text == (
        "The document has not come. Reminders that went out: 5. "
        "Not reached on Monday, 30 March 2026; the next try is on Thursday, 2 April 2026."
    )


def test_a_day_on_which_the_firm_is_closed_means_the_next_one() -> None:
    task = not_reached(waiting_for_a_document(), next_try="2026-04-04")
    assert task.due_at == datetime(2026, 4, 7, 16, tzinfo=UTC)  # after Easter


def test_whoever_tries_next_sees_on_which_days_somebody_tried() -> None:
    reminders = waiting_for_a_document()
    not_reached(reminders, next_try="2026-04-01")
    reminders.after(days=2)
    task = not_reached(reminders, next_try="2026-04-07")
    assert "Not reached on Wednesday, 1 April 2026, 2 times so far; the next" in task.why["text"]
    assert task.why["text"].count("Not reached") == 1
    assert (
        reminders.view(task.task_id, ASSISTANT)["tries"]
        == "Monday, 30 March 2026, Wednesday, 1 April 2026"
    )


def test_the_chase_goes_on_until_the_document_has_come() -> None:
    reminders = waiting_for_a_document()
    for days in range(2, 12, 2):
        not_reached(reminders, next_try=f"{reminders.now + timedelta(days=days):%Y-%m-%d}")
        reminders.after(days=days)
    assert len(reminders.tasks("call-client", None)) == 1
    reminders.tell(RECEIVED)
    assert reminders.tasks("call-client") == []


def test_nobody_calls_any_more_only_with_a_reason() -> None:
    reminders = waiting_for_a_document()
    (task,) = reminders.tasks("call-client")
    with pytest.raises(RuleError, match="Why nobody"):
        reminders.decide(task.task_id, "no-more-calls", actor=ASSISTANT)
    reminders.decide(task.task_id, "no-more-calls", {"reason": "Number is dead"}, actor=ASSISTANT)
    assert reminders.tasks("call-client") == []


def test_a_call_about_a_date_is_tried_before_it() -> None:
    reminders = Reminders()
    reminders.tell(client(email=None), scheduled(MONDAY + timedelta(days=3)))
    reminders.after(hours=1)
    no = refused(reminders, next_try="2026-03-06")
    assert (no.code, no.field) == ("too-late", "next_try")
    task = not_reached(reminders, next_try="2026-03-05")
    assert task.due_at == MONDAY + timedelta(days=3)


def test_a_later_reminder_keeps_the_day_somebody_named() -> None:
    reminders = Reminders()
    reminders.tell(client(email=None), scheduled(MONDAY + timedelta(days=20)))
    reminders.after(hours=1)
    task = not_reached(reminders, next_try="2026-03-18")
    reminders.after(days=13)  # a week before, nothing can be written either
    (again,) = reminders.tasks("call-client", None)
    assert again.version > task.version
    assert again.due_at == task.due_at
    assert "the next try is on Wednesday, 18 March 2026" in again.why["text"]


def test_a_silent_client_who_was_not_reached_is_tried_again() -> None:
    reminders = Reminders()
    reminders.tell(client(), OPENED)
    reminders.after(days=31)
    (task,) = reminders.tasks("contact-gap")
    reminders.decide(task.task_id, "not-reached", {"next_try": "2026-04-08"}, actor=ASSISTANT)
    (task,) = reminders.tasks("contact-gap")
    assert task.due_at == datetime(2026, 4, 8, 16, tzinfo=UTC)


@pytest.mark.parametrize("result", [Result.REFUSED, Result.REFUSED_HERE])
def test_nobody_is_rung_because_a_survey_was_refused(result: Result) -> None:
    reminders = Reminders()
    reminders.outcome = lambda _: Outcome(result, "refused-5.1.1")
    reminders.tell(
        client(),
        FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing"),
    )
    reminders.after(days=30)
    assert reminders.tasks("call-client", None) == []
