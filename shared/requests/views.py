"""What does a task's page show that no event may carry?

The owner of a task shows its fields' values (names, a draft, a comment) when desk asks, freshly
read and for this actor. Only desk may ask.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.bus.request_reply import RequestHandler, refusal
from shared.engine.runtime import Runtime
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, check_actor


@dataclass(frozen=True, slots=True)
class View:
    """For tasks of this kind: the value of each field, read fresh."""

    kind: str
    needs: Callable[[Task, ReadSoFar], Iterable[Need]]
    show: Callable[[Task, UnitOfWork, Actor], dict[str, Any]]


class ViewRequest(BaseModel):
    """What desk asks."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    task_id: str
    actor: Actor


def answer_views(runtime: Runtime, views: Iterable[View]) -> RequestHandler:
    """Answers ``{task_id, actor}`` with ``{values: {field: value}}``."""
    by_kind = {view.kind: view for view in views}

    async def answer(payload: dict[str, Any]) -> dict[str, Any]:
        asked = ViewRequest.model_validate(payload)

        def needs(unit: ReadSoFar) -> Iterable[Need]:
            yield TASKS.one(asked.task_id)
            task = unit.peek(TASKS, asked.task_id)
            if task is not None and task.kind in by_kind:
                yield from by_kind[task.kind].needs(task, unit)

        unit = await runtime.look(needs)
        task = unit.get(TASKS, asked.task_id)
        if task is None:
            return {"refused": refusal("unknown-task", "There is no such task.")}
        check_actor(task, asked.actor.id, asked.actor.roles)
        view = by_kind.get(task.kind)
        return {"values": view.show(task, unit, asked.actor) if view else {}}

    return answer
