"""GET /api/v1/clients/{id}/restrictions, …/refusals, …/looks: what stands in the way, who looked?

Intake answers what stands. Who was refused because of a wall is the desk's own access log, and for
whoever may build a wall; who looked, for partners and the conflicts officer.
"""

from fastapi import APIRouter

from services.desk.api.desk import Person, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import AccessShape, Items
from services.desk.domain.accesses import KEPT_AWAY, check_reads_log, check_reads_looks
from services.desk.domain.clients import check_sees_client
from services.desk.ports.answers import Refused
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
    rows = await desk.accesses.about(f"client:{client_id}", KEPT_AWAY, MOST)
    return Items(items=[AccessShape.model_validate(each) for each in rows])


@router.get("/clients/{client_id}/looks", response_model_exclude_none=True)
async def list_looks(desk: TheDesk, person: Person, client_id: str) -> Items[AccessShape]:
    """Who looked at this client and who was refused, the newest 500; for partners and officers."""
    check_sees_client(person, client_id)
    check_reads_looks(person)
    rows = await desk.accesses.about(f"client:{client_id}", ("opened", *KEPT_AWAY), MOST)
    return Items(items=[AccessShape.model_validate(each) for each in rows])
