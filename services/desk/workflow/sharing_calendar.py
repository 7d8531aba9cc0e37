"""What follows when a person wants their due tasks in a calendar, or no longer?"""

from collections.abc import Callable, Iterable

from services.desk.domain.calendar_feed import CalendarFeed, renewed, turned_off
from services.desk.ports.preferences import CALENDARS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def renew(staff_id: str) -> Callable[[UnitOfWork], CalendarFeed]:
    """A first address, or a new one in place of the old."""
    return lambda unit: _keep(unit, renewed(feed_of(unit, staff_id)))


def turn_off(staff_id: str) -> Callable[[UnitOfWork], CalendarFeed]:
    """No address any more."""
    return lambda unit: _keep(unit, turned_off(feed_of(unit, staff_id)))


def feed_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """What holds so far."""
    return lambda _unit: [CALENDARS.one(staff_id)]


def feed_of(unit: UnitOfWork, staff_id: str) -> CalendarFeed:
    """What holds so far; nothing yet is no address."""
    return unit.get(CALENDARS, staff_id) or CalendarFeed(staff_id=staff_id)


def _keep(unit: UnitOfWork, feed: CalendarFeed) -> CalendarFeed:
    unit.put(CALENDARS, feed)
    return feed
