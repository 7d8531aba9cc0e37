"""What does the firm owe a client who was let down, and how far is it?

One recovery per survey. It opens on an unhappy answer, or when a person reads a comment as a
complaint. It is ended by a person, with what came of it. Only where nobody wrote or opened anything
does a raised answer close it: what a person said is not closed by a number.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from services.feedback.domain.survey import Survey

State = Literal["open", "resolved", "closed"]
What = Literal["opened", "reopened", "answer-changed", "answer-raised", "tried", "resolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of a recovery's history."""

    at: datetime
    what: What
    score: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """The firm's second chance with one client."""

    recovery_id: str
    survey_id: str
    client_id: str
    matter_id: str
    score: int
    state: State = "open"
    task_id: str = ""
    opened_by: str | None = None  # who read a comment as a complaint; none: the answer itself
    sole_practice: bool = False  # opened where there is nobody but the matter's owner
    written: bool = False  # the client wrote something, even if they took it back since
    comment: str | None = None  # sealed: the last they wrote
    outcome: str | None = None
    client_told: bool = False
    passed_to: str | None = None
    note: str | None = None  # sealed: what staff wrote
    history: tuple[Happened, ...] = ()

    @property
    def opened_at(self) -> datetime | None:
        """Since when it is open this time."""
        return next((each.at for each in reversed(self.history)
                     if each.what in ("opened", "reopened")), None)  # fmt: skip

    @property
    def tries(self) -> tuple[datetime, ...]:
        """When somebody tried in vain to reach the client, since it is open."""
        since = self.opened_at
        return tuple(each.at for each in self.history
                     if each.what == "tried" and (since is None or each.at >= since))  # fmt: skip

    @property
    def closes_by_itself(self) -> bool:
        """Whether a raised answer ends it: nobody wrote anything, opened it or worked on it."""
        return not self.written and self.opened_by is None and not self.tries


def recovery_id_for(survey_id: str) -> str:
    """The one recovery of a survey."""
    return "recovery-" + hashlib.sha256(survey_id.encode()).hexdigest()[:24]


def days_tried(recovery: Recovery, day_of: Callable[[datetime], date]) -> int:
    """On how many of the firm's days somebody tried to reach the client."""
    return len({day_of(instant) for instant in recovery.tries})


def opened(
    recovery: Recovery,
    survey: Survey,
    *,
    task_id: str,
    now: datetime,
    by: str | None = None,
    sole_practice: bool = False,
) -> Recovery:
    """Open, for the first time or again."""
    what: What = "reopened" if recovery.history else "opened"
    started = replace(
        recovery,
        state="open",
        task_id=task_id,
        opened_by=by,
        sole_practice=sole_practice,
        outcome=None,
        client_told=False,
        passed_to=None,
        note=None,
    )
    return _said(started, survey, Happened(at=now, what=what, score=survey.score, by=by))


def rescored(recovery: Recovery, survey: Survey, now: datetime, *, raised: bool) -> Recovery:
    """The answer was changed while it is open: raised, or as unhappy as before."""
    what: What = "answer-raised" if raised else "answer-changed"
    return _said(recovery, survey, Happened(at=now, what=what, score=survey.score))


def closed(recovery: Recovery, outcome: str) -> Recovery:
    """Ended by the client's own answer."""
    return replace(recovery, state="closed", outcome=outcome)


def tried(recovery: Recovery, by: str, now: datetime) -> Recovery:
    """Somebody tried to reach the client in vain."""
    return replace(recovery, history=(*recovery.history, Happened(at=now, what="tried", by=by)))


def resolved(
    recovery: Recovery,
    *,
    outcome: str,
    client_told: bool,
    note: str,
    by: str,
    now: datetime,
    passed_to: str | None = None,
) -> Recovery:
    """Ended by a person, as it was."""
    return replace(
        recovery,
        state="resolved",
        outcome=outcome,
        client_told=client_told,
        passed_to=passed_to,
        note=note or None,
        history=(*recovery.history, Happened(at=now, what="resolved", by=by)),
    )


def _said(recovery: Recovery, survey: Survey, line: Happened) -> Recovery:
    return replace(
        recovery,
        score=recovery.score if survey.score is None else survey.score,
        written=recovery.written or survey.has_comment,
        comment=survey.comment or recovery.comment,
        history=(*recovery.history, line),
    )
