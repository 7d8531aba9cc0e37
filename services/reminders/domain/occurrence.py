"""What is one occurrence of a rule: a timer, and what became of it?

Its id is derived from the rule, the subject, the recipient and the anchor's value, so the same
thing is never planned twice and a moved anchor makes a new one.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

ONCE = "once"
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # base 32, of RFC 4648 in lower case
PAIRS = tuple(one + other for one in LETTERS for other in LETTERS)
FROM_LEFT = range(150, -10, -10)  # the ten bits of each pair, within 160


class State(StrEnum):
    """What became of an occurrence."""

    PLANNED = "planned"
    FIRED = "fired"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    DROPPED = "dropped"  # somebody of the firm decided that it is not to be


UNDONE = frozenset({State.SUPERSEDED, State.CANCELLED, State.SKIPPED})
"""States that later word about the subject may undo: nothing has been done yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One timer: at ``due_at`` the rule's consequence follows, unless something happens first."""

    occurrence_id: str
    rule_id: str
    rule_version: int
    purpose: str
    thread: str
    anchor: str  # the anchor's value as text, or "once"
    anchor_at: datetime | None
    due_at: datetime
    wall: str | None  # the wall time it stands for, in `zone`
    zone: str
    state: State
    event_id: str
    correlation_id: str
    client_id: str | None = None
    valid_until: datetime | None = None
    series: str | None = None
    reason: str | None = None
    replaced_by: str | None = None
    traceparent: str | None = None
    contact_id: str | None = None
    template: str | None = None  # of what stands; None: the rule's own
    asked: bool = False  # a task was opened because of it
    ends_at: datetime | None = None  # when that task is of no use any more
    moved: bool = False  # somebody of the firm chose when it falls due

    @property
    def waits(self) -> bool:
        """Whether it has still to fall due."""
        return self.state is State.PLANNED

    @property
    def needs_attention_at(self) -> datetime | None:
        """When it falls due, or the task it asked for is over; None: it is settled."""
        return self.due_at if self.waits else self.ends_at if self.asked else None

    @property
    def may_move(self) -> bool:
        """Whether news of the client could still change when it falls due."""
        return self.state in (State.PLANNED, State.SKIPPED)

    def ended(self, state: State, reason: str, replaced_by: str | None = None) -> "Occurrence":
        """The occurrence after it came to nothing."""
        return replace(self, state=state, reason=reason, replaced_by=replaced_by)


def anchor_text(instant: datetime | None) -> str:
    """The anchor's value as part of an occurrence's identity."""
    return instant.astimezone(UTC).isoformat() if instant is not None else ONCE


def occurrence_id(rule_id: str, thread: str, recipient: str, anchor: str) -> str:
    """The id of this rule's occurrence for this subject, recipient and anchor value."""
    return derived_id("o", rule_id, thread, recipient, anchor)


def derived_id(prefix: str, *parts: str) -> str:
    """An id that the same parts always give: lower-case letters and digits."""
    digest = int.from_bytes(sha256("\n".join(parts).encode()).digest()[:20], "big")
    return prefix + "".join([PAIRS[digest >> at & 1023] for at in FROM_LEFT])[:25]
