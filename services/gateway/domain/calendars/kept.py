"""What is known of a calendar the firm reads: when it was fetched, and what was told of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from services.gateway.domain.calendars.news import Known

MOST_SAID = 20
FULL_EVERY = timedelta(hours=24)
"""So often it is read whether it changed or not: what is repeated comes nearer by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCalendar:
    """One calendar. What it holds of appointments is ids and times, no person and no word."""

    name: str
    next_at: datetime | None = None  # when it is fetched next; None: at once, or by files only
    first_at: datetime | None = None  # when all of it had been taken in first; the rest is news
    full_at: datetime | None = None  # when it was last read whole
    etag: str = ""  # its server's name for its state
    modified: str = ""  # when its server says it changed
    digest: str = ""  # of what was read last
    known: Mapping[str, Known] = field(default_factory=dict)
    left_out: int = 0  # entries nothing is made of: they name no client
    unmatched: int = 0  # entries that name somebody the firm does not know, or cannot be read
    said: tuple[str, ...] = ()  # why, of the first of these
    problem: str = ""  # why it could not be read, or is not believed; empty: it could


@dataclass(frozen=True, slots=True)
class Marks:
    """By what the same state of a calendar is known again."""

    etag: str = ""
    modified: str = ""
    digest: str = ""


def claimed(
    before: KeptCalendar | None, name: str, rhythm: timedelta, now: datetime
) -> KeptCalendar:
    """Somebody fetches it now; nobody else before its next time."""
    return replace(before or KeptCalendar(name=name), next_at=now + rhythm)


def is_due(calendar: KeptCalendar | None, now: datetime) -> bool:
    """Whether it is to be fetched."""
    return calendar is None or calendar.next_at is None or calendar.next_at <= now


def is_stale(calendar: KeptCalendar, now: datetime) -> bool:
    """Whether it is to be read, changed or not: who was unknown may be known by now."""
    old = calendar.full_at is None or now - calendar.full_at >= FULL_EVERY
    return old or bool(calendar.problem or calendar.unmatched)


def read_whole(
    calendar: KeptCalendar,
    marks: Marks,
    left_out: int,
    said: Sequence[str],
    problem: str,
    now: datetime,
) -> KeptCalendar:
    """All of it has been taken in; ``problem``: it is not believed that so much is gone."""
    return replace(
        calendar,
        first_at=calendar.first_at or now,
        full_at=now,
        etag=marks.etag,
        modified=marks.modified,
        digest=marks.digest,
        left_out=left_out,
        unmatched=len(said),
        said=tuple(said[:MOST_SAID]),
        problem=problem,
    )


def digest_of(content: bytes) -> str:
    """The same for the same state: some servers write the time of the answer into each entry."""
    lines = (each for each in content.splitlines() if not each.startswith(b"DTSTAMP"))
    return sha256(b"\n".join(lines)).hexdigest()
