"""/login, /logout, /welcome/{token}: how does a person come in, leave, and set their password?

Whoever fails hears one sentence, whether the name, the password or both were wrong, after the same
amount of work. A sign-in always begins a new session.
"""

import hashlib
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.accounts import Account, check_password, plain_user
from services.desk.domain.sessions import Session, session_hash
from services.desk.pages import cookies
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.visitor import (
    ForeignFormError,
    NotSignedInError,
    Sent,
    check_origin,
    go,
    own_place,
    visit_of,
)
from services.desk.ports import ACCOUNTS, STAFF
from services.desk.workflow import signing_in
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.web import csrf
from shared.web.forms import Typed, address_of, read_form
from shared.web.passwords import hash_password, is_outdated, is_password

router = APIRouter()
WRONG = "This name and password do not go together. Check both and try again."
TOO_OFTEN = "That was tried too often. Wait a quarter of an hour, or ask for a new link."
TheContext = Annotated[PageContext, Depends(context_of)]


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
    typed = await _checked(request, context)
    user, address = plain_user(typed.one("user")), address_of(request)
    next = typed.one("next")
    if not context.pace.would_allow(user=user, address=address):
        return _form(request, context, next, user, {"": TOO_OFTEN}, 429)
    account = await _account(context, user)
    password = typed.one("password")
    if not await is_password(password[:1000], account.password if account else None) or not account:
        context.pace.allows(user=user, address=address)
        return _form(request, context, next, typed.one("user"), {"user": WRONG}, 422)
    context.pace.forget(user=user)
    if account.password is not None and is_outdated(account.password):
        step = signing_in.keep_hash(account.staff_id, await hash_password(password))
        needs: list[Need] = [ACCOUNTS.one(account.staff_id)]
        await context.desk.act(step, lambda _: needs, f"hash-{uuid4().hex}")
    return await let_in(request, context, account.staff_id, next)


@router.post("/logout")
async def sign_out(form: Sent) -> Response:
    """End this session, here and on the server."""
    context, known = form.visit.context, form.visit.session_hash
    await context.desk.act(signing_in.end(known), signing_in.end_needs(known), form.id)
    answer = go("/login?out=1")
    cookies.drop(context, answer, cookies.SESSION)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@router.get("/welcome/{token}")
async def show_welcome(request: Request, context: TheContext, token: str) -> Response:
    """The form to set a password, for whoever has a link that still works."""
    account = await _linked(context, token)
    return _welcome(request, context, account)


@router.post("/welcome/{token}")
async def set_password(request: Request, context: TheContext, token: str) -> Response:
    """Set the password; then the person signs in with it."""
    typed = await _checked(request, context)
    account = await _linked(context, token)
    password = typed.one("password")
    try:
        check_password(password, typed.one("again"), account.user or "")
    except RuleError as no:
        return _welcome(request, context, account, {no.field or "": no.message}, 422)
    known = _link_hash(token)
    step = signing_in.set_password(known, await hash_password(password), context.now())
    await context.desk.act(step, signing_in.link_needs(known), f"password-{uuid4().hex}")
    return go("/login?set=1")


async def let_in(request: Request, context: PageContext, staff_id: str, next: str) -> Response:
    """A new session for this person; the one this browser had before ends."""
    id, now = cookies.new_id(), context.now()
    before = cookies.read(context, request, cookies.SESSION)
    instead_of = session_hash(before) if before else None
    session = Session(session_hash=session_hash(id), staff_id=staff_id, began_at=now, seen_at=now)
    await context.desk.act(
        signing_in.begin(session, instead_of),
        signing_in.begin_needs(instead_of),
        f"sign-in-{uuid4().hex}",
    )
    answer = go(own_place(next))
    cookies.write(context, answer, cookies.SESSION, id)
    cookies.drop(context, answer, cookies.VISIT)
    return answer


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


async def _linked(context: PageContext, token: str) -> Account:
    known = _link_hash(token)
    unit = await context.desk.runtime.look(signing_in.link_needs(known))
    try:
        return signing_in.linked_account(unit, known, context.now())
    except RuleError as no:
        raise ProblemError(404, no.message, code=no.code) from None


def _link_hash(token: str) -> str:
    return hashlib.sha256(token[:200].encode()).hexdigest()


async def _checked(request: Request, context: PageContext) -> Typed:
    """A form from our own page, shown to this very browser."""
    check_origin(request, context)
    typed = await read_form(request)
    visit = cookies.read(context, request, cookies.VISIT)
    if visit is None or not csrf.is_form_token(context.form_key, visit, typed.one(csrf.FIELD)):
        raise ForeignFormError
    return typed


def _form(
    request: Request,
    context: PageContext,
    next: str,
    user: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return _with_visit(
        request,
        context,
        "login.html",
        status,
        next=own_place(next),
        user=user,
        errors=errors or {},
        said=[name for name in ("out", "set") if name in request.query_params],
        sso_name=context.sso_name if context.sso else "",
    )


def _welcome(
    request: Request,
    context: PageContext,
    account: Account,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return _with_visit(
        request, context, "welcome.html", status, account=account, errors=errors or {}
    )


def _with_visit(
    request: Request, context: PageContext, name: str, status: int, **values: object
) -> Response:
    """A page with a form for somebody unknown: bound to a random id their browser keeps."""
    visit = cookies.read(context, request, cookies.VISIT) or cookies.new_id()
    page = context.page(name, status, token=csrf.form_token(context.form_key, visit), **values)
    cookies.write(context, page, cookies.VISIT, visit, cookies.VISIT_SECONDS)
    return page
