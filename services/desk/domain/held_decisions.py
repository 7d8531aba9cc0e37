"""May a decision still be taken back, and when is its owner told?

A decision taken on a page is kept for some seconds before the service that owns the task hears of
it. Until then it can be taken back and was never said; from the moment it is being passed on it
cannot. Told it is once, however often the desk has to try. What counts once a second person has
said the same waits, with its words, until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.desk.domain.listed_task import First, HeldBack, ListedTask
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import RuleError

State = Literal["held", "passing-on", "announced", "refused", "noted", "taken-back", "waits"]
ENDED: tuple[State, ...] = ("announced", "refused", "noted", "taken-back")
MARGIN = timedelta(seconds=30)  # a slow network, and an owner that has to be asked again
FIRST_RETRY = timedelta(seconds=15)  # longer than an owner may take to answer
LONGEST_RETRY = timedelta(minutes=1)  # after an owner was away, soon enough for who decided


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDecision:
    """One decision of a person, from the page to its owner.

    ``fields`` as the owner takes them and ``typed`` as the form held it are JSON, and sealed.
    """

    decision_id: str
    task_id: str
    service: str
    person: str  # whose key seals it
    by: str
    decision: str
    version: int
    said: bytes  # a keyed hash: the same form sent twice is one decision
    at: datetime
    state: State = "held"
    due: datetime | None = None  # when its owner is told, or asked again
    tries: int = 0
    code: str = ""  # of a refusal
    fields: str = "{}"
    typed: str = "{}"
    words: str = ""  # of the first of two, for the second; elsewhere they stand in the fields
    message: str = ""  # why the owner refused it


def goes_at_once(kind: str, due_at: datetime | None, now: datetime, patience: timedelta) -> bool:
    """Whether waiting would be wrong: the instant of the decision is what counts, or its due time
    would pass meanwhile.
    """
    if not patience or (kind in TASK_KINDS and TASK_KINDS[kind].at_once):
        return True
    return due_at is not None and now <= due_at <= now + patience + MARGIN


def said_first(found: Iterable[HeldDecision], first: First | None) -> HeldDecision | None:
    """What the first of two wrote with a decision; None where nothing is kept of it."""
    if first is None:
        return None
    own = [
        each
        for each in found
        if (each.state, each.decision, each.by) == ("waits", first.decision, first.by)
    ]
    return max(own, key=lambda each: each.at, default=None)


def mark_on(task: ListedTask, held: HeldDecision, until: datetime) -> ListedTask:
    """The row of a task that somebody has just decided."""
    mark = HeldBack(decision_id=held.decision_id, by=held.by, decision=held.decision, until=until)
    return replace(task, held_back=mark)


def unmarked(task: ListedTask, decision_id: str) -> ListedTask:
    """The row once that decision waits no more; another one's mark stays."""
    mark = task.held_back
    return replace(task, held_back=None) if mark and mark.decision_id == decision_id else task


def taken_back(held: HeldDecision, staff_id: str, at: datetime) -> HeldDecision:
    """The decision was never said; only who took it may say so, and only before it is told."""
    if held.by != staff_id:
        raise RuleError("Only who decided may take it back.", code="not-yours")
    if held.state == "taken-back":
        return held
    if held.state != "held":
        raise RuleError("It is too late to take this back.", code="too-late")
    return replace(held, state="taken-back", due=None, at=at)


def passed_on(held: HeldDecision, now: datetime) -> HeldDecision:
    """From here on its owner is told; asked again after a while, should no answer come."""
    pause = min(FIRST_RETRY * 2 ** min(held.tries, 10), LONGEST_RETRY)
    return replace(held, state="passing-on", tries=held.tries + 1, due=now + pause)


def announced(held: HeldDecision, at: datetime) -> HeldDecision:
    """Its owner has accepted it."""
    return replace(held, state="announced", due=None, at=at)


def refused(held: HeldDecision, code: str, message: str, at: datetime) -> HeldDecision:
    """Its owner has refused it: something happened meanwhile, and who took it is to know."""
    return replace(held, state="refused", due=None, at=at, code=code, message=message)


def noted(held: HeldDecision, staff_id: str) -> HeldDecision:
    """Who took it has read that it was refused."""
    if held.by != staff_id or held.state != "refused":
        return held
    return replace(held, state="noted")


def is_draft(held: HeldDecision, staff_id: str, version: int) -> bool:
    """Whether what was typed is to stand in the form again."""
    if held.by != staff_id:
        return False
    return held.state == "refused" or (held.state == "taken-back" and held.version == version)
