"""What does the firm owe a client who was let down?

One recovery per survey. It opens when the score falls to 6 or below, closes by itself when the
client raises the score in time, and is resolved only when the client was told what happened.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from services.feedback.domain.score import is_unhappy
from shared.errors import RuleError

State = Literal["open", "resolved", "closed"]
What = Literal["opened", "reopened", "answer-changed", "answer-raised", "resolved"]


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
    outcome: str | None = None
    client_told: bool = False
    note: str | None = None  # sealed: what staff wrote
    history: tuple[Happened, ...] = ()


def recovery_id_for(survey_id: str) -> str:
    """The one recovery of a survey."""
    return "recovery-" + hashlib.sha256(survey_id.encode()).hexdigest()[:24]


def has_to_open(before: int | None, after: int) -> bool:
    """Whether this answer calls for a recovery the answer before it did not call for."""
    return is_unhappy(after) and not is_unhappy(before)


def has_to_close(before: int | None, after: int) -> bool:
    """Whether this answer takes back what called for a recovery."""
    return is_unhappy(before) and not is_unhappy(after)


def opened(recovery: Recovery, score: int, task_id: str, now: datetime) -> Recovery:
    """Open, for the first time or again."""
    what: What = "reopened" if recovery.history else "opened"
    started = replace(
        recovery, state="open", task_id=task_id, outcome=None, client_told=False, note=None
    )
    return _with(started, score, Happened(at=now, what=what, score=score))


def rescored(recovery: Recovery, score: int, now: datetime) -> Recovery:
    """The client is still unhappy, but says it differently."""
    return _with(recovery, score, Happened(at=now, what="answer-changed", score=score))


def closed_by_answer(recovery: Recovery, score: int, now: datetime) -> Recovery:
    """The client raised the score in time; what was resolved stays resolved."""
    state: State = "closed" if recovery.state == "open" else recovery.state
    line = Happened(at=now, what="answer-raised", score=score)
    return _with(replace(recovery, state=state), score, line)


def resolved(
    recovery: Recovery, *, outcome: str, client_told: object, note: str, by: str, now: datetime
) -> Recovery:
    """Resolved by a person, who must have told the client what happened."""
    if client_told is not True:
        raise RuleError(
            "Tell the client first what came of it: only then is this finished. Then answer yes.",
            code="client-not-told",
            field="client_told",
        )
    return replace(
        recovery,
        state="resolved",
        outcome=outcome,
        client_told=True,
        note=note or None,
        history=(*recovery.history, Happened(at=now, what="resolved", by=by)),
    )


def _with(recovery: Recovery, score: int, line: Happened) -> Recovery:
    return replace(recovery, score=score, history=(*recovery.history, line))
