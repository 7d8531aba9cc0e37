"""GET /api/v1/clients/{id}/restrictions, …/refusals: what stands in the way, who was kept away?

Intake answers what stands. Who was refused because of a wall is the desk's own access log, and for
whoever may build a wall.
"""

from collections.abc import Sequence

from fastapi import APIRouter

from services.desk.api.desk import Person, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import AccessShape, Items
from services.desk.domain.accesses import Access, check_reads_log
from services.desk.domain.clients import check_sees_client
from services.desk.ports.answers import Refused
from services.desk.ports.restrictions import ACCESSES
from shared.contracts.restrictions_asked import RestrictionsAsked, RestrictionsListed

router = APIRouter(tags=["clients"])
MOST = 500


@router.get("/clients/{client_id}/restrictions", response_model_exclude_none=True)
async def list_restrictions(desk: TheDesk, person: Person, client_id: str) -> RestrictionsListed:
    """What must not be done about this client, their matters, or by the whole firm."""
    check_sees_client(person, client_id)
    asked = RestrictionsAsked(ask="list", client_id=client_id)
    told = await desk.restrictions.listed(asked, person)
    if isinstance(told, Refused):
        raise ProblemError(403, told.message, code=told.code)
    return told


@router.get("/clients/{client_id}/refusals", response_model_exclude_none=True)
async def list_refusals(desk: TheDesk, person: Person, client_id: str) -> Items[AccessShape]:
    """The newest 500 rows of the access log about this client; for lawyers and partners."""
    check_sees_client(person, client_id)
    check_reads_log(person)
    unit = await desk.runtime.look(lambda _: [ACCESSES.by("subject", f"client:{client_id}")])
    rows: Sequence[Access] = unit.find(ACCESSES, "subject", f"client:{client_id}")
    newest = sorted(rows, key=lambda each: (each.at, each.access_id), reverse=True)
    return Items(items=[AccessShape.model_validate(each) for each in newest[:MOST]])
