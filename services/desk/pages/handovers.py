"""/handovers: what have people left behind who do not work here any more, and who takes it over?

For partners and whoever keeps the machines running; by ids alone, so that nobody reads who the
clients are who does not work with them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.handing_over import check_hands_over
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.staff import StaffMember, may_lead
from services.desk.domain.walls import ScreenedError
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.ports.answers import Refused
from services.desk.workflow.handing_over import Led, hand_over_all, hand_over_all_needs
from shared.errors import RuleError, TemporaryError

router = APIRouter()
MOST_TASKS = 200


@dataclass(frozen=True, slots=True)
class Left:
    """What one person left behind; ``matters`` None: intake did not answer."""

    staff_id: str
    name: str
    matters: Sequence[Led] | None
    tasks: Sequence[ListedTask]


@router.get("/handovers")
async def show_all(request: Request, visit: Visitor) -> Response:
    """Everybody who left work behind."""
    check_hands_over(visit.person, everything=True)
    return await _page(visit, request.query_params.get("did", ""), {}, {})


@router.post("/handovers")
async def hand_all_over(form: Sent) -> Response:
    """All of one person's, to one who is here."""
    visit, typed = form.visit, form.typed
    check_hands_over(visit.person, everything=True)
    desk, left, to = visit.context.desk, typed.one("staff_id"), typed.one("to")
    try:
        matters = matters_told(await matters_of(visit, left))
        task_ids = [each.task_id for each in await tasks_of(visit, left)]
        step = hand_over_all(left, to, matters, task_ids, visit.person)
        count = await desk.act(step, hand_over_all_needs(left, to, task_ids), form.id)
    except ScreenedError:
        raise
    except RuleError as no:
        at = f"to-{left}" if no.field == "to" else ""
        return await _page(visit, "", typed.plain(), {at: no.message}, 422)
    what = _("Handed over: {count} matters and tasks.").format(count=count)
    return go(with_outcome("/handovers", await keep_outcome(form, what)))


def matters_told(matters: Sequence[Led] | None) -> Sequence[Led]:
    """The matters; RuleError while nobody can tell them."""
    if matters is None:
        raise RuleError(_("The service that keeps matters is away; try again."), code="away")
    return matters


async def _page(
    visit: Visit, did: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    staff = await visit.context.desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    gone = [each for each in staff if not each.active]
    left = await asyncio.gather(*(_left(visit, each, names) for each in gone))
    lawyers = [each.staff_id for each in staff if each.active and may_lead(each)]
    return visit.page(
        "handovers.html",
        status,
        left=[each for each in left if each.tasks or each.matters],
        away=any(each.matters is None for each in left),
        lawyers=sorted(((each, names[each]) for each in lawyers), key=lambda each: each[1]),
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


async def _left(visit: Visit, person: StaffMember, names: Mapping[str, str]) -> Left:
    matters, tasks = await asyncio.gather(
        matters_of(visit, person.staff_id), tasks_of(visit, person.staff_id)
    )
    return Left(person.staff_id, names[person.staff_id], matters, tasks)


async def matters_of(visit: Visit, staff_id: str) -> Sequence[Led] | None:
    """The open matters they lead; None while intake is away."""
    try:
        told = await visit.context.desk.finds.led_by(staff_id, visit.person)
    except TemporaryError:
        return None
    if isinstance(told, Refused):
        raise RuleError(told.message, code=told.code)
    return [
        Led(client_id=each.client_id, matter_id=each.matter_id)
        for each in told.items
        if each.client_id and each.matter_id
    ]


async def tasks_of(visit: Visit, staff_id: str) -> Sequence[ListedTask]:
    """The open tasks they have, asleep or not, of those no wall keeps this person from."""
    found: list[ListedTask] = []
    for state in ("open", "snoozed"):
        wanted = TaskFilter(owner_id=staff_id, state=state, seen_by=visit.person.screened)
        page = await visit.context.desk.tasks.page(wanted, Page(limit=MOST_TASKS))
        found.extend(page)
    return found
