"""What does a running service tell of itself: its figures, its dead letters, its clock?

Only ids, types, reasons, counts and instants: never a name, an address or what an event said.
Seconds are real seconds as numbers; a ``Moment`` is ``2026-11-23 09:30:00+00:00``, in UTC.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from shared.contracts.requests import Answer

Moment = Annotated[str | None, BeforeValidator(lambda value: None if value is None else str(value))]
"""An instant as people read it; None where there is none yet."""


class DeadLetterShown(Answer):
    """A dead letter; what the event said stays sealed."""

    id: str
    consumer: str | None = None
    event_type: str | None = None
    reason: str | None = None
    message: str | None = None
    field_errors: list[dict[str, Any]] | None = None
    stream_seq: int | None = None
    first_at: Moment = None
    last_at: Moment = None
    count: int | None = None
    replays: int | None = None
    status: str | None = None
    fingerprint: str | None = None
    settled_by: str | None = None


class DeadLettersOfOneCause(Answer):
    """Open dead letters that failed alike."""

    fingerprint: str | None = None
    reason: str | None = None
    count: int
    event_types: list[str]
    first_at: Moment = None
    last_at: Moment = None


class ParkedForOneReason(Answer):
    """Parked events that wait for the same."""

    reason: str | None = None
    count: int
    event_types: list[str]
    first_at: Moment = None
    next_at: Moment = None


class LeaseHeld(Answer):
    """A lease (``consumer``, ``shard:<n>``, ``replica:<name>``) and the replica that holds it."""

    name: str
    replica: str


class SourceHeard(Answer):
    """One source: when it last spoke, and whether it should have since."""

    source: str
    is_open: bool  # it has a secret to be known by
    count: int  # how often it has spoken
    last_seconds: float | None = None  # since its last word; None: it has never spoken
    rhythm_seconds: float | None = None  # between its words, as a rule
    silent_seconds: float = 0.0  # beyond the longest it may be silent; 0: it is not
    ends_seconds: float | None = None  # until its webhook ends, once it is to be renewed
    longest_seconds: float | None = None  # it may be silent for so long; None: for ever
    dead: dict[str, int] = Field(default_factory=dict)  # open dead letters, by fingerprint
    away: str | None = None  # why it cannot be read, where we read it ourselves
    not_put_away: str | None = None  # why mail that was read stays in the inbox
    fetched: bool = False  # it is a calendar, which we read ourselves
    left_out: int = 0  # of its entries: they name no client
    unmatched: int = 0  # of its entries: whom they name is not known, or they cannot be read
    said: list[str] = Field(default_factory=list)  # why, of the first of these


class SubscriptionTold(Answer):
    """One system that gets events by HTTP: which, where, and how its receiver fares (ISO 8601)."""

    name: str
    url: str
    types: tuple[str, ...]
    not_from: tuple[str, ...] = ()
    state: str  # active, paused or disabled
    since: Moment = None  # in this state
    why: str = ""  # of a disabled one
    delivered_at: Moment = None  # when it last took an event
    failed_at: Moment = None
    failure: str = ""
    failing_since: Moment = None  # it has taken nothing since
    pending: int = 0  # events that have not reached it
    oldest_pending_seconds: float = 0.0
    both_sign_until: Moment = None  # the secret before signs too


class SenderStanding(Answer):
    """Whether mail of the firm is believed where it arrives, as was found, and when (ISO 8601)."""

    state: str  # never, ready, not-ready; changed: it was found when mail went another way
    at: str | None = None
    amiss: tuple[str, ...] = ()  # what is not well: from, judged, spf, dkim, alignment


class OwnFigures(Answer):
    """What only one service tells: of messages, their unknown fates, the hold and the edition; of
    the doors and the mailbox, each source; each subscription.
    """

    unknown: int | None = None
    unknown_oldest_seconds: float | None = None
    held: bool | None = None
    held_since: str | None = None  # ISO 8601
    held_reason: str | None = None
    sources: list[SourceHeard] | None = None
    subscriptions: list[SubscriptionTold] | None = None
    samples: tuple[str, ...] | None = None  # settings that still hold a value to try with
    lacking: tuple[str, ...] | None = None  # settings of notices that say nothing
    edition: int | None = None  # of the firm's rules and texts; 0: the folder, or as shipped
    folder_differs: bool | None = None  # the firm's folder says something else than it
    sender: SenderStanding | None = None  # whether mail of the firm is believed, as far as known
    imported: dict[str, int] | None = None  # of each kind of list, how many things were taken in


class Figures(Answer):
    """How a service fares."""

    pending: int  # events in the stream it has not been given
    ack_pending: int = 0  # events it was given and has not answered for
    unaccounted: int  # received and without an outcome: anything but 0 is a defect
    outbox_waiting: int
    outbox_oldest_seconds: float
    overdue: dict[str, float]  # kind of due work → seconds its oldest has waited; 0 is none
    dead_open: int
    dead: list[DeadLettersOfOneCause]
    parked: int
    parked_groups: list[ParkedForOneReason]
    clearing: int = 0  # clients of whom working records are over and have not gone yet
    clearing_oldest_seconds: float = 0.0
    leases: list[LeaseHeld]
    own: OwnFigures = Field(default_factory=OwnFigures)


class LettersListed(Answer):
    """The dead letters that were chosen, newest first."""

    items: list[DeadLetterShown]


class LetterShown(Answer):
    """One dead letter."""

    item: DeadLetterShown


class LetterTried(Answer):
    """What became of a dead letter that was tried again: an outcome, or ``erased``."""

    id: str
    outcome: str


class LettersTried(Answer):
    """What became of each, in stream order."""

    items: list[LetterTried]


class LettersDiscarded(Answer):
    """How many were put aside."""

    discarded: int


class LedgerTold(Answer):
    """Events received and what became of them (by outcome), and what waits."""

    ledger: dict[str, int]
    outbox_waiting: int
    outbox_oldest_seconds: float
    pending: int
    ack_pending: int


class NextDueTold(Answer):
    """When something next falls due (ISO 8601); None: nothing does."""

    next_due: str | None


class IdleTold(Answer):
    """Whether nothing waits, or what does; and when something next falls due (ISO 8601)."""

    idle: bool
    waiting_for: list[str]
    next_due: str | None


class DocumentsTold(Answer):
    """How many documents were looked at, of about how many, and were written anew; where it is."""

    finished: bool
    collection: str | None
    checked: int
    rewritten: int
    total: int


class TimeTold(Answer):
    """Business time (ISO 8601), and by how many seconds it runs ahead of real time."""

    now: str
    offset_seconds: float
    travel_allowed: bool


class FailpointsTold(Answer):
    """What is armed, in a process that may be told to fail."""

    armed: Any


class DigestPlanned(Answer):
    """When a person's digest goes: at which time of day, when next, and what became of the last."""

    at: str | None = None
    next: str | None = None  # ISO 8601
    last: str | None = None  # ISO 8601
    outcome: str | None = None
