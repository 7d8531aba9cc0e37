"""How does a person's decision reach the service whose rules it concerns?

Desk asks ``decisions.<service>``; the owner checks and applies it in one transaction and stores the
answer under the decision's id, so that asking again returns the same answer. ``previews.<service>``
asks what the answer would be, and changes nothing: a person is told at once what is refused of a
decision that may still be taken back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shared.clock import real_now
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, Refusal, RequestType, refusal
from shared.engine.runtime import Runtime
from shared.errors import RuleError, StaleVersionError, TemporaryError
from shared.mongo import AlreadyThereError, InsertOne, Operation, answering
from shared.requests.deciding import (
    check_decision,
    decided_now,
    is_first_of_two,
    keep_first,
    waits_no_more,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Actor, Decision, Task

KNOWN_ANSWERS = ("accepted", "stale-version", "not-open", "barred", "screened", "wrong-role",
                 "own-decision", "missing")  # fmt: skip

__all__ = ["Actor", "Decider", "Decision", "answer_decisions", "answer_previews"]


@dataclass(frozen=True, slots=True)
class Decider:
    """For tasks of this kind: the step that applies a decision.

    Before it runs, the task is known to be open and unchanged, and the decision, role and required
    fields to be allowed. It raises RuleError (with ``field``) for the rest. A step that reads long
    texts runs ``aside``: in a thread, so that whoever else asks this process need not wait.
    """

    kind: str
    step: Callable[[Decision, Task, UnitOfWork], None]
    needs: Callable[[Decision, Task, ReadSoFar], Iterable[Need]]
    aside: bool = False


class Decided(Answer):
    """Whether a decision was accepted, how its task stands now, and if not, why not."""

    accepted: bool
    task_id: str | None = None
    state: str | None = None  # open, done or cancelled
    version: int | None = None
    waits: bool | None = None  # it counts once a second person has said the same
    refused: Refusal | None = None


def _not_decided(no: Refusal) -> Decided:
    return Decided(accepted=False, refused=no)


DECISIONS = RequestType(
    "decisions", "A person decided a task.", Decision, (Decided,), no=_not_decided
)

PREVIEWS = RequestType(
    "previews",
    "Whether a decision would be accepted now; changes nothing.",
    Decision,
    (Decided,),
    no=_not_decided,
)


def answer_decisions(
    runtime: Runtime, deciders: Iterable[Decider]
) -> Callable[[Decision], Awaitable[Decided]]:
    """Answers whether the decision was accepted; asked again, the same.

    What a rule refuses is an answer; TemporaryError: nothing was decided, ask again.
    """
    by_kind = {decider.kind: decider for decider in deciders}
    aside = any(decider.aside for decider in by_kind.values())

    async def answer(decision: Decision) -> Decided:
        before = await _stored(runtime, decision.decision_id)
        if before is not None:
            return before
        try:
            return await _decide(runtime, by_kind, decision, aside=aside)
        except AlreadyThereError:  # the same decision, asked twice at once
            stored = await _stored(runtime, decision.decision_id)
            if stored is None:
                raise TemporaryError("the same decision is being made") from None
            return stored

    return answer


def answer_previews(
    runtime: Runtime, deciders: Iterable[Decider]
) -> Callable[[Decision], Awaitable[Decided]]:
    """Answers what a decision would be answered now, by the same rules, and keeps nothing of it."""
    by_kind = {decider.kind: decider for decider in deciders}

    async def answer(decision: Decision) -> Decided:
        before = await _stored(runtime, decision.decision_id)
        if before is not None:
            return before
        unit = await runtime.look(lambda read: decision_needs(decision, read, by_kind))

        def step() -> Decided:
            with unit.working_on(cause_of(decision, runtime.clock.now())):
                return Decided(**apply_decision(decision, unit, by_kind))

        task = unit.peek(TASKS, decision.task_id)
        decider = by_kind.get(task.kind) if task is not None else None
        try:
            aside = decider is not None and decider.aside
            return await asyncio.to_thread(step) if aside else step()
        except RuleError as no:
            return await _refuse(runtime, decision, no)

    return answer


async def _decide(
    runtime: Runtime, by_kind: dict[str, Decider], decision: Decision, *, aside: bool
) -> Decided:
    row: dict[str, Any] = {"_id": decision.decision_id, "at": real_now()}

    def step(unit: UnitOfWork) -> dict[str, Any]:
        row["answer"] = apply_decision(decision, unit, by_kind)
        return dict(row["answer"])

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        return decision_needs(decision, unit, by_kind)

    stored: dict[str, list[Operation]] = {"decisions": [InsertOne(row)]}
    cause = cause_of(decision, runtime.clock.now())
    try:
        answer = Decided(**await runtime.act(step, needs, cause=cause, also=stored, aside=aside))
    except RuleError as no:
        answer = await _refuse(runtime, decision, no)
    kind = answer.refused.code if answer.refused else "accepted"
    runtime.metrics.decisions.labels(kind if kind in KNOWN_ANSWERS else "refused").inc()
    return answer


async def _refuse(runtime: Runtime, decision: Decision, no: RuleError) -> Decided:
    """Why not; nothing is kept, so that the same form, mended, can be sent again.

    Two askers at once: the one that lost gets the answer of the other.
    """
    before = await _stored(runtime, decision.decision_id)
    if before is not None:
        return before
    unit = await runtime.look(lambda _: [TASKS.one(decision.task_id)])
    task = unit.get(TASKS, decision.task_id)
    return Decided(
        accepted=False,
        task_id=decision.task_id,
        state=task.state if task else None,
        version=task.version if task else None,
        refused=refusal(no.code, no.message, no.field),
    )


async def _stored(runtime: Runtime, decision_id: str) -> Decided | None:
    with answering():
        row = await runtime.db.collection("decisions").find_one({"_id": decision_id})
    return Decided(**row["answer"]) if row else None


def decision_needs(
    decision: Decision, unit: ReadSoFar, by_kind: dict[str, Decider]
) -> Iterable[Need]:
    """The task, and then what its kind's decider needs."""
    yield TASKS.one(decision.task_id)
    task = unit.peek(TASKS, decision.task_id)
    if task is not None and task.kind in by_kind:
        yield from by_kind[task.kind].needs(decision, task, unit)


def apply_decision(
    decision: Decision, unit: UnitOfWork, by_kind: dict[str, Decider]
) -> dict[str, Any]:
    """Check, let the owner's step decide, and answer; raises RuleError when refused."""
    task = unit.get(TASKS, decision.task_id)
    if task is None or task.kind not in by_kind:
        raise RuleError("There is no such task.", code="unknown-task")
    if task.version != decision.version:
        raise StaleVersionError
    check_decision(task, decision.decision, decision.fields, decision.actor)
    step = by_kind[task.kind].step
    if waits := is_first_of_two(unit, task, decision):
        with unit.trying():
            step(decision, task, unit)  # what would be refused then is refused now
        keep_first(unit, task, decision)
    else:
        step(decision, decided_now(unit, task, decision), unit)
        waits_no_more(unit, task)
    after = unit.get(TASKS, decision.task_id) or task
    return {"accepted": True, "task_id": task.task_id, "state": after.state,
            "version": after.version} | ({"waits": True} if waits else {})  # fmt: skip


def cause_of(decision: Decision, now: Any) -> Cause:
    """A decision as the cause of what follows."""
    return Cause(
        source="urn:clientele:desk",
        id=decision.decision_id,
        type="decision",
        correlation_id=decision.decision_id,
        traceparent=None,
        time=now,
    )
