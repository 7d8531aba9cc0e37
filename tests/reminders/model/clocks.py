"""What do clocks on a wall show? Answered by walking through time minute by minute."""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
HOLIDAYS = {  # the clients' own, as they read British English; the firm's for what people do
    True: holidays.country_holidays("GB"),
    False: holidays.country_holidays("DE"),
}
OPENS, CLOSES = "08:00", "20:00"


@lru_cache(maxsize=50_000)
def first_shown(wall: datetime, zone: str) -> datetime:
    """The first minute at which the clocks of a zone show this wall time or a later one."""
    place = ZoneInfo(zone)
    instant = wall.replace(tzinfo=UTC) - timedelta(hours=15)
    while instant.astimezone(place).replace(tzinfo=None) < wall - timedelta(hours=2):
        instant += timedelta(minutes=30)
    while instant.astimezone(place).replace(tzinfo=None) < wall:
        instant += MINUTE
    return instant


@lru_cache(maxsize=50_000)
def days_from(
    anchor: datetime,
    days: int,
    at: str | None,
    roll: int,
    zone: str,
    day_of: str | None = None,
    *,
    sends: bool = True,
) -> datetime:
    """So many calendar days from an anchor, at this time of day or at the anchor's own; the day is
    one of the client's calendar, or of whose ``day_of`` says (midnight in UTC is a bare date).
    """
    local = anchor.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    of_day = time.fromisoformat(at) if at else local.time()
    day = local.date()
    if day_of is not None:
        bare = anchor.astimezone(UTC).time() == time()
        day = anchor.astimezone(UTC if bare else ZoneInfo(day_of)).date()
    day += days * DAY
    while roll and (day.weekday() >= 5 or day in HOLIDAYS[sends]):
        day += roll * DAY
    return first_shown(datetime.combine(day, of_day), zone)


@lru_cache(maxsize=50_000)
def next_open(instant: datetime, zone: str, quiet: tuple[str, str] | None) -> datetime | None:
    """The first minute from here at which the client may be written to; None if there is none."""
    place = ZoneInfo(zone)
    for minutes in range(9 * 24 * 60):
        shown = (instant + minutes * MINUTE).astimezone(place).strftime("%H:%M")
        if OPENS <= shown < CLOSES and not (quiet and _within(shown, *quiet)):
            return instant + minutes * MINUTE
    return None


def _within(shown: str, begins: str, ends: str) -> bool:
    if begins <= ends:
        return begins <= shown < ends
    return shown >= begins or shown < ends
