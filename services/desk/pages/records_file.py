"""/tasks/{id}/records.json: what does the firm hold of a client who asked to see it?

One file, gathered from every service as it is opened and kept nowhere here. What the firm may not
hand over is named in it, with the reason.
"""

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.api.refusals import note_opened, way_of
from services.desk.api.task_view import full_task
from services.desk.pages.visitor import Visitor
from services.desk.ports.answers import Refused
from shared.web.headers import EVERYWHERE

router = APIRouter()
FIELD = "file"
ABOUT = "What we hold about you (GDPR Art. 15), in a form programs can read (Art. 20)."


@router.get("/tasks/{task_id}/records.json")
async def open_file(request: Request, visit: Visitor, task_id: str) -> Response:
    """The file of a request a person let go ahead; 404 where this task has none."""
    desk = visit.context.desk
    shape = await full_task(desk, task_id, visit.person)
    request_id = next((each.value for each in shape.fields if each.name == FIELD), None)
    if not isinstance(request_id, str) or not request_id:
        raise HTTPException(404)
    found = await desk.records.gathered(request_id, visit.person)
    if isinstance(found, Refused):
        raise ProblemError(403, found.message, code=found.code)
    about = shape.about.model_dump(exclude_none=True)
    await note_opened(desk, visit.person, about, way_of(request))
    file: dict[str, Any] = {
        "about": ABOUT,
        "request": request_id,
        "made_at": desk.runtime.clock.now().isoformat(),
        "records": {service: _told(items) for service, items in found.items()},
        "withheld": [
            {"class": each["class"], "from": service, "reason": each["withheld"]}
            for service, items in found.items()
            for each in items
            if "withheld" in each
        ],
    }
    content = json.dumps(file, ensure_ascii=False, indent=2).encode()
    name = f'attachment; filename="records-{request_id}.json"'
    more = {"Cache-Control": "no-store", "Content-Disposition": name}
    return Response(content, media_type="application/json", headers=EVERYWHERE | more)


def _told(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"class": each["class"], **each["told"]} for each in items if "told" in each]
