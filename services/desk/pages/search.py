"""/search: where is the person, the inquiry, the matter or the task I mean?

From the head of every page, and without a script. Before anything is typed, what this person opened
last stands there. What was typed stands in the field and the address alone.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.finding import find, recent
from services.desk.api.refusals import way_of
from services.desk.domain.clients import may_see_clients
from services.desk.pages.inbox_rows import rows_of
from services.desk.pages.language import N_, Words, retold
from services.desk.pages.visitor import Visitor, names_of
from shared.contracts.finds import LONGEST

router = APIRouter()
BY = Words(
    {
        "id": N_("by its id"),
        "e-mail": N_("by the e-mail address"),
        "phone": N_("by the telephone number"),
    }
)
ROLES = Words(
    {
        "client": N_("client"),
        "prospect": N_("somebody who asked"),
        "adverse": N_("other side"),
        "related": N_("connected"),
    }
)


@router.get("/search")
async def search(request: Request, visit: Visitor, q: str = "") -> Response:
    """Everything that may be meant, or what was opened last."""
    desk, typed = visit.context.desk, q.strip()[:LONGEST]
    found = await find(desk, visit.person, typed, way_of(request), retold)
    owners = [task.owner_id for task in found.tasks if task.owner_id]
    rows = await rows_of(desk, found.tasks, visit.id, await names_of(visit.context, owners))
    return visit.page(
        "search.html",
        q=typed,
        found=found,
        rows=rows,
        last=() if typed else await recent(desk, visit.person),
        with_clients=may_see_clients(visit.person),
        by=BY,
        roles=ROLES,
    )
