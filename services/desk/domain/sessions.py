"""How long does somebody stay signed in?

Thirty minutes without a sign of life, twelve hours at most: of real time, whatever the firm's
business clock says. The id in the browser is known here only by its hash.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)  # not every click is written down


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which a person is signed in."""

    session_hash: str
    staff_id: str
    began_at: datetime
    seen_at: datetime

    @property
    def until(self) -> datetime:
        """When it ends at the latest."""
        return self.began_at + LONGEST


def session_hash(session_id: str) -> str:
    """What is kept of an id: it is 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(session_id.encode()).hexdigest()


def is_alive(session: Session, now: datetime) -> bool:
    """Whether it still counts."""
    return now < session.until and now - session.seen_at < IDLE


def is_worth_noting(session: Session, now: datetime) -> bool:
    """Whether enough time has passed to write down that the person is still there."""
    return now - session.seen_at >= NOTED_EVERY


def seen(session: Session, now: datetime) -> Session:
    """The person was there just now."""
    return replace(session, seen_at=max(session.seen_at, now))
