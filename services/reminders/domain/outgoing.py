"""May somebody of the firm hold, skip or move this message, and what is kept of their decision?

What the law requires is neither held nor skipped. What is being handed over cannot be called back.
A moment is chosen within the time in which the message is still of use.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.playbook import MessageClass
from shared.errors import RuleError

MATTER, CLIENT, MESSAGE = "matter", "client", "message"
HOLD, RELEASE, SKIP, SEND_NOW, MOVE = "hold", "release", "skip", "send-now", "move"
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A message that a decision left as it was: why, as a code and as a sentence."""

    occurrence_id: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingDecision:
    """What somebody of the firm decided about messages on their way, and what came of it."""

    decision_id: str
    client_id: str
    do: str  # hold, release, skip, send-now or move
    scope: str  # message, matter or client
    by: str
    at: datetime
    why: str = ""
    matter_id: str | None = None
    occurrence_id: str | None = None
    purpose: str | None = None
    move_to: datetime | None = None
    count: int = 0
    left: tuple[Left, ...] = ()


def check_may_wait(contact: Contact, do: str) -> None:
    """Refuse to hold or skip what the law requires, or what is being handed over."""
    check_not_in_hand(contact)
    if contact.message_class is MessageClass.LEGAL:
        what = "held back" if do == HOLD else "skipped"
        raise RuleError(
            f"The law requires this message: it cannot be {what}. It can be moved or sent now.",
            code="legal",
        )


def check_not_in_hand(contact: Contact) -> None:
    """Refuse what nobody can call back."""
    if contact.state is State.HANDING_OVER:
        raise RuleError(
            "This message is being handed over just now: it cannot be called back.", code="in-hand"
        )


def check_moment(at: datetime, now: datetime, last: datetime | None, zone: ZoneInfo) -> None:
    """Refuse a moment that has passed, is too far off, or comes too late for the message."""
    if at <= now:
        raise RuleError("This moment has passed: give a later one.", code="past", field="move_to")
    if at > now + FURTHEST:
        raise RuleError("Give a moment within the next year.", code="too-far", field="move_to")
    if last is not None and at >= last:
        raise RuleError(
            f"That is too late: the message is of no use from {in_words(last, zone)} on.",
            code="too-late",
            field="move_to",
        )


def in_words(instant: datetime, zone: ZoneInfo) -> str:
    """A moment, for the firm's people."""
    local = instant.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M} ({zone.key})"
