"""On which days is nobody at work where the reader of a message lives?

Within the firm's own country these are the firm's closed days; elsewhere the weekends and public
holidays of that country. Days are counted as every due time of the firm is: by shared/calendar.py.
"""

from functools import lru_cache

from services.reminders.domain.schedule import Closed
from shared.calendar import BusinessDays, UnknownJurisdictionError


def closed_for(locale: str | None, firm: BusinessDays) -> Closed:
    """Whether a day is closed for a person of this locale."""
    country = _country_of(locale)
    if not country or firm.jurisdiction.partition("-")[0] == country:
        return firm.is_closed
    return _abroad(country).is_closed


@lru_cache(maxsize=256)
def _abroad(country: str) -> BusinessDays:
    """A country whose holidays nobody knows has weekends: a client may come from anywhere."""
    try:
        return BusinessDays(country)
    except UnknownJurisdictionError:
        return BusinessDays()


def _country_of(locale: str | None) -> str:
    parts = (locale or "").replace("_", "-").split("-")
    return next((p.upper() for p in parts[1:] if len(p) == 2 and p.isalpha()), "")
