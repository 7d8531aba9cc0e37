"""POST /api/v1/tasks/{id}/claim, assign, release, snooze, note: who has it, and until when?

None of these changes the task's version.
"""

from collections.abc import Callable

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Desk, Person, RequestId, TheDesk
from services.desk.api.shapes import TaskShape
from services.desk.api.task_view import full_task
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember
from services.desk.workflow import holding
from shared.contracts.fields import Id, Instant
from shared.state.unit_of_work import UnitOfWork

router = APIRouter(tags=["tasks"])


class AssignBody(BaseModel):
    """To whom."""

    model_config = ConfigDict(extra="forbid")

    staff_id: Id


class SnoozeBody(BaseModel):
    """Until when; null wakes it."""

    model_config = ConfigDict(extra="forbid")

    until: Instant | None


class NoteBody(BaseModel):
    """What to remember; kept sealed."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=10_000)


@router.post("/tasks/{task_id}/claim", response_model_exclude_none=True)
async def claim_task(desk: TheDesk, person: Person, id: RequestId, task_id: str) -> TaskShape:
    """Take a task that nobody has."""
    return await _do(desk, holding.claim(task_id, person), task_id, id, person)


@router.post("/tasks/{task_id}/assign", response_model_exclude_none=True)
async def assign_task(
    desk: TheDesk, person: Person, id: RequestId, task_id: str, body: AssignBody
) -> TaskShape:
    """Give a task to somebody who may deal with it."""
    step = holding.assign(task_id, body.staff_id, person)
    return await _do(desk, step, task_id, id, person, body.staff_id)


@router.post("/tasks/{task_id}/release", response_model_exclude_none=True)
async def release_task(desk: TheDesk, person: Person, id: RequestId, task_id: str) -> TaskShape:
    """Give a task back to everybody."""
    return await _do(desk, holding.release(task_id, person), task_id, id, person)


@router.post("/tasks/{task_id}/snooze", response_model_exclude_none=True)
async def snooze_task(
    desk: TheDesk, person: Person, id: RequestId, task_id: str, body: SnoozeBody
) -> TaskShape:
    """Put a task to sleep until an instant, or wake it."""
    step = holding.snooze(task_id, body.until, person)
    return await _do(desk, step, task_id, id, person)


@router.post("/tasks/{task_id}/note", response_model_exclude_none=True)
async def note_on_task(
    desk: TheDesk, person: Person, id: RequestId, task_id: str, body: NoteBody
) -> TaskShape:
    """Write a note into a task's history."""
    step = holding.note(task_id, body.text, person)
    await desk.act(step, holding.task_and_note(task_id, id), id)
    return await full_task(desk, task_id, person)


async def _do(
    desk: Desk,
    step: Callable[[UnitOfWork], ListedTask],
    task_id: str,
    id: str,
    person: StaffMember,
    *staff_ids: str,
) -> TaskShape:
    await desk.act(step, holding.task_and_staff(task_id, *staff_ids), id)
    return await full_task(desk, task_id, person)
