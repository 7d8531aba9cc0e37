"""/systems: which other systems does the firm hear from and tell, and is each of them well?

For whoever keeps the machines running: names, times and counts; nothing of what was delivered.
"""

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain import subscription_words
from services.desk.domain.source_words import in_words
from services.desk.pages.operations import check_operates
from services.desk.pages.systems_logins import logins
from services.desk.pages.visitor import Visitor

router = APIRouter()
GATEWAY, MAILBOX_READER = "gateway", "reminders"


@router.get("/systems")
async def show_systems(visit: Visitor) -> Response:
    """Each source with its last word and what waits of it; each subscription with what it took."""
    check_operates(visit.person)
    ask = visit.context.desk.services.figures
    figures, reader = await ask(GATEWAY), await ask(MAILBOX_READER)
    heard = [each for told in (figures, reader) if told for each in told.own.sources or ()]
    now = visit.context.desk.runtime.clock.now()
    told = (figures.own.subscriptions or ()) if figures else ()
    return visit.page(
        "systems.html",
        is_away=figures is None,
        sources=[in_words(each) for each in heard],
        subscriptions=[subscription_words.in_words(each, now) for each in told],
        **await logins(visit),
    )
