"""Which days are closed in a jurisdiction?

Weekends and public holidays. A jurisdiction is a country or a country and its part, such as ``DE``,
``DE-BY`` or ``US-NY``; an unknown one knows weekends only.
"""

from collections.abc import Container
from datetime import date
from functools import lru_cache

import holidays

from services.reminders.domain.schedule import Closed

SATURDAY = 5


@lru_cache(maxsize=256)
def closed_in(jurisdiction: str) -> Closed:
    """The question ``is this day closed?`` for one jurisdiction."""
    country, _, part = jurisdiction.partition("-")
    known = _holidays(country, part)
    return lambda day: day.weekday() >= SATURDAY or day in known


def jurisdiction_of(locale: str | None, firms: str) -> str:
    """The firm's jurisdiction within its own country, else the country of the person's locale."""
    parts = (locale or "").replace("_", "-").split("-")
    country = next((p.upper() for p in parts[1:] if len(p) == 2 and p.isalpha()), "")
    if not country or firms.partition("-")[0] == country:
        return firms
    return country


def _holidays(country: str, part: str) -> Container[date]:
    try:
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:  # a country or part the calendar does not know
        return ()
