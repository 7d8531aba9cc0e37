"""/systems: which other systems does the firm hear from and tell, and is each of them well?

For whoever keeps the machines running: names, times and counts; nothing of what was delivered.
"""

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain import subscription_words
from services.desk.domain.source_words import in_words
from services.desk.pages.operations import check_operates
from services.desk.pages.visitor import Visitor

router = APIRouter()
GATEWAY = "gateway"


@router.get("/systems")
async def show_systems(visit: Visitor) -> Response:
    """Each source with its last word and what waits of it; each subscription with what it took."""
    check_operates(visit.person)
    figures = await visit.context.desk.services.figures(GATEWAY)
    sources = [in_words(each) for each in (figures.own.sources or ())] if figures else []
    now = visit.context.desk.runtime.clock.now()
    told = (figures.own.subscriptions or ()) if figures else ()
    return visit.page(
        "systems.html",
        is_away=figures is None,
        sources=sources,
        subscriptions=[subscription_words.in_words(each, now) for each in told],
    )
