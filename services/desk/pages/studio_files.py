"""/studio/files: what stands in the firm's folder, file by file?

Whatever has no form of its own: surveys, pages of a language, letters, forms, plans, playbooks of
the firm's own. A file is read by every service before the draft keeps it.
"""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.studio_asking import ask_studio, typed_text
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from shared.contracts.editions import EditionDone, FileShown, FilesTold
from shared.errors import RuleError
from shared.firm.edition_parts import is_picture

router = APIRouter()
BEGINNINGS = ("surveys.yaml", "concerns.yaml", "risks.yaml", "firm.toml", "names.yaml")


@router.get("/studio/files")
async def show_files(request: Request, visit: Visitor) -> Response:
    """Every file of the person's draft, and how to begin another."""
    return await _list(visit, {}, {}, did=request.query_params.get("did", ""))


@router.post("/studio/files")
async def begin(form: Sent) -> Response:
    """A new language, as what stands around each message in another one."""
    typed = form.typed.plain()
    language = typed.get("language", "").strip().lower()
    asked = {"ask": "new-language", "language": language, "message": typed.get("like", "en")}
    try:
        await ask_studio(form.visit, EditionDone, **asked)
    except RuleError as no:
        return await _list(form.visit, typed, {no.field or "language": no.message}, 422)
    said = _("Your draft has the language. Say what stands around each message, then each text.")
    return go(with_outcome("/studio/files", await keep_outcome(form, said)))


@router.get("/studio/file")
async def show_file(request: Request, visit: Visitor) -> Response:
    """One file, in the person's draft."""
    place = request.query_params.get("place", "")
    try:
        return await _page(visit, place, {}, did=request.query_params.get("did", ""))
    except RuleError as no:
        return await _list(visit, {"place": place}, {"place": no.message}, 422)


@router.post("/studio/file")
async def change_file(form: Sent) -> Response:
    """Keep it in the person's draft, or take it away."""
    place = form.typed.one("place")
    asked: dict[str, Any] = {
        "ask": "edit-file", "place": place, "seen": form.typed.one("seen") or None,
    }  # fmt: skip
    if form.typed.one("do") == "as-shipped":
        asked["as_shipped"] = True
    else:
        asked["text"] = typed_text(form, "text")
    try:
        await ask_studio(form.visit, EditionDone, **asked)
    except RuleError as no:
        status = 409 if no.code in ("changed-meanwhile", "away") else 422
        typed = typed_text(form, "text")
        return await _page(form.visit, place, {no.field or "text": no.message}, typed, status)
    said = await keep_outcome(form, _("Your draft has it. Nothing is in force by that."))
    return go(with_outcome(f"/studio/file?{urlencode({'place': place})}", said))


async def _list(
    visit: Visit, typed: dict[str, str], errors: dict[str, str], status: int = 200, did: str = ""
) -> Response:
    told = await ask_studio(visit, FilesTold, ask="files")
    there = {each.place for each in told.files}
    return visit.page(
        "studio_files.html",
        status,
        files=[(each, _address(each.place)) for each in told.files],
        kinds=told.kinds,
        letters=[(each, _address(each)) for each in told.letters],
        beginnings=[(each, _address(each)) for each in BEGINNINGS if each not in there],
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


async def _page(
    visit: Visit, place: str, errors: dict[str, str], typed: str | None = None,
    status: int = 200, did: str = "",
) -> Response:  # fmt: skip
    shown = await ask_studio(visit, FileShown, ask="file", place=place)
    return visit.page(
        "studio_file.html",
        status,
        shown=shown,
        text=typed if typed is not None else shown.text,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


def _address(place: str) -> str:
    if is_picture(place):
        return "/studio/looks"
    return f"/studio/file?{urlencode({'place': place})}"
