"""/imports/{list_id}: a brought list is tried, seen row by row, and confirmed exactly as tried.

What is confirmed is named by its run, which another file, other columns or another day make another
one. A process that ends meanwhile is followed by one that goes on where it stopped.
"""

import base64
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from services.desk.domain.importing import check_imports
from services.desk.pages.import_asking import ask_imports
from services.desk.pages.import_words import (
    FIELDS,
    FOUND_BY,
    KINDS,
    RUNNING,
    WERE,
    WOULD_BE,
    state_of,
)
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from services.desk.pages.words import exactly
from shared.contracts.fields import parse_instant
from shared.contracts.imports import ListTold, RefusedTold, RowsTold
from shared.errors import RuleError
from shared.web.forms import whole
from shared.web.headers import EVERYWHERE

router = APIRouter()
PLACE = "/imports/{list_id}"
DONE = ("weighed", "taken")


@router.get(PLACE)
async def show_list(request: Request, visit: Visitor, list_id: str) -> Response:
    """How far it is; once tried, what would become of it."""
    check_imports(visit.person)
    after = request.query_params.get("after", "")
    return await _page(visit, list_id, {}, {}, whole(after))


@router.post(PLACE)
async def go_on(form: Sent, list_id: str) -> Response:
    """Try it, or take in what was tried."""
    check_imports(form.visit.person)
    typed = form.typed.plain()
    if typed.get("do") == "confirm":
        asked = {"ask": "confirm", "run": typed.get("run", "")[:64]}
    else:
        day = typed.get("news_since", "").strip() if typed.get("tells") == "news" else ""
        asked = {"ask": "weigh", "news_since": day[:10]}
    try:
        await ask_imports(form.visit, ListTold, list_id=list_id, **asked)
    except RuleError as no:
        status = 422 if no.field == "news_since" else 409
        field = "news_since" if status == 422 else ""
        return await _page(form.visit, list_id, typed, {field: no.message}, 0, status)
    form.visit.context.first_days.forget()
    return go(PLACE.format(list_id=list_id))


@router.get(f"{PLACE}/refused.csv")
async def refused_rows(visit: Visitor, list_id: str) -> Response:
    """The refused rows as a list of their own, each with its reasons: corrected, it is brought."""
    check_imports(visit.person)
    first = await ask_imports(visit, RefusedTold, ask="refused", list_id=list_id, after=0)

    async def parts() -> AsyncIterator[bytes]:
        told = first
        yield base64.b64decode(told.content)
        while told.next is not None:
            told = await ask_imports(
                visit, RefusedTold, ask="refused", list_id=list_id, after=told.next
            )
            yield base64.b64decode(told.content)

    headers = {
        **EVERYWHERE,
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="refused.csv"',
    }
    return StreamingResponse(parts(), media_type="text/csv; charset=utf-8", headers=headers)


async def _page(
    visit: Visit, list_id: str, typed: Mapping[str, str], errors: Mapping[str, str],
    after: int = 0, status: int = 200,
) -> Response:  # fmt: skip
    told = await ask_imports(visit, ListTold, ask="show", list_id=list_id)
    rows = RowsTold(rows=[])
    if told.state in DONE:
        rows = await ask_imports(visit, RowsTold, ask="rows", list_id=list_id, after=after)
    words = WERE if told.state == "taken" else WOULD_BE
    return visit.page(
        "import_run.html",
        status,
        told=told,
        place=PLACE.format(list_id=list_id),
        kind=KINDS.get(told.kind, told.kind),
        how=FOUND_BY.get(told.found_by, ""),
        state=state_of(told),
        runs=told.state in RUNNING and not told.stopped_at,
        may_try=told.state in ("read", "weighed", "weighing"),
        percent=min(99, 100 * told.done // told.rows) if told.rows else 0,
        counts=[(name, words[name], told.counts.get(name, 0)) for name in words],
        events=sorted(told.events.items()),
        rows=rows,
        after=after,
        fields=FIELDS,
        typed={
            "tells": "news" if told.news_since else "past",
            "news_since": told.news_since,
            **typed,
        },
        errors=errors,
        **_moments(visit, told),
    )


def _moments(visit: Visit, told: ListTold) -> dict[str, Any]:
    zone = visit.context.desk.zone
    said = {"until": told.until, "ended": told.ended_at, "stopped": told.stopped_at}
    return {
        name: exactly(parse_instant(instant), zone) if instant else ""
        for name, instant in said.items()
    }
