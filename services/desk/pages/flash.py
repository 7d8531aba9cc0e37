"""What came of the last thing a person did, and can it be taken back?

Shown on the page that follows, with what was refused and why, and the way to what was opened; for
ten seconds with a way back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.outcomes import (
    COMES_WITHIN,
    SHOWN,
    Awaited,
    Change,
    Outcome,
    Refusal,
    may_undo,
)
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.visitor import Sent, SentForm, Visit, go, own_place
from services.desk.ports.held_decisions import HELD
from services.desk.ports.tasks import LISTED, OUTCOMES
from services.desk.workflow.undoing import remember, remember_needs, undo, undo_needs
from shared.contracts.restrictions import subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar

router = APIRouter()
SECONDS = int(SHOWN.total_seconds())
LEADS = Words(  # what a link says, by the last or the first part of its address
    {
        "tasks": N_("Open the task"),
        "deadlines": N_("Look at the deadlines"),
        "promised": N_("Look at what is promised"),
        "restrictions": N_("Look at what holds"),
    }
)


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """What a page says about what was just done."""

    id: str
    what: str
    refusals: Sequence[Refusal]
    may_undo: bool
    seconds: int = SECONDS
    take_back: str = ""  # the id of a decision that nobody was told of yet
    place: str = ""  # where what was opened stands
    leads: str = ""  # what the link there says
    comes: bool = False  # a task that was asked for is not there yet


async def shown_outcome(visit: Visit, outcome_id: str) -> ShownOutcome | None:
    """What this person did under that id, if it was they."""
    if not outcome_id:
        return None
    unit = await visit.context.desk.runtime.look(lambda _: [OUTCOMES.one(outcome_id[:80])])
    outcome = unit.get(OUTCOMES, outcome_id[:80])
    if outcome is None or outcome.staff_id != visit.id:
        return None
    if outcome.held:
        return await _of_decision(visit, outcome, outcome.held)
    what = _("Taken back.") if outcome.undone else retold(outcome.what)
    undoable = may_undo(outcome, visit.context.now())
    shown = ShownOutcome(outcome.outcome_id, what, outcome.refusals, undoable)
    return await _leading(visit, outcome, shown)


async def _leading(visit: Visit, outcome: Outcome, shown: ShownOutcome) -> ShownOutcome:
    """With the way to what was opened, once it is there and this person may deal with it."""
    place, awaited, comes = outcome.place, outcome.awaited, False
    if awaited is not None:
        found = await _found(visit, awaited)
        mine = [task for task in found if may_decide(task, visit.person)]
        place = f"/tasks/{mine[0].task_id}" if mine else ""
        comes = not found and visit.context.now() - outcome.at < COMES_WITHIN
    return replace(shown, place=place, leads=_leads(place), comes=comes)


async def _found(visit: Visit, awaited: Awaited) -> Sequence[ListedTask]:
    """The task, once the desk has heard of it."""
    subjects = subjects_in(awaited.about)

    def needs(_unit: ReadSoFar) -> Iterable[Need]:
        yield LISTED.one(awaited.task_id)
        yield from (LISTED.by("about", each) for each in subjects)

    unit = await visit.context.desk.runtime.look(needs)
    named = unit.get(LISTED, awaited.task_id)
    every = [task for each in subjects for task in unit.find(LISTED, "about", each)]
    return [each for each in (named, *every) if each is not None and awaited.is_it(each)]


def _leads(place: str) -> str:
    parts = place.strip("/").split("/")
    return next((LEADS[each] for each in (parts[-1], parts[0]) if each in LEADS), "")


async def _of_decision(visit: Visit, outcome: Outcome, decision_id: str) -> ShownOutcome:
    """A decision that could be taken back, and for how many seconds it still can."""
    unit = await visit.context.desk.runtime.look(lambda _: [HELD.one(decision_id)])
    held = unit.get(HELD, decision_id)
    if held is None or held.state != "held" or held.due is None:
        back = held is not None and held.state == "taken-back"
        what = _("Taken back.") if back else retold(outcome.what)
        return ShownOutcome(outcome.outcome_id, what, (), may_undo=False)
    left = max(1, ceil((held.due - unit.now).total_seconds()))
    return ShownOutcome(outcome.outcome_id, retold(outcome.what), (), False, left, decision_id)


async def keep_outcome(
    form: SentForm,
    what: str,
    changes: Sequence[Change] = (),
    refusals: Sequence[Refusal] = (),
    held: str | None = None,
    place: str = "",
    awaited: Awaited | None = None,
) -> str:
    """Keep what was done for the page that follows; its id."""
    visit = form.visit
    outcome = Outcome(
        outcome_id=f"o-{form.id}",
        staff_id=visit.id,
        at=visit.context.now(),
        what=what,
        changes=tuple(changes),
        refusals=tuple(refusals),
        held=held,
        place=place,
        awaited=awaited,
    )
    await visit.context.desk.act(remember(outcome), remember_needs(outcome), f"o-{uuid4().hex}")
    return outcome.outcome_id


@router.post("/undo")
async def take_back(form: Sent) -> Response:
    """Put back what was just done."""
    visit, outcome_id = form.visit, form.typed.one("did")[:80]
    step = undo(outcome_id, visit.person, visit.context.now())
    await visit.context.desk.act(step, undo_needs(outcome_id), form.id)
    return go(with_outcome(own_place(form.typed.one("back")), outcome_id))


def with_outcome(place: str, outcome_id: str) -> str:
    """An address that shows what was done; one that is there already is replaced."""
    bare, _, query = place.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("did=")]
    return f"{bare}?{'&'.join([*kept, f'did={outcome_id}'])}"
