"""POST /api/v1/tasks: how does one person ask another for something?"""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Person, RequestId, TheDesk
from services.desk.api.shapes import TaskShape
from services.desk.api.task_view import full_task
from services.desk.workflow.following_up import Asked, ask, ask_needs
from shared.contracts.fields import ForeignId, Id, Instant
from shared.contracts.tasks import About, Priority

router = APIRouter(tags=["tasks"])


class AboutBody(BaseModel):
    """Whom or what it is about."""

    model_config = ConfigDict(extra="forbid")

    client_id: Id | None = None
    matter_id: Id | None = None
    inquiry_id: Id | None = None
    appointment_id: ForeignId | None = None


class FollowUpBody(BaseModel):
    """What is asked, in your words (kept sealed), and by when."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=2000)
    about: AboutBody = Field(default_factory=AboutBody)
    due_at: Instant
    priority: Priority = "normal"
    role: str | None = Field(None, max_length=80)
    owner_id: Id | None = None


@router.post("/tasks", status_code=201, response_model_exclude_none=True)
async def ask_for_follow_up(
    desk: TheDesk, person: Person, id: RequestId, body: FollowUpBody
) -> TaskShape:
    """Open a follow-up task."""
    asked = Asked(
        words=body.title,
        about=About(**body.about.model_dump()),
        due_at=body.due_at,
        priority=body.priority,
        role=body.role,
        owner_id=body.owner_id,
    )
    task = await desk.act(ask(asked, person), ask_needs(asked, id), id)
    return await full_task(desk, task.task_id, person)
