"""What does a task's page show that no event may carry?

The owner of a task shows its fields' values (names, a draft, a comment) when desk asks, freshly
read and for this actor. Only desk may ask.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shared.contracts.requests import Answer, Asked, RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, check_actor


@dataclass(frozen=True, slots=True)
class View:
    """For tasks of this kind: the value of each field, read fresh; ``aside``: takes long."""

    kind: str
    needs: Callable[[Task, ReadSoFar], Iterable[Need]]
    show: Callable[[Task, UnitOfWork, Actor], dict[str, Any]]
    aside: bool = False


class ViewRequest(Asked):
    """What desk asks: the fields of this task, for this person."""

    task_id: str
    actor: Actor


class Values(Answer):
    """The value of each field of the task's kind; what has no field has no value."""

    values: dict[str, Any]


VIEWS = RequestType(
    "views", "What a task's page shows that no event may carry.", ViewRequest, (Values,)
)


def answer_views(
    runtime: Runtime, views: Iterable[View]
) -> Callable[[ViewRequest], Awaitable[Values]]:
    """Answers with the values, freshly read.

    RuleError ``unknown-task``, or ``barred``, ``screened``, ``wrong-role`` for who may not see it.
    """
    by_kind = {view.kind: view for view in views}

    async def answer(asked: ViewRequest) -> Values:
        def needs(unit: ReadSoFar) -> Iterable[Need]:
            yield TASKS.one(asked.task_id)
            task = unit.peek(TASKS, asked.task_id)
            if task is not None and task.kind in by_kind:
                yield from by_kind[task.kind].needs(task, unit)

        unit = await runtime.look(needs)
        task = unit.get(TASKS, asked.task_id)
        if task is None:
            raise RuleError("There is no such task.", code="unknown-task")
        check_actor(task, asked.actor)
        view = by_kind.get(task.kind)
        if view is None:
            return Values(values={})
        if view.aside:
            return Values(values=await asyncio.to_thread(view.show, task, unit, asked.actor))
        return Values(values=view.show(task, unit, asked.actor))

    return answer
