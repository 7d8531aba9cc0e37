"""/incidents/{id}/clients: whom does the firm act for now, so that they can be told?

Asked of intake when it is opened and kept nowhere: the list is as it is at that moment, for the
screen, for paper and as a file.
"""

from collections.abc import AsyncIterator, Mapping, Sequence

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from services.desk.api.incidents import incident_of
from services.desk.api.problems import ProblemError
from services.desk.domain.clients import check_sees_clients
from services.desk.domain.incidents import Incident
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.domain.walls import walled_off
from services.desk.pages.language import N_, _, retold
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.current_clients import CurrentClient
from shared.errors import TemporaryError
from shared.web.headers import EVERYWHERE

router = APIRouter()
MOST_SHOWN = 2_000
HEADS = (
    N_("Client"),
    N_("Client id"),
    "E-mail",
    N_("Telephone"),
    N_("Language"),
    N_("Open matters"),
    N_("Led by"),
)
ERASED = N_("Name no longer kept")


@router.get("/incidents/{incident_id}/clients")
async def show_clients(visit: Visitor, incident_id: str) -> Response:
    """The list on a page; where it is longer than a page holds, the file has all."""
    incident = await _listing(visit, incident_id)
    found: list[CurrentClient] = []
    away = False
    try:
        async for some in _all(visit):
            found += some
            if len(found) >= MOST_SHOWN:
                break
    except TemporaryError:
        away = True
    names = await names_of(visit.context, {id for each in found for id in each.owner_ids})
    now, zone = visit.context.desk.runtime.clock.now(), visit.context.desk.zone
    shown = sorted(found[:MOST_SHOWN], key=lambda each: (each.name or _(ERASED)).casefold())
    return visit.page(
        "incident_clients.html",
        503 if away else 200,
        incident=incident,
        heads=[retold(each) for each in HEADS],
        rows=[_cells(each, names) for each in shown],
        ids=[each.client_id for each in shown],
        cut=len(found) >= MOST_SHOWN,
        away=away,
        walled=bool(visit.person.screened),
        at=exactly(now, zone),
    )


@router.get("/incidents/{incident_id}/clients.csv")
async def export_clients(visit: Visitor, incident_id: str) -> Response:
    """The whole list, for a spreadsheet or whoever sends the letters."""
    await _listing(visit, incident_id)
    staff = await visit.context.desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    parts = _all(visit)
    # away or refused: say so before a file begins
    first: list[CurrentClient] = await anext(parts, [])
    more = {
        "Content-Disposition": 'attachment; filename="current-clients.csv"',
        "Cache-Control": "no-store",
    }
    lines = _lines(first, parts, names)
    return StreamingResponse(lines, media_type="text/csv", headers=EVERYWHERE | more)


async def _listing(visit: Visit, incident_id: str) -> Incident:
    check_sees_clients(visit.person)
    incident = await incident_of(visit.context.desk, incident_id)
    if not incident.lists_clients:
        raise ProblemError(404, _("This incident has no list of clients."), code="no-list")
    return incident


async def _lines(
    first: Sequence[CurrentClient],
    parts: AsyncIterator[list[CurrentClient]],
    names: Mapping[str, str],
) -> AsyncIterator[str]:
    yield MARK + row_of(map(retold, HEADS))
    yield "".join(row_of(_cells(each, names)) for each in first)
    async for some in parts:
        yield "".join(row_of(_cells(each, names)) for each in some)


async def _all(visit: Visit) -> AsyncIterator[list[CurrentClient]]:
    """Every part of the list, without whom a wall keeps from this person."""
    after: str | None = ""
    while after is not None:
        told = await visit.context.desk.currents.some(visit.person, after)
        if isinstance(told, Refused):
            raise ProblemError(403, told.message, code=told.code)
        screened = visit.person.screened
        seen = [e for e in told.items if not walled_off({"client_id": e.client_id}, screened)]
        if seen:
            yield seen
        after = told.next


def _cells(client: CurrentClient, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        client.name or _(ERASED),
        client.client_id,
        client.email or "",
        client.phone or "",
        client.locale or "",
        str(client.matters),
        ", ".join(names.get(each, each) for each in client.owner_ids),
    )
