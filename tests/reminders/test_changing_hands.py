"""An appointment becomes another client's: who is told what?"""

from datetime import timedelta
from typing import Any

from services.reminders.domain.contact import State
from services.reminders.ports import CONTACTS, SUBJECTS
from shared.channels import Outcome, Result
from shared.contracts.firm import AppointmentCancelled
from tests.reminders.over_memory import MONDAY, SENT, Reminders, client, moved, scheduled

TUESDAY, THURSDAY = MONDAY + timedelta(days=8), MONDAY + timedelta(days=10)
UNKNOWN = Outcome(Result.UNKNOWN, "no-answer")
BO: dict[str, Any] = {"client_id": "c-2"}


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(locale="en-GB"))
    reminders.tell(client(locale="en-GB", name="Bo Vogel", email="bo@vogel.example", **BO))
    return reminders


def lived(reminders: Reminders, *events: Any) -> Reminders:
    for event in events:
        reminders.tell(event)
        reminders.after(minutes=10)
    return reminders


def went(reminders: Reminders) -> list[tuple[str, str]]:
    """Who was sent what, in order; of one moment by client."""
    sent = [each for each in reminders.all(CONTACTS) if each.state is State.HANDED_OVER]
    sent.sort(key=lambda each: (each.sent_at or each.due_at, each.client_id))
    return [(each.client_id, each.template) for each in sent]


def test_the_first_hears_that_it_is_off_and_the_second_of_it_for_the_first_time() -> None:
    reminders = lived(ready(), scheduled(TUESDAY, location="Office"), moved(THURSDAY, **BO))
    assert went(reminders) == [
        ("c-1", "appointment-confirmation"),
        ("c-1", "appointment-cancelled"),
        ("c-2", "appointment-confirmation"),
    ]


def test_neither_reads_what_the_other_was_told() -> None:
    reminders = lived(ready(), scheduled(TUESDAY, location="Office"), moved(THURSDAY, **BO))
    texts = {(each.client_id, each.template): each.text or "" for each in reminders.messages}
    off = texts["c-1", "appointment-cancelled"]
    assert "Tuesday, 10 March 2026" in off
    assert "Thursday" not in off
    assert "Tuesday" not in texts["c-2", "appointment-confirmation"]


def test_the_same_time_told_to_another_is_told_to_both() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(TUESDAY, **BO))
    assert went(reminders)[1:] == [
        ("c-1", "appointment-cancelled"),
        ("c-2", "appointment-confirmation"),
    ]


def test_who_was_told_nothing_yet_is_told_nothing() -> None:
    reminders = ready()
    reminders.tell(scheduled(TUESDAY))
    reminders.tell(moved(TUESDAY, **BO))
    reminders.after(minutes=10)
    assert went(reminders) == [("c-2", "appointment-confirmation")]


def test_only_the_one_whose_it_is_now_is_reminded() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(TUESDAY, **BO))
    reminders.after(days=9)
    reminded = {who for who, what in went(reminders) if what == "appointment-reminder"}
    assert reminded == {"c-2"}


def test_who_had_heard_that_it_was_off_hears_nothing_more() -> None:
    off = AppointmentCancelled(appointment_id="a-1", client_id="c-1")
    reminders = lived(ready(), scheduled(TUESDAY), off, moved(THURSDAY, **BO))
    assert went(reminders)[1:] == [
        ("c-1", "appointment-cancelled"),
        ("c-2", "appointment-confirmation"),
    ]


def test_if_it_comes_back_the_first_hears_that_it_takes_place_after_all() -> None:
    reminders = lived(ready(), scheduled(TUESDAY), moved(TUESDAY, **BO), moved(TUESDAY))
    assert went(reminders)[3:] == [
        ("c-1", "appointment-reinstated"),
        ("c-2", "appointment-cancelled"),
    ]


def test_what_was_in_hand_when_it_changed_hands_counts_as_told() -> None:
    reminders = ready()
    reminders.outcome = lambda _: UNKNOWN
    reminders.tell(scheduled(TUESDAY))
    reminders.after(minutes=10)
    reminders.outcome = lambda _: SENT
    lived(reminders, moved(THURSDAY, **BO))
    assert ("c-1", "appointment-cancelled") in went(reminders)


def test_an_older_word_that_comes_late_takes_it_back_from_nobody() -> None:
    reminders = ready()
    reminders.tell(moved(TUESDAY, **BO))
    reminders.after(minutes=10)
    reminders.hear(scheduled(THURSDAY), time=reminders.now - timedelta(days=1))
    reminders.after(minutes=10)
    assert went(reminders) == [("c-2", "appointment-confirmation")]
    (subject,) = [s for s in reminders.all(SUBJECTS) if s.thread == "appointment_id:a-1"]
    assert subject.client_id == "c-2"
