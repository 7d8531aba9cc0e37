"""How far has tonight's re-screening come: which cleared checks have been looked at again?

Names become known without a check of their own: by an import, or because the rules of names found
less before. So every night each check that stands is searched again, some at a time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The last re-screening: of which night, how far it came, what it found."""

    night: str  # the firm's day it began, like 2026-11-29
    after: str = ""  # the last check looked at
    done: bool = False
    screened: int = 0
    reopened: int = 0
    incomplete: bool = False  # events that name somebody waited to be applied
    ended_at: datetime | None = None
    name: str = NIGHTLY


def night_of(local: datetime, begins: time) -> str:
    """The night that began last, by the firm's clock."""
    day: date = local.date() if local.time() >= begins else local.date() - timedelta(days=1)
    return day.isoformat()


def tonight(last: Screening | None, night: str) -> Screening | None:
    """What is to be gone on with; None where nothing is. The first night ever is the next one.

    A night that was broken off is ended first: else what comes last would never have its turn.
    """
    if last is None:
        return None
    if not last.done:
        return last
    return Screening(night=night) if last.night < night else None


def went_on(screening: Screening, after: str, screened: int, reopened: int) -> Screening:
    """After some more checks."""
    return replace(
        screening,
        after=after,
        screened=screening.screened + screened,
        reopened=screening.reopened + reopened,
    )
