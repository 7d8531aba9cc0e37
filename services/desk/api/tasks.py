"""GET /api/v1/tasks and /api/v1/tasks/{id}: what is there to do?"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Desk, Person, TheDesk
from services.desk.api.shapes import Items, TaskShape
from services.desk.api.task_view import full_task, show_task
from services.desk.domain.due import DueName, window
from services.desk.domain.listed_task import ShownState
from services.desk.domain.lists import EVER, Page, Place, TaskFilter, read_place, write_place
from services.desk.domain.staff import StaffMember
from shared.contracts.fields import Instant

router = APIRouter(tags=["tasks"])


class TaskQuery(BaseModel):
    """Which tasks to list; without any of these, all of them."""

    model_config = ConfigDict(extra="ignore")

    state: ShownState | None = Field(None, description="An open task that sleeps is `snoozed`.")
    kind: str | None = None
    owner: str | None = Field(None, description="`me`, `none`, or the id of a person.")
    due: DueName | None = Field(
        None,
        description="`week` is today and the six days after it; only open tasks are `overdue`.",
    )
    due_before: Instant | None = None
    client_id: str | None = None
    matter_id: str | None = None
    limit: int = Field(50, ge=1, le=200)
    next: str | None = Field(None, description="The `next` of the page before.")


@router.get("/tasks", response_model_exclude_none=True)
async def list_tasks(
    desk: TheDesk, person: Person, query: Annotated[TaskQuery, Query()]
) -> Items[TaskShape]:
    """Tasks you may deal with, by due instant, without the values of their fields."""
    now = desk.runtime.clock.now()
    page = Page(limit=query.limit + 1, after=read_place(query.next) if query.next else None)
    found = await desk.tasks.page(_filter(desk, person, query, now), page)
    shown = found[: query.limit]
    last = shown[-1] if len(found) > query.limit else None
    return Items(
        items=[show_task(task, person, now) for task in shown],
        next=write_place(Place(last.due_at, last.task_id)) if last and last.due_at else None,
    )


@router.get("/tasks/{task_id}", response_model_exclude_none=True)
async def get_task(desk: TheDesk, person: Person, task_id: str) -> TaskShape:
    """One task: what to do, why, what to fill in, the decisions open to you, its history."""
    return await full_task(desk, task_id, person)


def _filter(desk: Desk, person: StaffMember, query: TaskQuery, now: datetime) -> TaskFilter:
    due = window(query.due, now, desk.zone) if query.due else EVER
    owner_id = person.staff_id if query.owner == "me" else query.owner
    return TaskFilter(
        may=person,
        state=query.state or ("open" if query.due == "overdue" else None),
        kind=query.kind,
        owner_id=None if query.owner == "none" else owner_id,
        unowned=query.owner == "none",
        due=due.narrowed(query.due_before),
        client_id=query.client_id,
        matter_id=query.matter_id,
    )
