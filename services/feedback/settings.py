"""What does feedback need to be told before it starts?"""

from functools import cached_property
from zoneinfo import ZoneInfo

from limits import parse
from pydantic import field_validator

from shared.process.settings import Settings


class FeedbackSettings(Settings):
    """How often somebody may try the survey page."""

    survey_tries_per_link: str = "30/minute"
    survey_tries_per_address: str = "600/minute"

    @field_validator("survey_tries_per_link", "survey_tries_per_address")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @cached_property
    def survey_key(self) -> bytes:
        """The key of the tokens in survey links, read once when first needed."""
        return self.link_key()

    def zone_of(self, name: str | None) -> ZoneInfo:
        """The clock of a client; the firm's own while theirs is not known."""
        return ZoneInfo(name or self.firm_zone)

    def survey_url(self) -> str:
        """Where clients reach the survey pages, without a slash at the end."""
        own = f"http://{self.http_host}:{self.http_port}"
        return self.public_urls.get("feedback", own).rstrip("/")
