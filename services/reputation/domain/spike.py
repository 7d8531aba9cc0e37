"""Do unusually many reviews with few stars stand at one location, within some hours?

Counted by when they were posted, so the order in which they are told does not matter. A spike is
said once: what is posted within the same hours after its last review still belongs to it. What is
usual is counted over the days before; a firm that is used to more hears of more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil, sqrt

UNNAMED = "firm"  # where a review names no location
MOST_KEPT = 1_000
LATEST = timedelta(days=7)  # an older spike, told by a site connected just now, is no alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeRule:
    """What counts as a spike, as the firm has settled it."""

    stars: int = 2  # at most
    least: int = 3
    window: timedelta = timedelta(hours=24)
    baseline: timedelta = timedelta(days=90)  # over which it is counted what is usual
    deviations: int = 3  # above what is usual


AS_SHIPPED = SpikeRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class LowReviews:
    """The reviews with few stars of one location, by their keys, and the last spike."""

    location_key: str
    posted: dict[str, datetime] = field(default_factory=dict)
    spike_until: datetime | None = None  # when its latest review was posted


@dataclass(frozen=True, slots=True)
class Spike:
    """What is to be said of one."""

    count: int
    baseline: float
    at: datetime


def location_key_for(location_id: str | None) -> str:
    """The key of a location: its name is what somebody typed."""
    return sha256((location_id or UNNAMED).encode()).hexdigest()[:32]


def seen(before: LowReviews, review_key: str, posted_at: datetime | None) -> LowReviews:
    """After a review with few stars was told; None: it has more now, or stands there no more."""
    posted = {key: at for key, at in before.posted.items() if key != review_key}
    if posted_at is not None:
        posted[review_key] = posted_at
    latest = sorted(posted.items(), key=lambda each: each[1])[-MOST_KEPT:]
    return replace(before, posted=dict(latest))


def judged(low: LowReviews, rule: SpikeRule, now: datetime) -> tuple[LowReviews, Spike | None]:
    """Whether this is a spike nobody has heard of, and what is kept so that it is said once."""
    instants = sorted(low.posted.values())
    low, instants = _without_the_last(low, instants, rule)
    found = _fullest(instants, rule)
    if found is None or found[-1] < now - LATEST:
        return low, None
    usual, spread = _usual([each for each in low.posted.values()], found[0], rule)
    if len(found) < max(rule.least, ceil(usual + rule.deviations * spread)):
        return low, None
    spike = Spike(count=len(found), baseline=round(usual, 2), at=found[-1])
    return replace(low, spike_until=found[-1]), spike


def kept(low: LowReviews, rule: SpikeRule, now: datetime) -> LowReviews:
    """Without what is too old to say anything of what is usual."""
    oldest = now - rule.baseline - rule.window
    return replace(low, posted={key: at for key, at in low.posted.items() if at >= oldest})


def _without_the_last(
    low: LowReviews, instants: Sequence[datetime], rule: SpikeRule
) -> tuple[LowReviews, list[datetime]]:
    """What belongs to the last spike is not counted again, and makes it last longer."""
    until = low.spike_until
    if until is None:
        return low, list(instants)
    for each in instants:
        if until < each <= until + rule.window:
            until = each
    return replace(low, spike_until=until), [each for each in instants if each > until]


def _fullest(instants: Sequence[datetime], rule: SpikeRule) -> list[datetime] | None:
    """Those posted within the hours that hold most of them; the latest such hours."""
    best: list[datetime] = []
    for last in instants:
        within = [each for each in instants if last - rule.window <= each <= last]
        if len(within) >= len(best):
            best = within
    return best or None


def _usual(instants: Sequence[datetime], first: datetime, rule: SpikeRule) -> tuple[float, float]:
    """How many there usually are in such hours, and how far that varies (standard deviation)."""
    windows = max(int(rule.baseline / rule.window), 1)
    counts = [0] * windows
    for each in instants:
        nth = ceil((first - each) / rule.window) - 1
        if each < first and 0 <= nth < windows:
            counts[nth] += 1
    mean = sum(counts) / windows
    return mean, sqrt(sum((count - mean) ** 2 for count in counts) / windows)
