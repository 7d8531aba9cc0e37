"""/clients/{id}/looked: who of the firm has looked at this client, when, and by which way?

For partners and the conflicts officer. Whoever a wall kept away stands there too.
"""

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.accesses import KEPT_AWAY, check_reads_looks
from services.desk.pages.clients import known_client
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Visitor, names_of
from services.desk.pages.words import exactly

router = APIRouter()
MOST = 200
WAYS = Words(
    {
        "GET /clients/{client_id}": N_("Client's page"),
        "GET /clients/{client_id} brief": N_("Brief for a handover"),
        "GET /clients/{client_id} print": N_("Printed timeline"),
        "GET /clients/{client_id}/records": N_("Their requests about records"),
        "GET /clients/{client_id}/handover": N_("Handover of their matters"),
        "GET /clients/{client_id}/testimonial": N_("Words of theirs to publish"),
        "GET /clients/{client_id}/restrictions": N_("Restrictions"),
        "GET /clients/{client_id}/owed": N_("What is owed"),
        "GET /clients/{client_id}/looked": N_("Who looked"),
        "GET /clients/{client_id}/messages/{contact_id}": N_("A message as it went"),
        "GET /clients/{client_id}/messages/{contact_id}/look": N_("A message as it looked"),
        "GET /tasks/{task_id}": N_("A task with their card"),
        "GET /tasks/{task_id}/records.json": N_("Their access file"),
        "GET /tasks/{task_id}/letter.pdf": N_("A letter of theirs, on paper"),
        "GET /inquiries/{inquiry_id}": N_("Page of an inquiry"),
        "GET /inquiries/{inquiry_id}/restrictions": N_("Restrictions"),
        "GET /conflicts/{check_id}": N_("A conflict check"),
    }
)
OUTCOMES = Words(
    {
        "opened": N_("Looked"),
        "refused": N_("Refused by a wall"),
        "left-out": N_("Left out of a search"),
    }
)


@router.get("/clients/{client_id}/looked")
async def show_looks(visit: Visitor, client_id: str) -> Response:
    """The newest rows of the access log about one client."""
    card = await known_client(visit, client_id)
    check_reads_looks(visit.person)
    desk = visit.context.desk
    rows = await desk.accesses.about(f"client:{client_id}", ("opened", *KEPT_AWAY), MOST + 1)
    names = await names_of(visit.context, [each.staff_id for each in rows])
    return visit.page(
        "looked.html",
        card=card,
        rows=[
            (
                exactly(each.at, desk.zone),
                names.get(each.staff_id, each.staff_id),
                OUTCOMES[each.outcome],
                way_words(each.way),
            )
            for each in rows[:MOST]
        ],
        more=len(rows) > MOST,
    )


def way_words(way: str) -> str:
    """By which way, in words; a program's as it is."""
    method, _space, place = way.partition(" ")
    if place.startswith("/api/v1/"):
        return _("A program: {way}").format(way=way)
    return WAYS.get(way, way if method == "GET" else _("A form: {way}").format(way=way))
