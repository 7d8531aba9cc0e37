"""After an appointment: is its outcome asked for in time, and what follows from each outcome?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.attendance import (
    AppointmentHeld,
    UnderstandingConfirmed,
    UnderstandingDisputed,
    UnderstandingRequested,
)
from shared.contracts.commitments import CommitmentMet, CommitmentMissed
from shared.contracts.firm import AppointmentCancelled, AppointmentScheduled
from shared.contracts.reminders import AppointmentOutcomeDue
from shared.tasks import TASKS
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

TOMORROW = MONDAY + timedelta(days=1)
ASKED = UnderstandingRequested(
    note_id="n-1", client_id="c-1", revision=1, at=MONDAY, met_at=MONDAY - timedelta(days=1)
)
ANSWER = {"note_id": "n-1", "client_id": "c-1", "revision": 1, "at": TOMORROW}


def ready(**card: Any) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(**card), OPENED)
    return reminders


def scheduled(**changes: Any) -> AppointmentScheduled:
    facts = {"appointment_id": "a-1", "client_id": "c-1", "starts_at": TOMORROW,
             "timezone": "Europe/Berlin", "kind": "consultation"}  # fmt: skip
    return AppointmentScheduled.model_validate(facts | changes)


def held(outcome: str) -> AppointmentHeld:
    facts = {"appointment_id": "a-1", "client_id": "c-1", "matter_id": "m-1", "by": "s-9"}
    return AppointmentHeld.model_validate(facts | {"outcome": outcome, "at": MONDAY})


def calls(reminders: Reminders) -> list[tuple[str, str | None]]:
    return [(t.title, t.owner_id) for t in reminders.all(TASKS) if t.state == "open"]


def test_a_day_after_it_began_its_outcome_is_due_once_with_what_it_names() -> None:
    reminders = ready()
    reminders.tell(scheduled(matter_id="m-1"))
    reminders.after(days=1, hours=23)
    assert reminders.announced_of(AppointmentOutcomeDue) == []
    reminders.after(days=9)
    (due,) = reminders.announced_of(AppointmentOutcomeDue)
    assert (due.appointment_id, due.matter_id, due.starts_at) == ("a-1", "m-1", TOMORROW)


def test_of_a_hearing_and_of_what_was_called_off_nobody_is_asked() -> None:
    reminders = ready()
    reminders.tell(
        scheduled(kind="hearing"),
        scheduled(appointment_id="a-2"),
        AppointmentCancelled(appointment_id="a-2", client_id="c-1"),
    )
    reminders.after(days=9)
    assert reminders.announced_of(AppointmentOutcomeDue) == []


@pytest.mark.parametrize(
    ("outcome", "title", "owner"),
    [
        ("missed-by-firm", "Call a client whose appointment the firm missed", "s-9"),
        ("missed-by-client", "Call a client who did not come to an appointment", None),
    ],
)
def test_what_was_missed_is_followed_by_a_call(outcome: str, title: str, owner: str | None) -> None:
    reminders = ready()
    reminders.tell(held(outcome))
    reminders.after(hours=1)
    assert calls(reminders) == [(title, owner)]


def test_what_was_held_is_followed_by_no_call() -> None:
    reminders = ready()
    reminders.tell(held("held"))
    reminders.after(hours=1)
    assert calls(reminders) == []


@pytest.mark.parametrize(("locale", "words"), [("en", "on Sunday, March 1"), ("de", "1. März")])
def test_the_client_is_asked_by_a_message_that_names_the_day(locale: str, words: str) -> None:
    reminders = ready(locale=locale)
    reminders.tell(ASKED)
    reminders.after(hours=1)
    (message,) = [each for each in reminders.messages if each.template == "understanding"]
    assert (message.link, message.link_id) == ("intake/understanding", "n-1")
    assert words in (message.text or "")


@pytest.mark.parametrize("answer", [UnderstandingConfirmed, UnderstandingDisputed])
def test_either_answer_in_time_is_what_was_owed(answer: Any) -> None:
    reminders = ready()
    reminders.tell(ASKED)
    reminders.after(days=1)
    reminders.tell(answer(**ANSWER))
    reminders.after(days=9)
    assert len(reminders.announced_of(CommitmentMet)) == 1
    assert reminders.announced_of(CommitmentMissed) == []


def test_two_days_of_silence_are_missed_once_and_a_person_asks() -> None:
    reminders = ready()
    reminders.tell(ASKED)
    reminders.after(days=9)
    (missed,) = reminders.announced_of(CommitmentMissed)
    assert (missed.standard, missed.due_at) == ("understanding", MONDAY + timedelta(hours=48))
    assert calls(reminders) == [("Missed: Ask a client whether we understood them", "s-9")]


def test_a_corrected_wording_is_asked_about_and_owed_anew() -> None:
    reminders = ready()
    reminders.tell(ASKED)
    reminders.after(days=1)
    reminders.tell(UnderstandingDisputed(**ANSWER))
    again = ASKED.model_copy(update={"revision": 2, "at": MONDAY + timedelta(days=1, hours=1)})
    reminders.after(days=1, hours=1)
    reminders.tell(again)
    reminders.after(days=9)
    sent = [each for each in reminders.messages if each.template == "understanding"]
    assert len(sent) == 2
    assert [len(reminders.announced_of(each)) for each in (CommitmentMet, CommitmentMissed)] == [
        1, 1,
    ]  # fmt: skip
