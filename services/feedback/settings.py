"""What does feedback need to be told before it starts?"""

from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays
from limits import parse
from pydantic import field_validator

from services.feedback.domain.business_day import Calendar
from shared.process.settings import Settings


class FeedbackSettings(Settings):
    """Where the firm works, and how often somebody may try the survey page."""

    survey_tries_per_link: str = "30/minute"
    survey_tries_per_address: str = "600/minute"

    @field_validator("firm_holidays")
    @classmethod
    def _holidays_are_known(cls, name: str) -> str:
        holidays_of(name)
        return name

    @field_validator("survey_tries_per_link", "survey_tries_per_address")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @cached_property
    def survey_key(self) -> bytes:
        """The key of the tokens in survey links, read once when first needed."""
        return self.link_key()

    def calendar(self) -> Calendar:
        """The firm's working days."""
        days = holidays_of(self.firm_holidays)
        return Calendar(ZoneInfo(self.firm_zone), lambda day: day in days)

    def zone_of(self, name: str | None) -> ZoneInfo:
        """The clock of a client; the firm's own while theirs is not known."""
        return ZoneInfo(name or self.firm_zone)

    def survey_url(self) -> str:
        """Where clients reach the survey pages, without a slash at the end."""
        own = f"http://{self.http_host}:{self.http_port}"
        return self.public_urls.get("feedback", own).rstrip("/")


def holidays_of(name: str) -> holidays.HolidayBase | set[date]:
    """The public holidays of a country or one of its parts; ValueError if it is not known."""
    if not name:
        return set()
    country, _, part = name.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError as unknown:
        raise ValueError(f"{name} is not a country or part of one with known holidays") from unknown
