"""A source that has been silent for too long is a task for ops; it ends by itself once it speaks.

The task is due when it has been silent for as long again as it may be.
"""

from collections.abc import Iterable
from datetime import timedelta

from services.gateway.domain.last_words import LastWord, silent_for
from services.gateway.ports import LAST_WORDS, FirmConfig
from shared.contracts.fields import wire_instant
from shared.contracts.gateway_task_kinds import SOURCE_SILENT
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Actor,
    Decision,
    Task,
    Why,
    cancel_task,
    complete_task,
    open_task,
)

RULE = "source-silent"
SPOKE = "not-silent"


def needs_of_silence(sources: Iterable[str]) -> Iterable[Need]:
    """What was asked about each source."""
    yield from (TASKS.by("ref", each) for each in sources)


def ask_about_silence(word: LastWord, longest: timedelta | None, unit: UnitOfWork) -> None:
    """Ask once for each silence; take it back when it is none any more."""
    asked = [
        task for task in unit.find(TASKS, "ref", word.source) if task.kind == SOURCE_SILENT.kind
    ]
    if longest is None or not silent_for(word, longest, unit.now):
        for task in asked:
            if task.state == "open":
                cancel_task(unit, task, SPOKE)
        return
    said = "has said nothing" if word.count else "has never said anything"
    open_task(
        unit,
        kind=SOURCE_SILENT.kind,
        ref=word.source,
        about=About(),
        title=f"{SOURCE_SILENT.label}: {word.source}",
        why=Why(
            event_id=unit.cause.id,
            rule_id=RULE,
            text=f"{word.source} {said} for longer than its file allows.",
        ),
        due_at=word.at + 2 * longest,
        occasion=wire_instant(word.at),
    )


def needs_of_deciding(decision: Decision, task: Task, _: ReadSoFar) -> Iterable[Need]:
    """Nothing beyond the task."""
    del decision, task
    return ()


def see_to(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Somebody has looked."""
    complete_task(unit, task, decision.decision, decision.actor.id)


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """When the source spoke."""
    yield LAST_WORDS.one(task.ref)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: Actor) -> dict[str, str]:
    """Which system it is, when it spoke last, and for how long it may be silent."""
    word, source = unit.get(LAST_WORDS, task.ref), config.sources.get(task.ref)
    spoke = wire_instant(word.at) if word and word.count else "Never"
    longest = source.silent_after if source else None
    return {"source": task.ref, "spoke": spoke, "longest": longest or "Its file says nothing of it"}
