"""POST /tasks/bulk/… and /tasks/{id}/…: how do people claim, assign, snooze and note tasks?

One task or many, the same steps as behind the API, each in its own transaction: what is refused for
one task is said, and the others go on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.api.refusals import note_screened
from services.desk.domain.holding import check_allowed
from services.desk.domain.outcomes import Change, Refusal
from services.desk.domain.wake import due_on, wake_at
from services.desk.domain.walls import ScreenedError
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _, retold
from services.desk.pages.task_notes import some_note_in
from services.desk.pages.visitor import Sent, SentForm, go, own_place
from services.desk.ports.tasks import LISTED
from services.desk.workflow import holding
from services.desk.workflow.holding import Step
from services.desk.workflow.undoing import watched
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

router = APIRouter()
MOST_AT_ONCE = 100
DONE = {
    "claim": (N_("Claimed"), N_("You have it now.")),
    "release": (N_("Given back"), N_("Everybody can take it.")),
    "assign": (N_("Assigned"), ""),
    "snooze": (N_("Snoozed"), ""),
    "wake": (N_("Woken"), ""),
    "due": (N_("Due changed"), ""),
    "first-due": (N_("Due as it first was"), ""),
    "note": (N_("Note added"), ""),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do to a task, whichever."""

    name: str
    step: Callable[[str, str], Step]  # task id, request id
    needs: Callable[[str, str], Callable[[ReadSoFar], Iterable[Need]]]
    writes_note: bool = False


@router.post("/tasks/bulk/{name}")
async def act_on_many(request: Request, form: Sent, name: str) -> Response:
    """Do one thing to every ticked task."""
    task_ids = list(dict.fromkeys(form.typed.all("task")))
    if not task_ids:
        raise ProblemError(422, _("Tick the tasks this is for first."), code="nothing-ticked")
    if len(task_ids) > MOST_AT_ONCE:
        raise ProblemError(
            422, _("Choose {at_once} tasks at most.").format(at_once=MOST_AT_ONCE), code="too-many"
        )
    action = _action(form, name)
    changes: list[Change] = []
    refusals: list[Refusal] = []
    for task_id in task_ids:
        try:
            changes.append(await _do(form, action, task_id))
        except RuleError as no:
            if isinstance(no, ScreenedError):
                await note_screened(request, form.visit.context.desk, no.subjects)
            refusals.append(Refusal(task_id=task_id, message=no.message))
    what = _what(action.name, len(changes))
    return go(_back(form, await keep_outcome(form, what, changes, refusals)))


@router.post("/tasks/{task_id}/{name}")
async def act_on_one(form: Sent, task_id: str, name: str) -> Response:
    """Do one thing to this task; a page says so where it is refused."""
    action = _action(form, name)
    change = await _do(form, action, task_id)
    return go(_back(form, await keep_outcome(form, _what(name, 1), [change])))


async def _do(form: SentForm, action: Action, task_id: str) -> Change:
    desk, id = form.visit.context.desk, f"{form.id}-{task_id}"
    person = form.visit.person

    def step(unit: UnitOfWork) -> Change:
        check_allowed(holding.seen_task(unit, task_id), person)
        note_id = id if action.writes_note else None
        return watched(task_id, action.step(task_id, id), note_id)(unit)

    return await desk.act(step, action.needs(task_id, id), id)


def _action(form: SentForm, name: str) -> Action:
    """What a form asks for; what is missing in it is refused before anything is done."""
    make = ACTIONS.get(name)
    if make is None:
        message = _("This is nothing that can be done to a task.")
        raise ProblemError(404, message, code="unknown-action")
    return make(form)


def _claiming(form: SentForm) -> Action:
    return Action("claim", lambda id, _: holding.claim(id, form.visit.person), _row)


def _releasing(form: SentForm) -> Action:
    return Action("release", lambda id, _: holding.release(id, form.visit.person), _row)


def _waking(form: SentForm) -> Action:
    return Action("wake", lambda id, _: holding.snooze(id, None, form.visit.person), _row)


def _snoozing(form: SentForm) -> Action:
    until, waiting = _until(form), bool(form.typed.one("waiting"))
    person = form.visit.person
    return Action("snooze", lambda id, _: holding.snooze(id, until, person, waiting=waiting), _row)


def _moving_due(form: SentForm) -> Action:
    due_at = due_on(form.typed.one("due_day"), _now(form), form.visit.context.desk.zone)
    return Action("due", lambda id, _: holding.change_due(id, due_at, form.visit.person), _row)


def _returning_due(form: SentForm) -> Action:
    return Action("first-due", lambda id, _: holding.change_due(id, None, form.visit.person), _row)


def _assigning(form: SentForm) -> Action:
    staff_id, person = form.typed.one("staff_id"), form.visit.person
    if not staff_id:
        raise RuleError(_("Choose somebody."), code="missing", field="staff_id")
    return Action(
        "assign",
        lambda id, _: holding.assign(id, staff_id, person),
        lambda id, _: holding.task_and_staff(id, staff_id),
    )


def _noting(form: SentForm) -> Action:
    text, person = some_note_in(form.typed), form.visit.person
    return Action("note", lambda id, _: holding.note(id, text, person), holding.task_and_note, True)


ACTIONS: dict[str, Callable[[SentForm], Action]] = {
    "claim": _claiming,
    "release": _releasing,
    "wake": _waking,
    "snooze": _snoozing,
    "due": _moving_due,
    "first-due": _returning_due,
    "assign": _assigning,
    "note": _noting,
}


def _row(task_id: str, _: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    return lambda _unit: [LISTED.one(task_id)]


def _until(form: SentForm) -> datetime:
    typed = form.typed
    return wake_at(typed.one("until"), typed.one("day"), _now(form), form.visit.context.desk.zone)


def _now(form: SentForm) -> datetime:
    return form.visit.context.desk.runtime.clock.now()


def _what(name: str, count: int) -> str:
    done, more = map(retold, DONE[name])
    if count == 1:
        return f"{done}. {more}".strip()
    return (
        f"{done}: {_('{count} tasks.').format(count=count)}" if count else _("Nothing was changed.")
    )


def _back(form: SentForm, outcome_id: str) -> str:
    return with_outcome(own_place(form.typed.one("back")), outcome_id)
