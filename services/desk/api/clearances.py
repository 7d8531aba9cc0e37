"""GET /api/v1/clearances/{client_id}: may the firm act for this client?

What a practice-management system asks before it opens a matter. It says nothing of what was found.
"""

from fastapi import APIRouter

from services.desk.api.desk import Person, TheDesk
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import ClearanceShape
from services.desk.domain.clients import check_sees_client
from services.desk.ports.answers import Refused

router = APIRouter()


@router.get("/clearances/{client_id}", response_model_exclude_none=True, tags=["clients"])
async def get_clearance(desk: TheDesk, person: Person, client_id: str) -> ClearanceShape:
    """Clear, pending, declined, walled (not everybody may act), or never checked; of which day."""
    check_sees_client(person, client_id)
    told = await desk.checks.clearance(client_id, person)
    if isinstance(told, Refused):
        raise ProblemError(403, told.message, code=told.code)
    shape = ClearanceShape.model_validate(told)
    return shape if shape.walls else shape.model_copy(update={"walls": None})
