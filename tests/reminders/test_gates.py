"""Does a message go only when it may, and is every one that does not go explained?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reminders.domain.contact import State
from shared.channels import Outcome, Result
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import (
    ConflictCleared,
)
from shared.contracts.reminders import ContactDeferred, ContactSent, ContactSuppressed
from shared.contracts.reputation import ReviewRequested
from tests.reminders.over_memory import (
    MONDAY,
    OPENED,
    SENT,
    Reminders,
    cancelled,
    client,
    new_config,
    scheduled,
)

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
SURVEY = FeedbackRequested(survey_id="y-1", client_id="c-1", matter_id="m-1", stage="closing")
REVIEW = ReviewRequested(request_id="w-1", client_id="c-1", matter_id="m-1", site="google")
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # 08:00 in Berlin


def ready(reminders: Reminders | None = None, **changes: Any) -> Reminders:
    reminders = reminders or Reminders()
    reminders.tell(client(**changes))
    return reminders


def test_at_night_a_message_waits_for_the_morning_and_says_so() -> None:
    reminders = ready()
    reminders.now = NIGHT
    reminders.tell(OPENED, CLEARED)
    assert reminders.after(hours=8) == []
    (deferred,) = reminders.announced_of(ContactDeferred)
    assert (deferred.reason, deferred.until) == ("quiet-hours", MORNING)
    assert [message.rule_id for message in reminders.until(MORNING)] == ["welcome"]


def test_a_message_that_could_only_come_after_the_appointment_becomes_a_call() -> None:
    reminders = ready()
    reminders.now = NIGHT
    reminders.tell(scheduled(MORNING - timedelta(minutes=30)))
    assert reminders.after(days=1) == []
    assert ("appointment-confirmation", "quiet-hours") in reminders.suppressed()
    (task,) = reminders.tasks("call-client", None)
    assert task.due_at == MORNING - timedelta(minutes=30)


def test_no_call_is_asked_for_when_an_earlier_reminder_went() -> None:
    reminders = ready()
    early = MORNING + timedelta(days=13)  # two hours before is in the night
    reminders.tell(scheduled(early - timedelta(minutes=30)))
    reminders.until(early)
    assert ("appointment-two-hours-before", "told-lately") in reminders.suppressed()
    assert reminders.tasks("call-client") == []


def test_two_asks_are_a_day_apart_and_neither_is_lost() -> None:
    reminders = ready()
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    reminders.tell(REVIEW)
    assert reminders.after(hours=20) == []
    assert [message.rule_id for message in reminders.after(hours=12)] == ["review-ask"]


def test_an_ask_that_may_have_reached_the_client_counts_as_one() -> None:
    reminders = ready()
    reminders.outcome = lambda _: Outcome(Result.UNKNOWN, "no-answer")
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    reminders.outcome = lambda _: SENT
    reminders.tell(REVIEW)
    assert reminders.after(hours=20) == []
    assert [message.rule_id for message in reminders.after(hours=12)] == ["review-ask"]


def test_a_cap_of_zero_is_off() -> None:
    reminders = ready(Reminders(new_config(hours_between_asks=0)))
    reminders.tell(SURVEY, REVIEW)
    assert len(reminders.after(minutes=1)) == 2


def test_an_ask_put_off_again_and_again_ends_as_expired() -> None:
    reminders = ready(Reminders(new_config(hours_between_asks=24 * 30)))
    reminders.tell(SURVEY)
    reminders.after(minutes=1)
    reminders.tell(REVIEW)
    reminders.after(days=8)
    assert ("review-ask", "expired") in reminders.suppressed()


def test_a_client_without_an_address_is_called() -> None:
    reminders = ready(email=None)
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    assert reminders.suppressed() == [("welcome", "no-channel")]
    (task,) = reminders.tasks("call-client")
    assert task.about == {"client_id": "c-1"}


def test_a_client_who_prefers_the_phone_is_still_written_to_if_there_is_an_address() -> None:
    reminders = ready(preferred_channel="phone")
    reminders.tell(OPENED, CLEARED)
    assert len(reminders.after(minutes=1)) == 1


def test_a_call_about_an_appointment_is_taken_back_when_it_is_cancelled() -> None:
    reminders = ready(email=None)
    reminders.tell(scheduled(MONDAY + timedelta(days=3)))
    reminders.after(minutes=1)
    reminders.tell(cancelled())
    assert [task.state for task in reminders.tasks("call-client", None)] == ["cancelled"]


def test_a_client_nobody_introduces_is_given_up_after_a_day() -> None:
    reminders = Reminders()
    reminders.tell(OPENED, CLEARED)
    reminders.after(days=2)
    assert reminders.suppressed() == [("welcome", "no-channel")]


def test_held_back_nothing_goes_and_it_is_said_once() -> None:
    reminders = ready()
    reminders.hold(held=True)
    reminders.tell(OPENED, CLEARED)
    assert reminders.after(days=3) == []
    assert [each.reason for each in reminders.announced_of(ContactDeferred)] == ["held"]


def test_a_message_held_back_too_long_expires() -> None:
    reminders = ready()
    reminders.hold(held=True)
    reminders.tell(scheduled(MONDAY + timedelta(days=2)))
    reminders.after(days=3)
    assert ("appointment-confirmation", "expired") in reminders.suppressed()


def test_an_erased_client_is_not_written_to() -> None:
    reminders = ready()
    kept = reminders._kept["cards"]
    card, version = kept["c-1"]
    kept["c-1"] = (type(card)(client_id="c-1", stamps=card.stamps), version)
    reminders.tell(OPENED, CLEARED)
    assert reminders.after(days=1) == []
    assert reminders.suppressed() == [("welcome", "erased")]


def test_an_address_is_read_when_the_message_goes_not_when_it_was_planned() -> None:
    reminders = ready()
    reminders.now = NIGHT
    reminders.tell(OPENED, CLEARED)
    reminders.after(hours=1)
    reminders.tell(ClientUpdated(client_id="c-1", email="new@muster.example"))
    (message,) = reminders.after(hours=12)
    assert message.address == "new@muster.example"


@pytest.mark.parametrize("gate", ["subject", "validity", "person", "outbound", "consent",
                                  "channel", "cap", "quiet-hours"])  # fmt: skip
def test_every_gate_a_message_passed_is_named(gate: str) -> None:
    reminders = ready()
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert gate in [each.gate for each in sent.gates]


def test_the_gate_that_stopped_a_message_is_the_last_one_named() -> None:
    reminders = ready(email=None)
    reminders.tell(OPENED, CLEARED)
    reminders.after(minutes=1)
    (stopped,) = reminders.announced_of(ContactSuppressed)
    assert (stopped.gates[-1].gate, stopped.gates[-1].verdict) == ("channel", "stop")


def test_a_message_put_off_is_not_counted_as_an_attempt() -> None:
    reminders = ready()
    reminders.now = NIGHT
    reminders.tell(OPENED, CLEARED)
    reminders.after(hours=1)
    contact = reminders.contact("welcome")
    assert (contact.state, contact.retries) == (State.DEFERRED, 0)
