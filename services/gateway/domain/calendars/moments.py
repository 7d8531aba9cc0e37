"""When does an entry of a calendar begin, and on whose clocks?

The zone is kept with the moment: clients are told the hour as it is where the appointment is.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.error import InvalidCalendar

from services.gateway.domain.imports.cells import CellError, instant_in
from shared.contracts.fields import YEARS, YEARS_REMEDY, ZONES, wire_instant


@dataclass(frozen=True, slots=True)
class Moment:
    """When it begins: a day, or an instant; and the zone whose clocks say so."""

    said: str
    zone: str
    instant: datetime


def moment_of(event: Event, zone: str) -> Moment:
    """When it begins; CellError where that cannot be told. ``zone``: of what names none."""
    try:
        start: date | datetime | None = event.start
    except (InvalidCalendar, AttributeError, ValueError):
        start = None
    if start is None:
        raise CellError("is missing, or no moment")
    if start.year not in YEARS:
        raise CellError(YEARS_REMEDY)
    if not isinstance(start, datetime):
        midnight = datetime(start.year, start.month, start.day, tzinfo=ZoneInfo(zone))
        return Moment(start.isoformat(), zone, midnight.astimezone(UTC))
    if start.tzinfo is None:
        instant = instant_in(start, zone)
        return Moment(wire_instant(instant), zone, instant)
    instant = start.astimezone(UTC)
    named = str(getattr(start.tzinfo, "key", ""))
    is_place = named in ZONES and named.upper() not in ("UTC", "ETC/UTC", "GMT", "Z")
    return Moment(wire_instant(instant), named if is_place else zone, instant)
