"""/studio/text: in which words does the firm say this, and how do they read?

A text as it is written, with what was noticed in it, beside the message as a made-up client reads
it. How it looks in a mail program is a page of its own that may do nothing.
"""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from services.desk.api.problems import ProblemError
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.sent_message import AS_IT_LOOKED
from services.desk.pages.studio_asking import ask_studio, typed_text
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from shared.contracts.editions import EditionDone, TextShown
from shared.errors import RuleError

router = APIRouter()


@router.get("/studio/text")
async def show_text(request: Request, visit: Visitor) -> Response:
    """The text, in the person's draft."""
    which = _which(request.query_params.get("language"), request.query_params.get("message"))
    return await _page(visit, which, {}, did=request.query_params.get("did", ""))


@router.get("/studio/text/look")
async def show_look(request: Request, visit: Visitor) -> Response:
    """The message as a mail program shows it."""
    which = _which(request.query_params.get("language"), request.query_params.get("message"))
    shown = await ask_studio(visit, TextShown, ask="text", **which)
    if not shown.html:
        raise ProblemError(404, _("This text cannot be worded as it is."), code="unworded")
    return HTMLResponse(shown.html, headers=AS_IT_LOOKED)


@router.post("/studio/text")
async def change_text(form: Sent) -> Response:
    """Look at it, keep it in the person's draft, or go back to the shipped one."""
    visit, do = form.visit, form.typed.one("do")
    which = _which(form.typed.one("language"), form.typed.one("message"))
    if do == "look":
        return await _page(visit, which, {}, typed=typed_text(form, "text"))
    asked: dict[str, Any] = {"ask": "edit-text", **which, "seen": form.typed.one("seen") or None}
    if do == "as-shipped":
        asked["as_shipped"] = True
    else:
        asked["text"] = typed_text(form, "text")
    try:
        await ask_studio(visit, EditionDone, **asked)
    except RuleError as no:
        errors = {no.field or "text": no.message}
        status = 409 if no.code == "changed-meanwhile" else 422
        return await _page(visit, which, errors, typed_text(form, "text"), status)
    return await _kept(form, which)


async def _kept(form: SentForm, which: dict[str, str]) -> Response:
    said = await keep_outcome(form, _("Your draft has it. Nothing is in force by that."))
    return go(with_outcome(f"/studio/text?{urlencode(which)}", said))


async def _page(
    visit: Visit, which: dict[str, str], errors: dict[str, str], typed: str | None = None,
    status: int = 200, did: str = "",
) -> Response:  # fmt: skip
    asked = {} if typed is None or errors else {"text": typed}
    shown = await ask_studio(visit, TextShown, ask="text", **which, **asked)
    return visit.page(
        "studio_text.html",
        status,
        shown=shown,
        title=which["message"].replace("frame/", "").replace("-", " ").capitalize(),
        look=f"/studio/text/look?{urlencode(which)}",
        text=typed if typed is not None else shown.text,
        errors=errors,
        unsaved=typed is not None and not errors,
        outcome=await shown_outcome(visit, did),
    )


def _which(language: str | None, message: str | None) -> dict[str, str]:
    if not language or not message:
        raise ProblemError(404, _("Say which text, in which language."), code="unknown")
    return {"language": language, "message": message}
