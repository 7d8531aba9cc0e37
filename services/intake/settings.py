"""What does intake need to be told before it starts?"""

from datetime import time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Self

from limits import parse
from pydantic import Field, field_validator, model_validator

from services.intake.domain.due_times import DueTimes
from services.intake.domain.preferences import Hours
from services.intake.domain.sole_practice import SolePractice
from shared.contracts.fields import Channel
from shared.firm.setting_source import SettingError
from shared.process.settings import Settings

SERVED_CHANNELS: tuple[Channel, ...] = ("email", "phone")
"""What a client may choose: messages go by e-mail, staff call; where the firm sends text messages,
these too. Nothing else is served."""
TEXTS: Channel = "sms"


class IntakeSettings(Settings):
    """What clients may choose, which forms there are, and how often somebody may try a page."""

    offered_channels: tuple[Channel, ...] = SERVED_CHANNELS
    quiet_until: time = time(8)  # the firm's own hours, within which clients choose theirs
    quiet_from: time = time(20)
    forms_dir: Path | None = None  # the firm's own forms instead of the shipped one
    nicknames_file: Path | None = None  # short given names the firm adds to the known ones
    companies_file: Path | None = None  # abbreviations and groups of companies the firm knows
    letters_dir: Path | None = None  # the firm's own letters to inquirers
    tries_per_link: str = "60/minute"
    tries_per_address: str = "600/minute"
    inquiries_per_address: str = "60/hour"
    firm_phone: str = ""  # whom to call when a deadline is running; empty: nobody is told to call
    check_days: int = Field(default=1, ge=1)  # business days to decide a conflict check
    claimed_names_weeks: int = Field(default=8, ge=1)  # for how long an inquirer's names are kept
    rescreening_at: time = time(2)  # when every night checks that stand are searched again
    history_after_days: int = Field(default=30, ge=1)  # what calls itself history is that old
    answer_inquiry_days: int = Field(default=2, ge=1)  # business days to answer an inquiry
    inquiry_outcome_days: int = Field(default=5, ge=1)  # business days to say what came of it
    answer_story_days: int = Field(default=1, ge=1, le=30)  # … to answer who told what it is about
    decline_letter_days: int = Field(default=1, ge=1, le=30)  # … to write that the firm declines
    attendance_days: int = Field(default=1, ge=1, le=30)  # … to note what came of an appointment
    records_days: int = Field(default=10, ge=1, le=18)  # … to answer about records: within a month
    urgent_within_days: int = Field(default=7, ge=1, le=90)  # until a deadline they named
    soon_within_days: int = Field(default=30, ge=1, le=365)

    @model_validator(mode="after")
    def _can_be_served(self) -> Self:
        served = (*SERVED_CHANNELS, TEXTS) if self.sms_from else SERVED_CHANNELS
        if "offered_channels" not in self.model_fields_set:
            self.offered_channels = served
        if not self.offered_channels or not set(self.offered_channels) <= set(served):
            said = f"clients can be reached by {' and '.join(served)} only"
            raise SettingError("offered_channels", said)
        return self

    @field_validator("tries_per_link", "tries_per_address", "inquiries_per_address")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @cached_property
    def page_key(self) -> bytes:
        """The key of the tokens in links and forms, read once when first needed."""
        return self.link_key()

    def due_times(self) -> DueTimes:
        """By when people of the firm are to have decided and answered."""
        return DueTimes(
            calendar=self.calendar(), check=self.check_days, answer=self.answer_inquiry_days,
            outcome=self.inquiry_outcome_days, letter=self.decline_letter_days,
            attendance=self.attendance_days, records=self.records_days,
            answer_with_story=self.answer_story_days, urgent_within=self.urgent_within_days,
            soon_within=self.soon_within_days,
        )  # fmt: skip

    def alone(self) -> SolePractice | None:
        """What stands for the second person, where there is none."""
        if not self.sole_practice:
            return None
        return SolePractice(timedelta(hours=self.cooling_off_hours))

    def hours(self) -> Hours:
        """The firm's hours; all day where they run past midnight."""
        if self.quiet_until >= self.quiet_from:
            return Hours(earliest="00:00", latest="23:30")
        return Hours(earliest=f"{self.quiet_until:%H:%M}", latest=f"{self.quiet_from:%H:%M}")

    def page_url(self) -> str:
        """Where clients reach these pages, without a slash at the end."""
        own = f"http://{self.http_host}:{self.http_port}"
        return self.public_urls.get("intake", own).rstrip("/")
