"""/login, /logout: how does a person come in with a password, and leave?

Whoever fails hears one sentence, whether the name, the password or both were wrong, after the same
amount of work. A try is counted before that work. A sign-in always begins a new session.
"""

from datetime import timedelta
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.accounts import Account, plain_user
from services.desk.pages import cookies
from services.desk.pages.known_devices import known_device
from services.desk.pages.language import N_, _
from services.desk.pages.page_context import PageContext
from services.desk.pages.second_factor_sign_in import HalfIn, after_password
from services.desk.pages.sign_in_limits import CountedTry
from services.desk.pages.stranger_forms import (
    TheContext,
    check_passwords_are_on,
    page_for_stranger,
    strangers_form,
)
from services.desk.pages.visitor import NotSignedInError, Sent, go, own_place, visit_of
from services.desk.pages.words import length
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import STAFF
from services.desk.workflow import signing_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.web.addresses import address_of
from shared.web.passwords import hash_password, is_outdated, is_password

router = APIRouter()
WRONG = N_("This name and password do not go together. Check both and try again.")
LONGEST_LOOKED_AT = 1000  # characters of a password
TOO_OFTEN = N_("That was tried too often. Wait {wait}, or ask for a new link.")


@router.get("/login")
async def show_sign_in(request: Request, context: TheContext, next: str = "/inbox") -> Response:
    """The form to sign in; whoever is signed in already goes on."""
    try:
        await visit_of(request)
    except NotSignedInError:
        return _form(request, context, next)
    return go(own_place(next))


@router.post("/login")
async def sign_in(request: Request, context: TheContext) -> Response:
    """Let a person in, or say once that it did not work."""
    check_passwords_are_on(context)
    typed = await strangers_form(request, context)
    user, next = plain_user(typed.one("user")), typed.one("next")
    tried = context.sign_ins.count(user, address_of(request), known_device(context, request, user))
    if tried.is_refused:
        said = _(TOO_OFTEN).format(wait=length(timedelta(seconds=tried.wait_seconds)))
        return tried.told(_form(request, context, next, typed.one("user"), {"": said}, 429))
    account = await _judged(context, tried, user, typed.one("password"))
    if account is None:
        return _form(request, context, next, typed.one("user"), {"user": _(WRONG)}, 422)
    return await after_password(request, context, HalfIn(account.staff_id, user, own_place(next)))


@router.post("/logout")
async def sign_out(form: Sent) -> Response:
    """End this session, here and on the server."""
    context, known = form.visit.context, form.visit.session_hash
    await context.desk.act(signing_in.end(known), signing_in.end_needs(known), form.id)
    answer = go("/login?out=1")
    cookies.drop(context, answer, cookies.SESSION)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


async def _judged(
    context: PageContext, tried: CountedTry, user: str, password: str
) -> Account | None:
    """The account whose password this is; a try that could not be judged counts for nothing."""
    right = None
    try:
        account = await _account(context, user)
        kept = account.password if account else None
        right = await is_password(password[:LONGEST_LOOKED_AT], kept)
    finally:
        if right is None:
            context.sign_ins.take_back(tried)
    if account is None or not right:
        return None
    context.sign_ins.succeeded(tried)
    if kept is not None and is_outdated(kept):
        step = signing_in.keep_hash(account.staff_id, await hash_password(password))
        needs: list[Need] = [ACCOUNTS.one(account.staff_id)]
        await context.desk.act(step, lambda _: needs, f"hash-{uuid4().hex}")
    return account


async def _account(context: PageContext, user: str) -> Account | None:
    """The account of somebody who may come in."""

    def needs(unit: ReadSoFar) -> list[Need]:
        found = unit.peek_all(ACCOUNTS, "user", user)
        return [ACCOUNTS.by("user", user), *(STAFF.one(each.staff_id) for each in found)]

    unit = await context.desk.runtime.look(needs)
    for account in unit.find(ACCOUNTS, "user", user):
        person = unit.get(STAFF, account.staff_id)
        if person is not None and person.active:
            return account
    return None


def _form(
    request: Request,
    context: PageContext,
    next: str,
    user: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return page_for_stranger(
        request,
        context,
        "login.html",
        status,
        next=own_place(next),
        user=user,
        errors=errors or {},
        passwords=context.passwords,
        said=[name for name in ("out", "set") if name in request.query_params],
        sso_name=context.sso_name if context.sso else "",
    )
