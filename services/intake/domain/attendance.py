"""What came of an appointment, and did the firm understand its client?

One note for each appointment and time it was to begin. The client is asked about the exact words;
a correction is a revision of its own, and what stood there before is kept with what was wrong.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from shared.contracts.attendance import Outcome
from shared.contracts.days import whole_day
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

State = Literal["open", "missed", "asked", "confirmed", "disputed", "settled"]
LONGEST = 10_000
LONGEST_LINE = 300
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something promised at a talk, by an instant."""

    promise_id: str
    what: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """What the firm had understood, and what the client said is wrong with it."""

    revision: int
    understood: str
    objection: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNote:
    """What came of one appointment; what was said there is private."""

    note_id: str
    client_id: str
    appointment_id: str
    matter_id: str | None = None
    starts_at: datetime | None = None  # when it was to begin
    outcome: Outcome | None = None
    by: str | None = None  # who of the firm said so
    at: datetime | None = None
    present: str | None = None  # who took part
    said: str | None = None
    understood: str | None = None
    authority_limit: str | None = None
    next_step: str | None = None
    promises: tuple[Promised, ...] = ()
    revision: int = 0  # of what was understood
    state: State = "open"
    answered_at: datetime | None = None
    objection: str | None = None
    earlier: tuple[Misunderstood, ...] = ()
    agreed: str | None = None  # how a misunderstanding was settled in a talk

    @property
    def erased(self) -> bool:
        """Whether the client was asked once, and the words are gone with their key."""
        return self.revision > 0 and not self.understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The newest word on an appointment that was moved or called off."""

    appointment_id: str
    stamp: str
    at: datetime
    starts_at: datetime | None  # None: it does not take place
    until: datetime  # no longer needed then


def note_id_of(appointment_id: str, starts_at: datetime | None) -> str:
    """The note of this appointment at this time."""
    when = starts_at.isoformat() if starts_at is not None else ""
    return id_made_of("n", appointment_id, when)


def begins_at(starts_at: datetime, starts_on: date | None, zone: str) -> datetime:
    """When an appointment begins, as playbooks count: one of a whole day, with its last minute."""
    day = whole_day(starts_at, starts_on, zone)
    if day is None:
        return starts_at
    return datetime.combine(day, LAST_MINUTE, ZoneInfo(zone)).astimezone(UTC)


def took_place(starts_at: datetime | None, changed: Changed | None) -> bool:
    """Whether an appointment may have been held then, as far as was heard.

    Whoever announced that it is over knew all that was said before it was to begin; what was said
    later counts here.
    """
    if changed is None or (starts_at is not None and changed.at <= starts_at):
        return True
    return starts_at is not None and changed.starts_at == starts_at


def confirmed(note: AttendanceNote, revision: int, at: datetime) -> AttendanceNote:
    """The note once the client said yes; RuleError where they read other words or said no."""
    if note.revision == revision and note.state == "confirmed":
        return note
    _may_answer(note, revision)
    return replace(note, state="confirmed", answered_at=at)


def disputed(note: AttendanceNote, revision: int, objection: str, at: datetime) -> AttendanceNote:
    """The note once the client said what is wrong; RuleError where they read other words."""
    if note.revision == revision and note.state == "disputed" and note.objection == objection:
        return note
    _may_answer(note, revision)
    return replace(note, state="disputed", answered_at=at, objection=objection)


def corrected(note: AttendanceNote, understood: str, at: datetime) -> AttendanceNote:
    """The note in other words, about which the client is asked anew."""
    return replace(
        _with_earlier(note, at), understood=understood, revision=note.revision + 1, state="asked",
        objection=None, answered_at=None,
    )  # fmt: skip


def settled(note: AttendanceNote, agreed: str, at: datetime) -> AttendanceNote:
    """The note once what was wrong was settled in a talk."""
    return replace(_with_earlier(note, at), agreed=agreed, state="settled")


def words(text: object, field: str, most: int = LONGEST) -> str | None:
    """What was written in a field, None where nothing was; RuleError where it is too long."""
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > most:
        raise RuleError(f"Use at most {most} characters.", code="too-long", field=field)
    return text.strip() or None


def _may_answer(note: AttendanceNote, revision: int) -> None:
    if note.revision != revision:
        raise RuleError("What is written there has changed meanwhile.", code="changed")
    if note.state != "asked":
        raise RuleError("This was answered before.", code="answered")


def _with_earlier(note: AttendanceNote, at: datetime) -> AttendanceNote:
    if note.understood is None or note.objection is None:
        return note
    before = Misunderstood(
        revision=note.revision, understood=note.understood, objection=note.objection,
        at=note.answered_at or at,
    )  # fmt: skip
    return replace(note, earlier=(*note.earlier, before))
