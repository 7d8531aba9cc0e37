"""Small facts, as a demo that went well would gather them."""

from dataclasses import replace
from typing import Any

from deploy.trial.demo.caught_mails import Mail
from deploy.trial.demo.facts import Facts

EVENT = {
    "source": "urn:clientele:reminders",
    "type": "contact-sent",
    "subject": "c-1",
    "time": "2026-03-02T09:00:00.000Z",
    "data": {
        "contact_id": "m-1", "client_id": "c-1", "rule_id": "welcome", "rule_version": 1,
        "purpose": "welcome", "channel": "email", "at": "2026-03-02T09:00:00.000Z",
    },
}  # fmt: skip
ONBOARDED = {
    "source": "urn:firm:practice-management",
    "type": "client-onboarded",
    "subject": "c-1",
    "time": "2026-03-02T08:00:00.000Z",
    "data": {"client_id": "c-1", "email": "a@example.com", "timezone": "Europe/Berlin"},
}
ENTRY = {
    "kind": "contact-sent",
    "at": "2026-03-02T09:00:00.000Z",
    "text": "Sent by email: welcome.",
    "why": {"event_id": "e-1", "text": "x", "rule_id": "welcome", "rule_version": 1},
    "gates": [{"gate": "consent", "verdict": "pass"}],
    "outcome": "sent",
}
MAIL = Mail(1, "<1@example.com>", "a@example.com", "Welcome", "Hello", None)
DIGEST = Mail(2, "<d2@example.com>", "leo@example.com", "Your tasks", "Call the client: 1", None)


def ledger(received: int, **outcomes: int) -> dict[str, Any]:
    """What a service answers about its ledger."""
    counts = {"received": received, **outcomes}
    return {"ledger": counts, "outbox_waiting": 0, "pending": 0}


GOOD = Facts(
    events=(ONBOARDED, EVENT),
    stored={"events.client-onboarded.c-1": 1, "events.contact-sent.c-1": 1},
    heard={
        "desk": ("events.>",),
        "reminders": ("events.>",),
        "intake": ("events.client-onboarded.*",),
    },
    ledgers={
        "desk": ledger(2, applied=2),
        "reminders": ledger(2, applied=1, ignored=1),
        "intake": ledger(1, applied=1),
    },
    mails=(MAIL,),
    digests=(DIGEST,),
    tasks=(),
    timelines={"c-1": (ENTRY,)},
    published=1,
)


def but(**changes: Any) -> Facts:
    """The good facts, with something else instead."""
    return replace(GOOD, **changes)


def event(kind: str, data: dict[str, Any], source: str = "urn:clientele:intake") -> dict[str, Any]:
    """An event as it was read from the stream."""
    return {**EVENT, "type": kind, "source": source, "data": data}
