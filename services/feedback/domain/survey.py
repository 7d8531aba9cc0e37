"""What was a client asked, and when; may they still change what they answered?

One survey per matter and stage, and another one after the matter was taken up again: its id is
derived from these, so asking twice finds the same one.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.feedback.domain.stage import CLOSING, USUAL, Question
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

SCALE = 10  # recommendation: 0 to 10
BEST = 5  # satisfaction: 1 to 5
EASIEST = 7  # ease: 1 to 7
CHANGEABLE = timedelta(hours=24)  # as shipped, counted from the first answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a client says: would they recommend the firm, how satisfied, how easy, and why."""

    score: int
    satisfaction: int | None = None
    ease: int | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Questions to one client at one stage of a matter, with the answers once there are some.

    What was not asked has no answer: it is never made up from another one.
    """

    survey_id: str
    client_id: str
    matter_id: str
    asked_at: datetime
    stage: str = CLOSING
    score: int | None = None
    satisfaction: int | None = None
    ease: int | None = None
    asks: tuple[Question, ...] = USUAL  # as it was when they were asked
    comment: str | None = None  # sealed: the client's own words
    has_comment: bool = False
    revision: int = 0  # how often an answer was given or changed
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    correlation_id: str = ""  # of what led to asking


def survey_id_for(matter_id: str, stage: str = CLOSING, reopened: str = "") -> str:
    """The one survey of a matter at a stage.

    ``reopened``: the stamp of the latest time the matter was taken up again; empty: never.
    """
    asked = matter_id if stage == CLOSING else f"{matter_id}\n{stage}"
    if reopened:
        asked = f"{matter_id}\n{stage}\n{reopened}"
    return id_made_of("survey", asked)


def is_too_soon(last_asked_at: datetime | None, apart: timedelta, now: datetime) -> bool:
    """Whether this client was asked so recently that they are left in peace."""
    return last_asked_at is not None and now - last_asked_at < apart


def changeable_until(survey: Survey, within: timedelta = CHANGEABLE) -> datetime | None:
    """From when on an answer stands; None while there is none."""
    return survey.answered_at + within if survey.answered_at else None


def may_answer(survey: Survey, now: datetime, within: timedelta = CHANGEABLE) -> bool:
    """Whether an answer is still taken: none yet, or the first one is that young."""
    until = changeable_until(survey, within)
    return until is None or now < until


def answered(
    survey: Survey, answer: Answer, now: datetime, within: timedelta = CHANGEABLE
) -> Survey:
    """The survey with this answer; the same answer again changes nothing."""
    if not may_answer(survey, now, within):
        raise RuleError("this answer can no longer be changed", code="answer-final")
    before = Answer(
        score=survey.score or 0,
        satisfaction=survey.satisfaction,
        ease=survey.ease,
        comment=survey.comment,
    )
    if survey.answered_at and before == answer:
        return survey
    return replace(
        survey,
        score=answer.score,
        satisfaction=answer.satisfaction,
        ease=answer.ease,
        comment=answer.comment,
        has_comment=answer.comment is not None,
        revision=survey.revision + 1,
        answered_at=survey.answered_at or now,
        changed_at=now,
    )
