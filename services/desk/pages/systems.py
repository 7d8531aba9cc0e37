"""/systems: which other systems does the firm hear from, and is each of them well?

For whoever keeps the machines running: names, times and counts; nothing of what was delivered.
"""

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.source_words import in_words
from services.desk.pages.operations import check_operates
from services.desk.pages.visitor import Visitor

router = APIRouter()
GATEWAY = "gateway"


@router.get("/systems")
async def show_systems(visit: Visitor) -> Response:
    """Each source at the doors, with its last word and what waits of it."""
    check_operates(visit.person)
    figures = await visit.context.desk.services.figures(GATEWAY)
    sources = [in_words(each) for each in (figures.own.sources or ())] if figures else []
    return visit.page("systems.html", is_away=figures is None, sources=sources)
