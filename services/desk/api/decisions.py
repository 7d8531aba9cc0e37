"""POST /api/v1/tasks/{id}/decisions: how does a person decide, and hear at once what came of it?

The owner's rules decide. The desk refuses early only whom the owner has barred, passes the rest on,
and gives the owner's answer a status: 200, 403, 404, 409, 422 or 503.
"""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt
from pydantic_core import PydanticCustomError, to_json

from services.desk.api.desk import Desk, Person, RequestId, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import TaskShape
from services.desk.api.task_view import full_task
from services.desk.domain.attempts import check_same
from services.desk.domain.holding import check_allowed, check_undecided
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember, actor_of
from services.desk.ports.answers import Answer, Refused
from services.desk.ports.tasks import ATTEMPTS
from services.desk.workflow.deciding import accept, accept_needs
from services.desk.workflow.held_decisions import keep_first
from services.desk.workflow.holding import seen_task

router = APIRouter(tags=["tasks"])
MOST_BYTES = 100_000
STATUSES = {"barred": 403, "screened": 403, "wrong-role": 403, "unproved": 403, "unknown-task": 404}


def _not_too_large(fields: dict[str, Any]) -> dict[str, Any]:
    if len(to_json(fields)) > MOST_BYTES:
        raise PydanticCustomError("too_large", "Fields may hold 100,000 bytes together.")
    return fields


class DecisionBody(BaseModel):
    """A decision, what was filled in for it, and the version of the task that was seen."""

    model_config = ConfigDict(extra="forbid")

    decision: str = Field(min_length=1, max_length=80)
    fields: Annotated[dict[str, Any], AfterValidator(_not_too_large)] = Field(default_factory=dict)
    version: StrictInt


@router.post("/tasks/{task_id}/decisions", response_model_exclude_none=True)
async def decide_task(
    desk: TheDesk, person: Person, id: RequestId, task_id: str, body: DecisionBody
) -> TaskShape:
    """Decide a task. Asked again under the same Idempotency-Key, the answer is the same."""
    await decide(desk, person, id, task_id, body)
    return await full_task(desk, task_id, person)


async def decide(
    desk: Desk, person: StaffMember, id: str, task_id: str, body: DecisionBody
) -> ListedTask:
    """Put a decision to the task's owner; ProblemError says what the owner refused."""
    said = desk.runtime.keys.mark(to_json(body))
    unit = await desk.runtime.look(accept_needs(task_id, id))
    task = seen_task(unit, task_id)
    check_same(unit.get(ATTEMPTS, id), said)
    check_allowed(task, person)
    check_undecided(task)
    asked = for_owner(task, person, id, body)
    answer = await desk.owners.decide(task.service, asked)
    if answer.refused is not None:
        raise problem_of(answer.refused, body.version, answer)
    step = accept(task_id, asked, said, answer, person)
    if answer.waits:
        step = keep_first(task_id, asked, said, answer, person)
    return await desk.act(step, accept_needs(task_id, id), id)


def for_owner(task: ListedTask, person: StaffMember, id: str, body: DecisionBody) -> dict[str, Any]:
    """A decision as its owner is asked."""
    return {
        "decision_id": id,
        "task_id": task.task_id,
        "decision": body.decision,
        "fields": body.fields,
        "version": body.version,
        "actor": actor_of(person),
    }


def problem_of(no: Refused, seen: int, answer: Answer) -> ProblemError:
    """An owner's no, with the status that fits it."""
    status = STATUSES.get(no.code, 422 if no.field else 409)
    more: dict[str, Any] = {}
    if status == 409:
        more = {"version_seen": seen, "version_now": answer.version, "state": answer.state}
    return ProblemError(status, no.message, code=no.code, field=no.field, **more)
