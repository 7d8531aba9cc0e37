"""What became of one try to deliver an event, and when is the next?

The waits are those Standard Webhooks recommends: ten tries within some three days. Each is up to a
tenth longer, by the event and the try, so that what failed together does not come back together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256

from shared.channels import Outcome, Result

WAITS = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20),
    timedelta(hours=24),
)  # fmt: skip
JITTER = 0.1
SHORTEST_REST, LONGEST_REST = timedelta(seconds=1), timedelta(hours=24)
GONE = "gone"
NOT_NOW = (429, 503)  # the answers with which a receiver says when it wants to be asked again
NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: what became of it, after how long, and what the receiver answered."""

    at: datetime
    outcome: str  # delivered, or why not
    seconds: float = 0.0
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Tried(Outcome):
    """What became of a try, with what the log tells of it."""

    status: int | None = None
    seconds: float = 0.0
    retry_after: timedelta | None = None  # as the receiver asked, within bounds


def tried(status: int, seconds: float, retry_after: str | None, now: datetime) -> Tried:
    """What an answer means."""
    if 200 <= status < 300:
        return Tried(Result.HANDED_OVER, None, False, status, seconds)
    if status == 410:
        return Tried(Result.REFUSED, GONE, False, status, seconds)
    reason = "redirect" if 300 <= status < 400 else f"status-{status}"
    rest = rest_of(retry_after, now) if status in NOT_NOW else None
    return Tried(Result.RETRY, reason, False, status, seconds, rest)


def rest_of(said: str | None, now: datetime) -> timedelta | None:
    """How long a receiver asks to be left alone: in seconds, or until a date (RFC 9110)."""
    if said is None or len(said) > 40:
        return None
    if said.isascii() and said.strip().isdigit():
        wanted = timedelta(seconds=min(int(said), int(LONGEST_REST.total_seconds())))
    else:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return None
        wanted = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wanted, SHORTEST_REST), LONGEST_REST)


def next_try(key: str, tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None: no more."""
    if tries > len(WAITS):
        return None
    return now + WAITS[tries - 1] * (1 + JITTER * share(key, tries))


def share(key: str, number: int) -> float:
    """A number from 0 to 1 that belongs to this key and number: chance that repeats."""
    digest = sha256(f"{key}\n{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
