"""What was a client asked, and may they still change what they answered?

One survey per matter: its id is derived from the matter, so asking twice finds the same one.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.errors import RuleError

SCALE = 10
CHANGEABLE = timedelta(hours=24)  # counted from the first answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a client says: how likely they are to recommend the firm, and why."""

    score: int
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One question to one client about one matter, with the answer once there is one."""

    survey_id: str
    client_id: str
    matter_id: str
    asked_at: datetime
    score: int | None = None
    comment: str | None = None  # sealed: the client's own words
    has_comment: bool = False
    revision: int = 0  # how often an answer was given or changed
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    correlation_id: str = ""  # of what led to asking


def survey_id_for(matter_id: str) -> str:
    """The one survey of a matter."""
    return "survey-" + hashlib.sha256(matter_id.encode()).hexdigest()[:24]


def changeable_until(survey: Survey) -> datetime | None:
    """From when on an answer stands; None while there is none."""
    return survey.answered_at + CHANGEABLE if survey.answered_at else None


def may_answer(survey: Survey, now: datetime) -> bool:
    """Whether an answer is still taken: none yet, or the first one is under 24 hours old."""
    until = changeable_until(survey)
    return until is None or now < until


def answered(survey: Survey, answer: Answer, now: datetime) -> Survey:
    """The survey with this answer; the same answer again changes nothing."""
    if not may_answer(survey, now):
        raise RuleError("this answer can no longer be changed", code="answer-final")
    if survey.answered_at and (survey.score, survey.comment) == (answer.score, answer.comment):
        return survey
    return replace(
        survey,
        score=answer.score,
        comment=answer.comment,
        has_comment=answer.comment is not None,
        revision=survey.revision + 1,
        answered_at=survey.answered_at or now,
        changed_at=now,
    )
