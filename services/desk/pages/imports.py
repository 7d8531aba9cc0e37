"""/imports: a person brings a list of the firm's earlier programs, and sees those they brought.

A list is its bringer's alone, and goes with all of it a day after it came. For partners and
operations.
"""

import base64
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.importing import check_imports
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.import_asking import ask_imports
from services.desk.pages.import_mappings import mappings_shown
from services.desk.pages.import_words import KINDS, state_of
from services.desk.pages.language import _, retold
from services.desk.pages.uploads import Upload, Uploaded
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from services.desk.pages.words import exactly
from shared.contracts.fields import parse_instant
from shared.contracts.imports import (
    KEPT_HOURS,
    MOST_BYTES,
    PIECE,
    ListDone,
    ListsTold,
    ListTold,
)
from shared.errors import RuleError

router = APIRouter()
PLACE = "/imports"
MEBIBYTES = MOST_BYTES // 1024 // 1024


@router.get(PLACE)
async def show_lists(request: Request, visit: Visitor) -> Response:
    """The person's lists, and how to bring one."""
    check_imports(visit.person)
    return await _page(visit, {}, {}, did=request.query_params.get("did", ""))


@router.post(PLACE)
async def bring_list(sent: Uploaded) -> Response:
    """Hand a file to the gateway, which reads it; nothing of it is taken in by that."""
    visit, typed = sent.form.visit, sent.form.typed.plain()
    check_imports(visit.person)
    errors = _missing(sent)
    if errors:
        return await _page(visit, typed, errors, 422)
    try:
        told = await _brought(sent)
    except RuleError as no:
        return await _page(visit, typed, {no.field or "file": _of_file(no)}, 422)
    return go(f"{PLACE}/{told.list_id}/columns")


def _missing(sent: Upload) -> dict[str, str]:
    """What the form lacks."""
    errors = {}
    if sent.form.typed.one("kind") not in KINDS:
        errors["kind"] = _("Say what the list holds.")
    if sent.too_large or len(sent.content) > MOST_BYTES:
        errors["file"] = _(
            "The file is larger than {size} MiB: split it, or have it taken in by the command line."
        ).format(size=MEBIBYTES)
    elif not sent.content:
        errors["file"] = _("Choose a file: CSV or a workbook (.xlsx).")
    return errors


def _of_file(no: RuleError) -> str:
    """What is wrong with the file, as a sentence of its own."""
    if no.code != "unreadable":
        return no.message
    return _("The file {problem}.").format(problem=retold(no.message))


async def _brought(sent: Upload) -> ListTold:
    visit, list_id = sent.form.visit, sent.form.id
    content = sent.content
    pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
    for number, piece in enumerate(pieces):
        said = base64.b64encode(piece).decode()
        await ask_imports(
            visit, ListDone, ask="piece", list_id=list_id, number=number, content=said
        )
    return await ask_imports(
        visit, ListTold, ask="read", list_id=list_id, kind=sent.form.typed.one("kind"),
        file=sent.file[-200:], pieces=len(pieces),
    )  # fmt: skip


@router.post(f"{PLACE}/{{list_id}}/drop")
async def drop_list(form: Sent, list_id: str) -> Response:
    """Keep nothing of a list any more."""
    check_imports(form.visit.person)
    try:
        await ask_imports(form.visit, ListDone, ask="drop", list_id=list_id)
    except RuleError as no:
        return await _page(form.visit, {}, {"": no.message}, 409)
    said = _("The list is deleted here. What was taken in of it stays.")
    return go(with_outcome(PLACE, await keep_outcome(form, said)))


async def _page(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200,
    did: str = "",
) -> Response:  # fmt: skip
    told = await ask_imports(visit, ListsTold, ask="lists")
    return visit.page(
        "imports.html",
        status,
        lists=[(each, _facts(visit, each)) for each in told.lists],
        mappings=await mappings_shown(visit),
        kinds=list(KINDS.items()),
        size=MEBIBYTES,
        hours=KEPT_HOURS,
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


def _facts(visit: Visit, told: ListTold) -> dict[str, Any]:
    zone = visit.context.desk.zone
    return {
        "kind": KINDS.get(told.kind, told.kind),
        "state": state_of(told),
        "at": exactly(parse_instant(told.at), zone),
        "until": exactly(parse_instant(told.until), zone),
    }
