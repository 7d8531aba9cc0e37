"""GET /api/v1/search: whom or what may this mean, and what did I open last?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.desk.api.desk import Person, TheDesk
from services.desk.api.finding import Hit, find, recent
from services.desk.api.refusals import way_of
from services.desk.api.shapes import HitShape, SearchShape
from services.desk.api.task_view import show_task
from shared.contracts.finds import LONGEST

router = APIRouter(tags=["search"])


@router.get("/search", response_model_exclude_none=True)
async def search(
    request: Request,
    desk: TheDesk,
    person: Person,
    q: Annotated[
        str,
        Query(max_length=LONGEST, description="A name, a number, an address, an id; empty: recent"),
    ] = "",
) -> SearchShape:
    """Clients, inquiries, matters, parties and tasks; without `q`, what you opened last."""
    if not q.strip():
        return SearchShape(recent=[_shape(each) for each in await recent(desk, person)])
    found = await find(desk, person, q, way_of(request))
    now = desk.runtime.clock.now()
    return SearchShape(
        clients=[_shape(each) for each in found.clients],
        inquiries=[_shape(each) for each in found.inquiries],
        matters=[_shape(each) for each in found.matters],
        parties=[_shape(each) for each in found.parties],
        tasks=[show_task(each, person, now) for each in found.tasks],
        more=found.more or None,
        away=found.away or None,
    )


def _shape(hit: Hit) -> HitShape:
    return HitShape.model_validate(hit)
