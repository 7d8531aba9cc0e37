"""/login/code, /login/set-up: what is asked of a person whose password was right?

A code of their app, or to set one up where their role needs it. Until then the browser only has a
signed note that the password was right, good for ten minutes; it opens no page.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from services.desk.domain.second_factor import SecondFactor, WrongCodeError, is_required
from services.desk.pages import cookies
from services.desk.pages.app_secret import app_secret, new_recovery_codes, secret_for
from services.desk.pages.known_devices import known_device, remember_device
from services.desk.pages.language import N_, _
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.session_start import begin_session
from services.desk.pages.sign_in_limits import CountedTry
from services.desk.pages.stranger_forms import TheContext, page_for_stranger, strangers_form
from services.desk.pages.visitor import PasswordFirstError, go
from services.desk.pages.words import length
from services.desk.ports.signing_in import SECOND_FACTORS
from services.desk.ports.staff import STAFF
from services.desk.workflow import second_factor
from shared.web.addresses import address_of

router = APIRouter()
COOKIE, SECONDS = "clientele-half-in", 600
TOO_OFTEN = N_("That was tried too often. Wait {wait}.")


@dataclass(frozen=True, slots=True)
class HalfIn:
    """Whose password was right, and where they want to be."""

    staff_id: str
    user: str
    next: str


def _notes(context: PageContext) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.form_key, salt="the password was right")


def half_in_of(request: Request) -> HalfIn:
    """Whose password was right; whoever has no such note signs in first."""
    context = context_of(request)
    note = cookies.read(context, request, COOKIE)
    try:
        return HalfIn(**_notes(context).loads(note or "", max_age=SECONDS))
    except BadSignature:
        raise PasswordFirstError from None


Half = Annotated[HalfIn, Depends(half_in_of)]


async def after_password(request: Request, context: PageContext, half: HalfIn) -> Response:
    """Ask for a code, have an app set up, or let the person in, as it is with them."""
    unit = await context.desk.runtime.look(second_factor.reset_needs(half.staff_id))
    person, factor = unit.get(STAFF, half.staff_id), unit.get(SECOND_FACTORS, half.staff_id)
    if factor is None and not (person and is_required(person, context.second_factor_roles)):
        return await _let_in(request, context, half, go(half.next))
    answer = go("/login/code" if factor is not None else "/login/set-up")
    cookies.write(context, answer, COOKIE, _notes(context).dumps(asdict(half)), SECONDS)
    return answer


@router.get("/login/code")
async def show_code(request: Request, context: TheContext, _: Half) -> Response:
    """The form for a code."""
    return page_for_stranger(request, context, "second_factor.html", 200, errors={})


@router.post("/login/code")
async def send_code(request: Request, context: TheContext) -> Response:
    """Let the person in if the code counts."""
    typed, half = await strangers_form(request, context), half_in_of(request)
    tried = _count(request, context, half)
    if tried.is_refused:
        return _refused(request, context, tried, "second_factor.html")
    step = second_factor.use_code(half.staff_id, typed.one("code"), context.now())
    try:
        needs = second_factor.factor_needs(half.staff_id)
        await context.desk.act(step, needs, f"code-{uuid4().hex}")
    except WrongCodeError as no:
        errors = {"code": no.message}
        return page_for_stranger(request, context, "second_factor.html", 422, errors=errors)
    context.codes.succeeded(tried)
    return await _let_in(request, context, half, go(half.next))


@router.get("/login/set-up")
async def show_set_up(request: Request, context: TheContext, half: Half) -> Response:
    """What to scan, for whoever needs a second factor and has none."""
    if await _factor(context, half) is not None:
        return go("/login/code")
    return _set_up_page(request, context, half, secrets.token_urlsafe(16))


@router.post("/login/set-up")
async def set_up(request: Request, context: TheContext) -> Response:
    """A code shows that the app is ready; the recovery codes are shown once."""
    typed, half = await strangers_form(request, context), half_in_of(request)
    tried, word = _count(request, context, half), typed.one("word")[:80]
    if tried.is_refused:
        return _refused(request, context, tried, "second_factor.html")
    codes = new_recovery_codes()
    secret = secret_for(context, half.staff_id, word)
    step = second_factor.set_up(half.staff_id, secret, typed.one("code"), codes, context.now())
    try:
        needs = second_factor.factor_needs(half.staff_id)
        await context.desk.act(step, needs, f"set-up-{uuid4().hex}")
    except WrongCodeError as no:
        return _set_up_page(request, context, half, word, no)
    context.codes.succeeded(tried)
    page = context.page("second_factor_codes.html", codes=codes, next=half.next)
    return await _let_in(request, context, half, page)


async def _let_in(
    request: Request, context: PageContext, half: HalfIn, answer: Response
) -> Response:
    await begin_session(request, context, half.staff_id, answer)
    remember_device(context, request, answer, half.user)
    cookies.drop(context, answer, COOKIE)
    return answer


async def _factor(context: PageContext, half: HalfIn) -> SecondFactor | None:
    unit = await context.desk.runtime.look(second_factor.factor_needs(half.staff_id))
    return unit.get(SECOND_FACTORS, half.staff_id)


def _count(request: Request, context: PageContext, half: HalfIn) -> CountedTry:
    device = known_device(context, request, half.user)
    return context.codes.count(half.user, address_of(request), device)


def _refused(request: Request, context: PageContext, tried: CountedTry, name: str) -> Response:
    said = _(TOO_OFTEN).format(wait=length(timedelta(seconds=tried.wait_seconds)))
    return tried.told(page_for_stranger(request, context, name, 429, errors={"": said}))


def _set_up_page(
    request: Request,
    context: PageContext,
    half: HalfIn,
    word: str,
    no: WrongCodeError | None = None,
) -> Response:
    return page_for_stranger(
        request,
        context,
        "second_factor_set_up.html",
        422 if no else 200,
        errors={"code": no.message} if no else {},
        app=app_secret(context, half.staff_id, half.user, word),
        word=word,
        action="/login/set-up",
        once="",
        required=True,
    )
