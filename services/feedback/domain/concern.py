"""Who is wronged or at odds, and how far is it with them?

One kind of document for three kinds of concern: a recovery (a client is unhappy by the numbers),
a complaint (somebody said so) and a dispute (people of the firm are at odds, with each other or
with a client). Only where nobody wrote or opened anything does a raised answer close it: what a
person said is not closed by a number.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, cast, get_args

from services.feedback.domain.remedy import Remedy
from services.feedback.domain.survey import Survey
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

Kind = Literal["recovery", "complaint", "dispute"]
ComplaintType = Literal["service", "fees", "conduct", "data-protection"]
State = Literal["open", "closed"]
What = Literal[
    "opened", "reopened", "answer-changed", "answer-raised", "complaint", "tried", "acknowledged",
    "investigated", "told", "remedy-proposed", "remedy-agreed", "remedy-refused", "confirmed",
    "not-settled", "signposted", "resolved", "verified", "still-unhappy",
]  # fmt: skip
OPENINGS = ("opened", "reopened")
CLIENT = "client"  # the client's side of a dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of a concern's history."""

    at: datetime
    what: What
    score: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person wrote down at one line of the history."""

    at: datetime
    what: What
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something that a neutral person leads to an outcome that all sides know."""

    concern_id: str
    kind: Kind = "recovery"
    type: ComplaintType | None = None
    trigger: str = ""
    survey_id: str | None = None
    complaint_id: str | None = None
    client_id: str | None = None
    matter_id: str | None = None
    parties: tuple[str, ...] = ()  # whom of the firm it is about: they do not handle it
    score: int | None = None
    state: State = "open"
    task_id: str = ""
    opened_by: str | None = None  # who read or heard it as a complaint; none: the answer itself
    sole_practice: bool = False  # opened where there is nobody but the matter's owner
    written: bool = False  # the client wrote something, even if they took it back since
    comment: str | None = None  # sealed: the last they wrote
    received_at: datetime | None = None  # since when the firm has known
    outcome: str | None = None
    cause_code: str | None = None
    client_told: bool = False
    passed_to: str | None = None
    note: str | None = None  # sealed: what staff wrote at its end
    remedy: Remedy | None = None
    history: tuple[Happened, ...] = ()
    words: tuple[Words, ...] = ()  # sealed: what staff wrote at each line

    @property
    def opened_at(self) -> datetime | None:
        """Since when it is open this time."""
        return next((each.at for each in reversed(self.history) if each.what in OPENINGS), None)

    @property
    def this_time(self) -> tuple[Happened, ...]:
        """The history since it is open."""
        last = max((n for n, each in enumerate(self.history) if each.what in OPENINGS), default=0)
        return self.history[last:]

    @property
    def done(self) -> frozenset[str]:
        """What has been done since it is open; who is not content has not been told enough."""
        done: set[str] = set()
        for each in self.this_time:
            if each.what == "not-settled":
                done -= {"investigated", "told", "confirmed"}
            done.add(each.what)
        return frozenset(done)

    @property
    def tries(self) -> tuple[datetime, ...]:
        """When somebody tried in vain to reach the client, since it is open."""
        return tuple(each.at for each in self.this_time if each.what == "tried")

    @property
    def closes_by_itself(self) -> bool:
        """Whether a raised answer ends it: nobody wrote anything, opened it or worked on it."""
        worked_on = self.done - {"opened", "reopened", "answer-changed", "answer-raised"}
        untouched = not self.written and self.opened_by is None and not worked_on
        return untouched and self.kind == "recovery"

    @property
    def sides(self) -> tuple[str, ...]:
        """Whose word a dispute needs before it may close."""
        if self.kind != "dispute":
            return ()
        return ((CLIENT,) if self.client_id else ()) + self.parties

    @property
    def confirmed_by(self) -> frozenset[str]:
        """The sides that said it is settled, since nobody said that it is not."""
        said: set[str] = set()
        for each in self.this_time:
            if each.what == "not-settled":
                said.clear()
            elif each.what == "confirmed" and each.by:
                said.add(each.by)
        return frozenset(said)

    @property
    def is_settled(self) -> bool:
        """Whether every side of a dispute said so."""
        return bool(self.sides) and set(self.sides) <= self.confirmed_by


def recovery_id_for(survey_id: str) -> str:
    """The one concern that begins with a survey."""
    return id_made_of("recovery", survey_id)


def concern_id_for(kind: Kind, other_id: str) -> str:
    """The one concern that begins with a complaint or a dispute of another system."""
    return id_made_of("concern", kind, other_id)


def complaint_id_for(concern_id: str) -> str:
    """What a complaint is called that was first read or heard by a person of ours."""
    return id_made_of("complaint", concern_id)


def complaint_type(said: object) -> ComplaintType:
    """What it complains of; RuleError where it is none of the known types."""
    for each in get_args(ComplaintType):
        if said == each:
            return cast("ComplaintType", each)
    choices = ", ".join(get_args(ComplaintType))
    raise RuleError(f"Choose one of: {choices}.", field="complaint_type")


def days_tried(concern: Concern, day_of: Callable[[datetime], date]) -> int:
    """On how many of the firm's days somebody tried to reach the client."""
    return len({day_of(instant) for instant in concern.tries})


def opened(
    concern: Concern, *, task_id: str, now: datetime, by: str | None = None,
    sole_practice: bool = False,
) -> Concern:  # fmt: skip
    """Open, for the first time or again."""
    what: What = "reopened" if concern.history else "opened"
    started = replace(
        concern,
        state="open",
        task_id=task_id,
        opened_by=by or concern.opened_by,
        sole_practice=sole_practice,
        outcome=None,
        cause_code=None,
        client_told=False,
        passed_to=None,
        note=None,
        remedy=None,
    )
    return noted(started, what, by, now, score=concern.score)


def with_answer(concern: Concern, survey: Survey) -> Concern:
    """With what the client answered: the last score, and the last words even if taken back."""
    return replace(
        concern,
        score=concern.score if survey.score is None else survey.score,
        written=concern.written or survey.has_comment,
        comment=survey.comment or concern.comment,
    )


def rescored(concern: Concern, survey: Survey, now: datetime, *, raised: bool) -> Concern:
    """The answer was changed while it is open: raised, or as unhappy as before."""
    what: What = "answer-raised" if raised else "answer-changed"
    return noted(with_answer(concern, survey), what, None, now, score=survey.score)


def closed(concern: Concern, outcome: str) -> Concern:
    """Ended by the client's own answer."""
    return replace(concern, state="closed", outcome=outcome)


def noted(
    concern: Concern, what: What, by: str | None, now: datetime, text: str = "",
    score: int | None = None,
) -> Concern:  # fmt: skip
    """With one more line of its history, and what was written down at it."""
    line = Happened(at=now, what=what, by=by, score=score)
    words = concern.words
    if text.strip() and by is not None:
        words = (*words, Words(at=now, what=what, by=by, text=text.strip()))
    return replace(concern, history=(*concern.history, line), words=words)


def resolved(
    concern: Concern,
    *,
    outcome: str,
    cause_code: str,
    client_told: bool,
    note: str,
    by: str,
    now: datetime,
    passed_to: str | None = None,
) -> Concern:
    """Ended by a person, as it was."""
    ended = replace(
        concern,
        state="closed",
        outcome=outcome,
        cause_code=cause_code,
        client_told=client_told,
        passed_to=passed_to,
        note=note or None,
    )
    return noted(ended, "resolved", by, now, note)
