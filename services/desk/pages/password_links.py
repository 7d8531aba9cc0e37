"""/welcome/{token}: how does a person set their password, through a link that works once?"""

import hashlib
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.accounts import Account, check_password
from services.desk.pages.known_devices import remember_device
from services.desk.pages.page_context import PageContext
from services.desk.pages.stranger_forms import (
    TheContext,
    check_passwords_are_on,
    page_for_stranger,
    strangers_form,
)
from services.desk.pages.visitor import go
from services.desk.workflow import signing_in
from shared.errors import RuleError
from shared.web.passwords import hash_password

router = APIRouter()


@router.get("/welcome/{token}")
async def show_welcome(request: Request, context: TheContext, token: str) -> Response:
    """The form to set a password, for whoever has a link that still works."""
    check_passwords_are_on(context)
    account = await _linked(context, token)
    return _welcome(request, context, account)


@router.post("/welcome/{token}")
async def set_password(request: Request, context: TheContext, token: str) -> Response:
    """Set the password; then the person signs in with it."""
    check_passwords_are_on(context)
    typed = await strangers_form(request, context)
    account = await _linked(context, token)
    password = typed.one("password")
    try:
        check_password(password, typed.one("again"), account.user or "")
    except RuleError as no:
        return _welcome(request, context, account, {no.field or "": no.message}, 422)
    known = _link_hash(token)
    step = signing_in.set_password(known, await hash_password(password), context.now())
    await context.desk.act(step, signing_in.link_needs(known), f"password-{uuid4().hex}")
    answer = go("/login?set=1")
    remember_device(context, request, answer, account.user or "")  # whatever was tried before
    return answer


async def _linked(context: PageContext, token: str) -> Account:
    known = _link_hash(token)
    unit = await context.desk.runtime.look(signing_in.link_needs(known))
    try:
        return signing_in.linked_account(unit, known, context.now())
    except RuleError as no:
        raise ProblemError(404, no.message, code=no.code) from None


def _link_hash(token: str) -> str:
    return hashlib.sha256(token[:200].encode()).hexdigest()


def _welcome(
    request: Request,
    context: PageContext,
    account: Account,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return page_for_stranger(
        request, context, "welcome.html", status, account=account, errors=errors or {}
    )
