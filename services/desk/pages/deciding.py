"""What happens when a person presses a decision: is it told at once, or may it be taken back first?

Its owner is asked first what it would say, so that whatever it refuses stands at its field at once.
A step within a task, which leaves it open, and what says when something was, go at once.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter
from pydantic_core import to_json
from starlette.responses import Response

from services.desk.api.decisions import DecisionBody, decide, for_owner, problem_of
from services.desk.domain.attempts import check_same
from services.desk.domain.held_decisions import HeldDecision, goes_at_once
from services.desk.domain.holding import check_allowed, check_undecided
from services.desk.domain.listed_task import ListedTask
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, SentForm, go, own_place
from services.desk.ports.tasks import ATTEMPTS
from services.desk.workflow.deciding import accept_needs
from services.desk.workflow.held_decisions import (
    held_needs,
    hold,
    hold_needs,
    note_refusal,
    take_back,
)
from services.desk.workflow.holding import seen_task
from shared.errors import NobodyAnswersError
from shared.web import csrf

router = APIRouter()
OF_THE_FORM = (csrf.FIELD, "once", "version", "back", "beside")


async def decide_or_hold(
    form: SentForm, task_id: str, body: DecisionBody, typed: Mapping[str, str]
) -> ListedTask | HeldDecision:
    """Put a decision to its owner now, or keep it for as long as it may be taken back.

    ProblemError says what the owner refuses, TemporaryError that it is away: nothing is decided.
    """
    desk, person = form.visit.context.desk, form.visit.person
    said = desk.runtime.keys.mark(to_json(body))
    unit = await desk.runtime.look(accept_needs(task_id, form.id))
    task = seen_task(unit, task_id)
    if goes_at_once(task.kind, task.due_at, unit.now, desk.take_back):
        return await decide(desk, person, form.id, task_id, body)
    check_same(unit.get(ATTEMPTS, form.id), said)
    check_allowed(task, person)
    if task.held_back is None or task.held_back.decision_id != form.id:
        check_undecided(task)
    asked = for_owner(task, person, form.id, body)
    try:
        answer = await desk.owners.preview(task.service, asked)
    except NobodyAnswersError:  # away, or of a release that knows no previews yet
        return await decide(desk, person, form.id, task_id, body)
    if answer.refused is not None:
        raise problem_of(answer.refused, body.version, answer)
    if answer.state == "open":
        return await decide(desk, person, form.id, task_id, body)
    kept = {name: value for name, value in typed.items() if name not in OF_THE_FORM}
    step = hold(task_id, asked, said, person, desk.take_back, kept)
    return await desk.act(step, hold_needs(task_id, form.id), form.id)


@router.post("/decisions/{decision_id}/take-back")
async def take_it_back(form: Sent, decision_id: str) -> Response:
    """The decision was never said; the task is there again, with what was typed."""
    desk, id = form.visit.context.desk, decision_id[:80]
    step = take_back(id, form.visit.person)
    held, fresh = await desk.act(step, held_needs(id), form.id)
    if fresh:
        desk.count_held("taken-back")
    outcome_id = await keep_outcome(form, _("Taken back. Nobody was told of it."))
    back = urlencode({"back": own_place(form.typed.one("back"))})
    return go(with_outcome(f"/tasks/{held.task_id}?{back}", outcome_id))


@router.post("/decisions/{decision_id}/noted")
async def note_it(form: Sent, decision_id: str) -> Response:
    """The person has read that their decision was not accepted any more."""
    id = decision_id[:80]
    step = note_refusal(id, form.visit.person)
    await form.visit.context.desk.act(step, held_needs(id), form.id)
    return go(own_place(form.typed.one("back")))
