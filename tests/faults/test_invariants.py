"""Would the invariants notice? Each is shown one world in which it is broken."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faults.invariants import (
    Seen,
    check_all,
    check_announced,
    check_conservation,
    check_not_against_the_rules,
    check_nothing_twice,
    check_one_outcome,
    check_order,
    check_told,
)
from tests.faults.mailbox import Accepted
from tests.faults.reading import Stored
from tests.faults.story import Story

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def event(sequence: int, kind: str, data: dict[str, Any], msg_id: str) -> Stored:
    """One event of client c-1."""
    return Stored(sequence, kind, "c-1", NOON, {"Nats-Msg-Id": msg_id}, f"events.{kind}.c-1",
                  json.dumps({"data": data}).encode())  # fmt: skip


CONTACT = {
    "contact_id": "m-1", "occurrence_id": "o-1", "client_id": "c-1", "rule_id": "welcome",
    "state": "sent", "on_unknown": "resend", "valid_until": None, "planned_for": NOON,
    "ids": {"appointment_id": "a-1"},
}  # fmt: skip
TIMER = {"occurrence_id": "o-1", "rule_id": "welcome", "state": "fired", "due_at": NOON}
MAIL = Accepted("m-1", 0, "c-1@example.com", NOON, acknowledged=True)
ONBOARDED = event(1, "client-onboarded", {"timezone": "UTC"}, "e-1")
SENT = event(2, "contact-sent", {"contact_id": "m-1"}, "s-1")
UNKNOWN = event(3, "contact-unknown", {"contact_id": "m-1"}, "u-1")
CANCELLED = event(3, "appointment-cancelled", {"appointment_id": "a-1"}, "e-3")
FINE = Seen(
    stream=[ONBOARDED, SENT],
    ledgers={name: {"received": 2, "applied": 2} for name in ("reminders", "desk")},
    in_flight={"reminders": 0, "desk": 0},
    handled={"reminders": [{"s": 1, "o": "applied", "at": NOON},
                           {"s": 2, "o": "applied", "at": NOON + MINUTE}]},
    timers=[{"_id": "o-1", "d": TIMER}],
    contacts=[{"_id": "m-1", "d": CONTACT}],
    suppressions=[],
    outbox={"reminders": ["s-1"]},
    mails=[MAIL],
    now=NOON + MINUTE,
)  # fmt: skip


def contact(**changes: Any) -> dict[str, Any]:
    """The one message, changed."""
    return {"contacts": [{"_id": "m-1", "d": {**CONTACT, **changes}}]}


def ledger(**counts: int) -> dict[str, Any]:
    """Another ledger for reminders."""
    return {"ledgers": {**FINE.ledgers, "reminders": counts}}


BROKEN: list[tuple[str, Callable[[Seen], None], dict[str, Any]]] = [
    ("lost", check_conservation, ledger(received=2, applied=1)),
    ("never-received", check_conservation, ledger(received=1, applied=1)),
    ("in-flight", check_conservation, {"in_flight": {"reminders": 1, "desk": 0}}),
    ("settled-twice", check_conservation,
     {"handled": {"reminders": [*FINE.handled["reminders"]] * 2}}),
    ("announced-and-lost", check_announced, {"outbox": {"reminders": ["s-1", "s-2"]}}),
    ("announced-twice", check_announced, {"stream": [ONBOARDED, SENT, SENT]}),
    ("one-attempt-twice", check_nothing_twice, {"mails": [MAIL, MAIL]}),
    ("two-digests-of-a-day", check_nothing_twice, {"digests": [MAIL, MAIL]}),
    ("resent-without-unknown", check_nothing_twice, {"mails": [MAIL, replace(MAIL, number=1)]}),
    ("held-and-resent", check_nothing_twice,
     {"mails": [MAIL, replace(MAIL, number=1)], "stream": [ONBOARDED, SENT, UNKNOWN],
      **contact(on_unknown="hold")}),
    ("overdue", check_one_outcome,
     {"timers": [{"_id": "o-1", "d": {**TIMER, "state": "planned"}}]}),
    ("fired-into-nothing", check_one_outcome,
     {"timers": [{"_id": "o-2", "d": {**TIMER, "occurrence_id": "o-2"}}]}),
    ("left-in-hand", check_one_outcome, contact(state="handing-over")),
    ("left-in-hand-beyond-its-time", check_one_outcome,
     {"replicas": 2, **contact(state="handing-over", hand_over_until=NOON)}),
    ("sent-and-not-said", check_one_outcome, {"stream": [ONBOARDED]}),
    ("said-twice", check_one_outcome, {"stream": [ONBOARDED, SENT, SENT]}),
    ("said-and-not-sent", check_one_outcome, {"mails": []}),
    ("at-night", check_not_against_the_rules, {"mails": [replace(MAIL, at=NOON + 540 * MINUTE)]}),
    ("stale", check_not_against_the_rules, contact(valid_until=NOON - 2 * MINUTE)),
    ("after-a-cancellation", check_not_against_the_rules,
     {"stream": [ONBOARDED, SENT, CANCELLED], **contact(planned_for=NOON + MINUTE)}),
    ("to-who-refused", check_not_against_the_rules,
     {"suppressions": [{"d": {"client_id": "c-1", "at": NOON - MINUTE}}]}),
    ("out-of-order", check_order,
     {"handled": {"reminders": [{"s": 1, "o": "applied", "at": NOON + MINUTE},
                                {"s": 2, "o": "applied", "at": NOON}]}}),
]  # fmt: skip


def test_a_world_in_which_all_is_well_passes() -> None:
    check_all(FINE)
    check_order(FINE)


@pytest.mark.parametrize(("check", "broken"), [pytest.param(*rest, id=name)
                                               for name, *rest in BROKEN])  # fmt: skip
def test_a_broken_world_is_noticed(check: Callable[[Seen], None], broken: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        check(replace(FINE, **broken))


def test_an_unknown_message_may_be_resent_by_its_rule() -> None:
    resent = [MAIL, replace(MAIL, number=1)]
    check_nothing_twice(replace(FINE, mails=resent, stream=[ONBOARDED, SENT, UNKNOWN]))


def test_what_the_broker_forgot_unacknowledged_and_was_told_again_is_no_loss() -> None:
    early = {"s": 2, "o": "applied", "at": NOON - MINUTE}
    rows = {"reminders": [*FINE.handled["reminders"], early]}
    check_conservation(replace(FINE, handled=rows, **ledger(received=3, applied=3)))


def test_an_event_acknowledged_and_lost_is_noticed() -> None:
    story = Story(random.Random(1), clients=0, acknowledged={"e-1": NOON, "e-9": NOON})
    with pytest.raises(AssertionError, match="e-9"):
        check_told(FINE, story)


def test_a_message_may_have_gone_in_the_letter_of_another() -> None:
    carried = {**CONTACT, "contact_id": "m-2", "occurrence_id": "o-2", "carried_by": "m-1"}
    contacts = [*FINE.contacts, {"_id": "m-2", "d": carried}]
    said = event(3, "contact-sent", {"contact_id": "m-2"}, "s-2")
    check_one_outcome(replace(FINE, contacts=contacts, stream=[*FINE.stream, said]))


def test_what_one_of_two_replicas_had_in_hand_when_it_was_killed_waits_out_its_time() -> None:
    in_hand = contact(state="handing-over", hand_over_until=NOON + 12 * MINUTE)
    check_one_outcome(replace(FINE, replicas=2, stream=[ONBOARDED], **in_hand))
