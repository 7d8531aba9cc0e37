"""What does reputation need to be told before it starts?"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

import yaml
from limits import parse
from pydantic import Field, ValidationError, field_validator, model_validator

from services.reputation.domain.approved_replies import (
    ApprovedLanguage,
    ApprovedReplies,
    Profile,
    read_language,
)
from services.reputation.domain.ask import AskingSite
from services.reputation.domain.draft import FirmProfile
from services.reputation.domain.guard import check_approved
from services.reputation.domain.language import Language
from services.reputation.domain.reply_times import ReplyTimes
from services.reputation.domain.sole_practice import SolePractice
from services.reputation.domain.spike import SpikeRule
from services.reputation.domain.triage import Severity
from shared.firm.languages import languages_in
from shared.firm.setting_source import SettingError
from shared.google.account import API, TOKENS, GoogleAccount
from shared.google.settings import google_account
from shared.process.settings import SAMPLE, Settings
from shared.yaml_text import loaded

ANSWER_DAYS: dict[Severity, int] = {"high": 1, "medium": 2, "low": 3}
SHIPPED_REPLIES = Path(__file__).parent / "replies"


class ReputationSettings(Settings):
    """Where clients are asked for a review, and how the firm answers in public."""

    review_site: str = "google"
    review_page_url: str = Field(
        default="https://reviews.example/your-firm", json_schema_extra=SAMPLE
    )
    reply_profile: Profile = "strict"
    firm_phone: str = ""  # whom clients may call about words of theirs; empty: nobody is named
    firm_language: Language = "en"
    answer_review_days: dict[Severity, int] = Field(default_factory=ANSWER_DAYS.copy)
    # business days; a severity that is left out has the shipped ones
    post_reply_days: int = 1
    look_after_report_days: int = 5
    words_of_clients_days: int = 5  # to propose them, and to publish them once agreed
    tries_per_link: str = "60/minute"
    tries_per_address: str = "600/minute"
    review_spike_count: int = Field(default=3, ge=2)  # reviews with at most 2 stars
    review_spike_hours: int = Field(default=24, ge=1, le=720)
    review_spike_baseline_days: int = Field(default=90, ge=7)  # over which the usual is counted
    replies_dir: Path | None = None  # the firm's own approved replies instead of the shipped ones

    google_client_id: str = ""  # of the firm's app at Google; empty: replies go by hand
    google_client_secret_file: Path | None = None
    google_refresh_token_file: Path | None = None
    google_api_url: str = API  # another one only to try it out
    google_token_url: str = TOKENS

    @field_validator("answer_review_days")
    @classmethod
    def _for_every_severity(cls, days: dict[Severity, int]) -> dict[Severity, int]:
        return ANSWER_DAYS | days

    @field_validator("tries_per_link", "tries_per_address")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @model_validator(mode="after")
    def _may_ask_there(self) -> Self:
        try:
            self.asking_site()
        except ValueError as no:
            raise SettingError(
                "review_site" if "forbids" in str(no) else "review_page_url", str(no)
            ) from no
        return self

    @model_validator(mode="after")
    def _can_answer(self) -> Self:
        self.firm_profile()
        self.reply_times()
        return self

    @model_validator(mode="after")
    def _has_all_of_an_account(self) -> Self:
        self.google_account()
        return self

    def google_account(self) -> GoogleAccount | None:
        """In whose name replies go to Google; None: they are posted by hand."""
        return google_account(self)

    def asking_site(self) -> AskingSite:
        """Where every client is asked; ValueError on a site that forbids asking."""
        sample = "CLIENTELE_REVIEW_PAGE_URL" in self.sample_settings() and not self.trial
        return AskingSite(site=self.review_site, page_url=self.review_page_url, is_sample=sample)

    def firm_profile(self) -> FirmProfile:
        """How the firm answers; ValueError names the file of approved replies to be mended."""
        return FirmProfile(
            approved=read_replies(self.replies_dir or SHIPPED_REPLIES, self.own_replies()),
            language=self.firm_language,
            profile=self.reply_profile,
            phone=self.firm_phone,
        )

    def own_replies(self) -> dict[str, Path]:
        """The firm's replies in the languages it has a file for."""
        files = {
            language: folder / "replies.yaml"
            for language, folder in languages_in(self.firm_dir).items()
        }
        return {language: file for language, file in files.items() if file.is_file()}

    def reply_times(self) -> ReplyTimes:
        """By when what has to do with a review is due; ValueError on days that are none."""
        return ReplyTimes(
            calendar=self.calendar(),
            answering=self.answer_review_days,
            posting=self.post_reply_days,
            looking_after_report=self.look_after_report_days,
            words=self.words_of_clients_days,
        )

    def spike_rule(self) -> SpikeRule:
        """When reviews with few stars are unusually many."""
        return SpikeRule(
            least=self.review_spike_count,
            window=timedelta(hours=self.review_spike_hours),
            baseline=timedelta(days=self.review_spike_baseline_days),
        )

    @cached_property
    def page_key(self) -> bytes:
        """The key of the tokens in links and forms, read once when first needed."""
        return self.link_key()

    def page_url(self) -> str:
        """Where clients reach the pages of this service, without a slash at the end."""
        own = f"http://{self.http_host}:{self.http_port}"
        return self.public_urls.get("reputation", own).rstrip("/")

    def alone(self) -> SolePractice | None:
        """What stands for the second person, where there is none."""
        if not self.sole_practice:
            return None
        return SolePractice(cooling_off=timedelta(hours=self.cooling_off_hours))


def read_replies(folder: Path, own: Mapping[str, Path] = MappingProxyType({})) -> ApprovedReplies:
    """Everything approved in a folder, one file per language, checked; a firm's own file of a
    language takes the place of the folder's.
    """
    shipped = [_read(file, file.name) for file in sorted(folder.glob("*.yaml"))]
    firms = [
        _read(file, f"languages/{language}/{file.name}", language) for language, file in own.items()
    ]
    approved = ApprovedReplies([each for each in shipped if each.language not in own] + firms)
    check_approved(approved)
    return approved


def _read(file: Path, place: str, language: str | None = None) -> ApprovedLanguage:
    try:
        found = read_language(loaded(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise ValueError(f"{place}: is no YAML file ({broken})") from broken
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(part) for part in wrong["loc"]) or "the file"
        raise ValueError(f"{place}: {at}: {wrong['msg']}") from invalid
    if language not in (None, found.language):
        raise ValueError(f"{place}: says language: {found.language}; write {language}")
    return found
