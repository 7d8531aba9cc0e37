"""/settings/second-factor: how does a person set up an app, or give it up?"""

import secrets
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.second_factor import WrongCodeError, is_required
from services.desk.pages.app_secret import app_secret, new_recovery_codes, secret_for
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from services.desk.ports.signing_in import SECOND_FACTORS
from services.desk.workflow import second_factor
from shared.errors import RuleError

router = APIRouter()
PLACE = "/settings/second-factor"


class TriedTooOftenError(RuleError):
    """That was tried too often. Wait some minutes."""


@router.get(PLACE)
async def show_second_factor(visit: Visitor) -> Response:
    """What a person has, and what they may do about it."""
    unit = await visit.context.desk.runtime.look(second_factor.factor_needs(visit.id))
    factor = unit.get(SECOND_FACTORS, visit.id)
    if factor is None:
        return _set_up_page(visit, secrets.token_urlsafe(16))
    return _off_page(visit, len(factor.recovery_hashes))


@router.post(PLACE)
async def set_up(form: Sent) -> Response:
    """A code shows that the app is ready; the recovery codes are shown once."""
    visit, word = form.visit, form.typed.one("word")[:80]
    codes, secret = new_recovery_codes(), secret_for(visit.context, visit.id, word)
    step = second_factor.set_up(visit.id, secret, _code(form), codes, visit.context.now())
    try:
        await visit.context.desk.act(step, second_factor.factor_needs(visit.id), _id())
    except WrongCodeError as no:
        return _set_up_page(visit, word, no)
    return visit.page("second_factor_codes.html", codes=codes, next="/settings")


@router.post(f"{PLACE}/off")
async def give_up(form: Sent) -> Response:
    """No second factor any more, for whoever shows that they have it and does not need it."""
    visit, context = form.visit, form.visit.context
    if is_required(visit.person, context.second_factor_roles):
        raise RuleError(_("Your role needs a second factor."), code="second-factor-required")
    tried = context.codes.count(visit.id, "settings", None)
    if tried.is_refused:
        raise TriedTooOftenError(code="too-often")
    step = second_factor.give_up(visit.id, _code(form), context.now())
    try:
        await context.desk.act(step, second_factor.factor_needs(visit.id), _id())
    except WrongCodeError as no:
        return _off_page(visit, None, no)
    context.codes.succeeded(tried)
    outcome = await keep_outcome(
        form, _("Nobody is asked for a second factor under your name now.")
    )
    return go(with_outcome("/settings", outcome))


def _set_up_page(visit: Visit, word: str, no: WrongCodeError | None = None) -> Response:
    return visit.page(
        "second_factor_set_up.html",
        422 if no else 200,
        errors={"code": no.message} if no else {},
        app=app_secret(visit.context, visit.id, visit.name, word),
        word=word,
        action=PLACE,
        required=False,
    )


def _off_page(visit: Visit, left: int | None, no: WrongCodeError | None = None) -> Response:
    return visit.page(
        "second_factor_off.html",
        422 if no else 200,
        errors={"code": no.message} if no else {},
        left=left,
        required=is_required(visit.person, visit.context.second_factor_roles),
    )


def _code(form: SentForm) -> str:
    return form.typed.one("code")


def _id() -> str:
    return f"second-factor-{uuid4().hex}"
