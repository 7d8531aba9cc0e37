"""What does feedback need to be told before it starts?"""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

import yaml
from limits import parse
from pydantic import Field, ValidationError, field_validator, model_validator

from services.feedback.domain.pattern import PatternRule
from services.feedback.domain.practice import Practice
from services.feedback.domain.procedure import Procedure, read_procedure
from services.feedback.domain.retention_risk import RISK_RULES, RiskRules
from services.feedback.domain.score import AS_SHIPPED, UNHAPPY_WITHIN, Unhappy
from services.feedback.domain.stage import Question, Stages, in_language, read_stages
from shared.firm.languages import languages_in
from shared.firm.setting_source import SettingError
from shared.process.settings import Settings
from shared.yaml_text import line_of, loaded

T = TypeVar("T")
UNHAPPY: dict[Question, int] = {
    "nps": AS_SHIPPED.nps,
    "csat": AS_SHIPPED.csat,
    "ces": AS_SHIPPED.ces,
}
SHIPPED_CONCERNS = Path(__file__).parent / "concerns.yaml"
SHIPPED_STAGES = Path(__file__).parent / "stages.yaml"
SHIPPED_RISKS = Path(__file__).parent / "risks.yaml"
OWN_STAGES = "surveys.yaml"  # in the folder of a language, in the firm's own


class FeedbackSettings(Settings):
    """When clients are asked and about what, and how often somebody may try the survey page."""

    days_between_surveys: int = Field(default=60, ge=0)  # of one client, about whatever matter
    survey_stages_file: Path | None = None  # the firm's own stages instead of the shipped ones
    concerns_file: Path | None = None  # parts of how concerns are led, instead of the shipped ones
    answers_change_within_hours: int = Field(default=24, ge=1, le=168)  # from the first answer on
    tries_before_unreachable: int = Field(default=3, ge=3)  # on so many different days
    days_to_read_comments: int = Field(default=3, ge=1)  # business days
    days_to_confirm: int = Field(default=3, ge=1, le=30)  # … to say that a dispute is settled
    days_to_verify: int = Field(default=2, ge=1, le=30)  # … to ask whether it is right now
    days_to_decide_pattern: int = Field(default=5, ge=1, le=30)  # … about a cause that came again
    risk_rules_file: Path | None = None  # the firm's own rules of retention risk
    pattern_concerns: int = Field(default=3, ge=2)  # of one cause, that are a pattern
    pattern_days: int = Field(default=30, ge=1)  # within so many days
    fewest_answers: int = Field(default=5, ge=2)  # of a lawyer, an area or a stage, to be shown
    unhappy_answers: dict[Question, int] = Field(default_factory=UNHAPPY.copy)
    # at or below which somebody gets in touch; a question that is left out has the shipped one
    complaint_words: tuple[str, ...] = ()  # further words that raise a comment
    survey_tries_per_link: str = "30/minute"
    survey_tries_per_address: str = "600/minute"

    @field_validator("unhappy_answers")
    @classmethod
    def _leaves_good_answers_alone(cls, given: dict[Question, int]) -> dict[Question, int]:
        for question, limit in given.items():
            lowest, highest = UNHAPPY_WITHIN[question]
            if not lowest <= limit <= highest:
                raise ValueError(f"{question} is {limit}; say one from {lowest} to {highest}")
        return UNHAPPY | given

    @field_validator("survey_tries_per_link", "survey_tries_per_address")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @model_validator(mode="after")
    def _knows_its_stages(self) -> Self:
        try:
            self.stages()
        except ValueError as wrong:
            raise SettingError("survey_stages_file", str(wrong)) from wrong
        try:
            self.procedure()
        except ValueError as wrong:
            raise SettingError("concerns_file", str(wrong)) from wrong
        return self

    @model_validator(mode="after")
    def _knows_its_risks(self) -> Self:
        try:
            self.risk_rules()
        except ValueError as wrong:
            raise SettingError("risk_rules_file", str(wrong)) from wrong
        return self

    def risk_rules(self) -> RiskRules:
        """When a client is at risk; ValueError names the file to be mended."""
        file = self.risk_rules_file or SHIPPED_RISKS
        return _read(file, file.name, RISK_RULES.validate_python)

    def pattern_rule(self) -> PatternRule:
        """How many concerns of one cause, within which time, are a pattern."""
        return PatternRule(
            self.pattern_concerns, timedelta(days=self.pattern_days), self.days_to_decide_pattern
        )

    def between_surveys(self) -> timedelta:
        """How long a client who was asked is left in peace."""
        return timedelta(days=self.days_between_surveys)

    def practice(self) -> Practice:
        """What the firm has decided about hearing its clients out."""
        return Practice(
            calendar=self.calendar(),
            procedure=self.procedure(),
            sole=self.sole_practice,
            cooling_off=timedelta(hours=self.cooling_off_hours),
            changeable=timedelta(hours=self.answers_change_within_hours),
            tries=self.tries_before_unreachable,
            days_to_confirm=self.days_to_confirm,
            days_to_verify=self.days_to_verify,
            days_to_read=self.days_to_read_comments,
            unhappy=Unhappy(**self.unhappy_answers),
            complaint_words=self.complaint_words,
        )

    def procedure(self) -> Procedure:
        """How the firm leads concerns; ValueError names the file to be mended."""
        shipped = loaded(SHIPPED_CONCERNS.read_text(encoding="utf-8"))
        if self.concerns_file is None:
            return read_procedure(shipped)
        own = self.concerns_file
        return _read(own, own.name, partial(read_procedure, shipped))

    def stages(self) -> Stages:
        """What clients are asked about at each stage; ValueError names the file to be mended."""
        file = self.survey_stages_file or SHIPPED_STAGES
        stages = _read(file, file.name, read_stages)
        for language, folder in languages_in(self.firm_dir).items():
            own, place = folder / OWN_STAGES, f"languages/{language}/{OWN_STAGES}"
            if own.is_file():
                stages = _read(own, place, partial(in_language, stages, language))
        return stages

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


def _read(file: Path, place: str, understand: Callable[[Any], T]) -> T:
    text = ""
    try:
        text = file.read_text(encoding="utf-8")
        return understand(loaded(text))
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)[0]
        at = [str(part) for part in wrong["loc"]]
        said = wrong["msg"].removeprefix("Value error, ")
        said = f"{'.'.join(at)}: {said}" if at else said
        raise ValueError(_placed(text, place, said)) from invalid
    except (OSError, yaml.YAMLError, ValueError) as broken:
        raise ValueError(_placed(text, place, str(broken))) from broken


def _placed(text: str, place: str, said: str) -> str:
    """What is wrong, with its line where it names the part: ``letters.complaint: …``."""
    line = line_of(text, said.partition(":")[0].split("."))
    return f"{place}:{line}: {said}" if line is not None else f"{place}: {said}"
