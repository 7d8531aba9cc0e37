"""How is an event told to somebody who watches? One line: who, what, about whom, and why.

Ids, enums and counts only, as everywhere outside the encrypted documents.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from rich.text import Text

OURS = "urn:clientele:"
DOORS = "urn:system:gateway:"  # what came in by HTTP is told by its door
COLORS = {
    "intake": "magenta",
    "reminders": "cyan",
    "feedback": "green",
    "reputation": "yellow",
    "desk": "blue",
    "gateway": "white",
}
ALARMING = ("conflict-detected", "contact-failed", "contact-unknown", "task-escalated")

Data = Mapping[str, Any]


def line_of(event: Mapping[str, Any], zone: tzinfo = UTC) -> Text:
    """One event as a line in colour, at its time of day on this clock."""
    service = who(event)
    what = str(event["type"])
    style = "bold red" if what in ALARMING else "bold"
    return Text.assemble(
        (f"{happened(event, zone):%H:%M}  ", "dim"),
        (f"{service:<10} ", COLORS.get(service, "dim")),
        (f"{what:<25} ", style),
        (f"{event['subject']:<8} ", ""),
        (details(event), "dim"),
    )


def happened(event: Mapping[str, Any], zone: tzinfo = UTC) -> datetime:
    """When it happened, on this clock."""
    return datetime.fromisoformat(str(event["time"])).astimezone(zone)


def who(event: Mapping[str, Any]) -> str:
    """The service that said it, or the firm's other system."""
    return str(event["source"]).removeprefix(OURS).removeprefix("urn:firm:").removeprefix(DOORS)


def is_ours(event: Mapping[str, Any]) -> bool:
    """Whether one of our services said it."""
    return str(event["source"]).startswith(OURS)


def details(event: Mapping[str, Any]) -> str:
    """What is worth saying about it beyond its type."""
    data: Data = event.get("data") or {}
    kind = str(event["type"])
    tell = TELLERS.get(kind) or (_contact if kind.startswith("contact-") else None)
    return tell(data) if tell is not None else ""


def _contact(data: Data) -> str:
    words = [str(data.get("purpose", ""))]
    if data.get("channel"):
        words.append(f"by {data['channel']}")
    if data.get("reason"):
        words.append(f"({data['reason']})")
    if data.get("rule_id"):
        words.append(f"← rule {data['rule_id']} v{data.get('rule_version')}")
    return " ".join(word for word in words if word)


def _planned(data: Data) -> str:
    rules = [str(each["rule_id"]) for each in data["occurrences"]]
    more = f" and {len(rules) - 3} more" if len(rules) > 3 else ""
    return f"{', '.join(rules[:3])}{more}"


def _task(data: Data) -> str:
    return f"{data.get('title', '')} → {data.get('role', '')} ← {data['why']['text']}"


def _checked(data: Data) -> str:
    hits = int(data["hit_count"])
    return f"{hits} known {'party' if hits == 1 else 'parties'} to look at" if hits else "no hits"


def _gap(data: Data) -> str:
    return f"no contact for {data['days']} days"


def _risk(data: Data) -> str:
    return ", ".join(data["reasons"])


def _score(data: Data) -> str:
    return f"{data['score']} of {data.get('scale', 10)}"


def _morning(data: Data) -> str:
    return f"morning e-mail at {data['at']}" if data.get("at") else "no morning e-mail"


def _said(*names: str) -> Callable[[Data], str]:
    return lambda data: " ".join(str(data[name]) for name in names if data.get(name) is not None)


TELLERS: dict[str, Callable[[Data], str]] = {
    "contact-planned": _planned,
    "contact-gap-detected": _gap,
    "task-created": _task,
    "task-updated": _task,
    "task-completed": _said("kind", "decision", "actor_id"),
    "task-cancelled": _said("kind", "reason"),
    "task-escalated": _said("kind"),
    "commitment-made": _said("standard", "due_at"),
    "commitment-met": _said("standard"),
    "commitment-missed": _said("standard"),
    "commitment-voided": _said("standard", "reason"),
    "conflict-detected": _checked,
    "conflict-cleared": _checked,
    "feedback-submitted": _score,
    "service-recovery-opened": _said("trigger"),
    "service-recovery-resolved": _said("outcome"),
    "complaint-received": _said("type", "channel"),
    "dispute-opened": _said("parties"),
    "concern-opened": _said("kind", "trigger"),
    "concern-advanced": _said("kind", "step"),
    "concern-closed": _said("kind", "outcome", "cause_code"),
    "retention-risk-raised": _risk,
    "review-requested": _said("site"),
    "review-response-drafted": _said("template"),
    "review-response-published": _said("site"),
    "staff-digest-set": _morning,
    "staff-named": _said("staff_id"),
    "invitation-dropped": _said("invitation", "reason"),
    "survey-due": _said("matter_id"),
    "review-ask-due": _said("matter_id"),
    "appointment-outcome-due": _said("appointment_id"),
    "appointment-held": _said("outcome"),
    "testimonial-withdrawn": _said("because"),
}
