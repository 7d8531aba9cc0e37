"""/tasks/{id}/letter.pdf: how does an approved letter come out of a printer?

Its owner makes the file, of exactly what was approved; here it is handed to whoever may deal with
the task, and to nobody else.
"""

from base64 import b64decode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.desk.api.task_view import full_task
from services.desk.pages.visitor import Visitor
from shared.web.headers import EVERYWHERE

router = APIRouter()
FIELD = "pdf"


@router.get("/tasks/{task_id}/letter.pdf")
async def show_letter(visit: Visitor, task_id: str) -> Response:
    """The letter as a PDF file; 404 where this task has none."""
    shape = await full_task(visit.context.desk, task_id, visit.person)
    value = next((each.value for each in shape.fields if each.name == FIELD), None)
    if not isinstance(value, str) or not value:
        raise HTTPException(404)
    more = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="letter.pdf"'}
    return Response(b64decode(value), media_type="application/pdf", headers=EVERYWHERE | more)
