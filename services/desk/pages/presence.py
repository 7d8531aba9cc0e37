"""POST /tasks/{id}/here: who else has this task open?

Asked by the page every half minute; a page without a script says it once, when it is opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.api.desk import Desk
from services.desk.domain.presence import Presence, others
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, Visit, names_of
from services.desk.pages.words import ago, length
from services.desk.ports.presence import PRESENCES
from services.desk.workflow.presence import be_there, presence_needs

router = APIRouter()


@router.post("/tasks/{task_id}/here")
async def still_here(form: Sent, task_id: str) -> Response:
    """The page is still open; a part of a page that says who else has it open."""
    visit = form.visit
    found = await at_task(visit, task_id, open=True)
    names = await names_of(visit.context, [each.staff_id for each in found])
    now = visit.context.desk.runtime.clock.now()
    return visit.page("presence_part.html", others=said(found, names, now))


async def at_task(visit: Visit, task_id: str, *, open: bool) -> list[Presence]:
    """Note that this person is at the task; who else is."""
    desk = visit.context.desk
    step, needs = be_there(task_id, visit.person, open=open), presence_needs(task_id, visit.id)
    found = await desk.act(step, needs, f"here-{uuid4().hex}")
    return others(found, visit.id, desk.runtime.clock.now())


def said(found: Iterable[Presence], names: Mapping[str, str], now: datetime) -> Sequence[str]:
    """A sentence for each."""
    sentences = []
    for each in found:
        who = names.get(each.staff_id, each.staff_id)
        if each.open:
            sentences.append(
                _("{who} has had this open for {span}.").format(
                    who=who, span=length(now - each.since)
                )
            )
        else:
            sentences.append(
                _("{who} opened this {ago}.").format(who=who, ago=ago(each.last_at, now))
            )
    return sentences


async def at_tasks(
    desk: Desk, task_ids: Iterable[str], me: str, names: Mapping[str, str]
) -> dict[str, str]:
    """Who else has each of these tasks open, by name."""
    ids = list(task_ids)
    unit = await desk.runtime.look(lambda _: [PRESENCES.by("task", each) for each in ids])
    there = {id: others(unit.find(PRESENCES, "task", id), me, unit.now) for id in ids}
    return {
        id: ", ".join(names.get(each.staff_id, each.staff_id) for each in found)
        for id, found in there.items()
        if found
    }
