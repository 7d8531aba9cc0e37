"""Does a message go only when it may, and is every one that does not go explained?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import State
from services.reminders.ports import Outcome, Result
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import (
    ConflictCleared,
)
from shared.contracts.reminders import ContactDeferred, ContactSent, ContactSuppressed
from shared.contracts.reputation import ReviewRequested
from tests.reminders.office import (
    MONDAY,
    SENT,
    Reminders,
    cancelled,
    client,
    new_house,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # 08:00 in Berlin


def ready(office: Reminders | None = None, **changes: Any) -> Reminders:
    office = office or Reminders()
    office.tell(client(**changes))
    return office


def test_at_night_a_message_waits_for_the_morning_and_says_so() -> None:
    office = ready()
    office.now = NIGHT
    office.tell(CLEARED)
    assert office.after(hours=8) == []
    (deferred,) = office.announced_of(ContactDeferred)
    assert (deferred.reason, deferred.until) == ("quiet-hours", MORNING)
    assert [letter.rule_id for letter in office.until(MORNING)] == ["welcome"]


def test_a_message_that_could_only_come_after_the_appointment_becomes_a_call() -> None:
    office = ready()
    office.now = NIGHT
    office.tell(scheduled(MORNING - timedelta(minutes=30)))
    assert office.after(days=1) == []
    assert ("appointment-confirmation", "quiet-hours") in office.suppressed()
    (task,) = office.tasks("call-client")
    assert task.due_at == MORNING - timedelta(minutes=30)


def test_no_call_is_asked_for_when_an_earlier_reminder_went() -> None:
    office = ready()
    early = MORNING + timedelta(days=13)  # two hours before is in the night
    office.tell(scheduled(early - timedelta(minutes=30)))
    office.until(early)
    assert ("appointment-two-hours-before", "quiet-hours") in office.suppressed()
    assert office.tasks("call-client") == []


def test_two_asks_are_a_day_apart_and_neither_is_lost() -> None:
    office = ready()
    office.tell(SURVEY)
    office.after(minutes=1)
    office.tell(REVIEW)
    assert office.after(hours=20) == []
    assert [letter.rule_id for letter in office.after(hours=12)] == ["review-ask"]


def test_an_ask_that_may_have_reached_the_client_counts_as_one() -> None:
    office = ready()
    office.outcome = lambda _: Outcome(Result.UNKNOWN, "no-answer")
    office.tell(SURVEY)
    office.after(minutes=1)
    office.outcome = lambda _: SENT
    office.tell(REVIEW)
    assert office.after(hours=20) == []
    assert [letter.rule_id for letter in office.after(hours=12)] == ["review-ask"]


def test_a_cap_of_zero_is_off() -> None:
    office = ready(Reminders(new_house(hours_between_asks=0)))
    office.tell(SURVEY, REVIEW)
    assert len(office.after(minutes=1)) == 2


def test_an_ask_put_off_again_and_again_ends_as_expired() -> None:
    office = ready(Reminders(new_house(hours_between_asks=24 * 30)))
    office.tell(SURVEY)
    office.after(minutes=1)
    office.tell(REVIEW)
    office.after(days=8)
    assert ("review-ask", "expired") in office.suppressed()


def test_a_client_without_an_address_is_called() -> None:
    office = ready(email=None)
    office.tell(CLEARED)
    office.after(minutes=1)
    assert office.suppressed() == [("welcome", "no-channel")]
    (task,) = office.tasks("call-client")
    assert task.about == {"client_id": "c-1"}


def test_a_client_who_prefers_the_phone_is_still_written_to_if_there_is_an_address() -> None:
    office = ready(preferred_channel="phone")
    office.tell(CLEARED)
    assert len(office.after(minutes=1)) == 1


def test_a_call_about_an_appointment_is_taken_back_when_it_is_cancelled() -> None:
    office = ready(email=None)
    office.tell(scheduled(MONDAY + timedelta(days=3)))
    office.after(minutes=1)
    office.tell(cancelled())
    assert [task.state for task in office.tasks("call-client", None)] == ["cancelled"]


def test_a_client_nobody_introduces_is_given_up_after_a_day() -> None:
    office = Reminders()
    office.tell(CLEARED)
    office.after(days=2)
    assert office.suppressed() == [("welcome", "no-channel")]


def test_held_back_nothing_goes_and_it_is_said_once() -> None:
    office = ready()
    office.hold(held=True)
    office.tell(CLEARED)
    assert office.after(days=3) == []
    assert [each.reason for each in office.announced_of(ContactDeferred)] == ["held"]


def test_a_message_held_back_too_long_expires() -> None:
    office = ready()
    office.hold(held=True)
    office.tell(scheduled(MONDAY + timedelta(days=2)))
    office.after(days=3)
    assert ("appointment-confirmation", "expired") in office.suppressed()


def test_an_erased_client_is_not_written_to() -> None:
    office = ready()
    kept = office._kept["cards"]
    card, version = kept["c-1"]
    kept["c-1"] = (type(card)(client_id="c-1", stamps=card.stamps), version)
    office.tell(CLEARED)
    assert office.after(days=1) == []
    assert office.suppressed() == [("welcome", "erased")]


def test_an_address_is_read_when_the_message_goes_not_when_it_was_planned() -> None:
    office = ready()
    office.now = NIGHT
    office.tell(CLEARED)
    office.after(hours=1)
    office.tell(ClientUpdated(client_id="c-1", email="new@muster.example"))
    (letter,) = office.after(hours=12)
    assert letter.address == "new@muster.example"


@pytest.mark.parametrize("gate", ["subject", "validity", "person", "outbound", "consent",
                                  "channel", "cap", "quiet-hours"])  # fmt: skip
def test_every_gate_a_message_passed_is_named(gate: str) -> None:
    office = ready()
    office.tell(CLEARED)
    office.after(minutes=1)
    (sent,) = office.announced_of(ContactSent)
    assert gate in [each.gate for each in sent.gates]


def test_the_gate_that_stopped_a_message_is_the_last_one_named() -> None:
    office = ready(email=None)
    office.tell(CLEARED)
    office.after(minutes=1)
    (stopped,) = office.announced_of(ContactSuppressed)
    assert (stopped.gates[-1].gate, stopped.gates[-1].verdict) == ("channel", "stop")


def test_a_message_put_off_is_not_counted_as_an_attempt() -> None:
    office = ready()
    office.now = NIGHT
    office.tell(CLEARED)
    office.after(hours=1)
    contact = office.contact("welcome")
    assert (contact.state, contact.retries) == (State.DEFERRED, 0)
