"""/login/sso and /auth/callback: how does a person come in through the firm's single sign-on?

The browser carries a signed note of what was asked (state, nonce, PKCE verifier) to the provider's
page and back; an answer to anything else is refused.
"""

import secrets
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.pages import cookies
from services.desk.pages.language import N_, _
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.session_start import begin_session
from services.desk.pages.visitor import go, own_place
from services.desk.ports.signing_in import SingleSignOn
from services.desk.workflow.signing_in import sign_on, signed_on_needs

router = APIRouter()
FAILED = N_("That did not work. Start again from the sign-in page.")
TheContext = Annotated[PageContext, Depends(context_of)]


@router.get("/login/sso")
async def go_to_provider(context: TheContext, next: str = "/inbox") -> Response:
    """On to the provider; nothing changes here."""
    provider = _provider(context)
    asked = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
    }
    answer = go(await provider.address(**asked))
    note = _notes(context).dumps({**asked, "next": own_place(next)})
    cookies.write(context, answer, cookies.SIGN_ON, note, cookies.SIGN_ON_SECONDS)
    return answer


@router.get("/auth/callback")
async def come_back(
    request: Request, context: TheContext, state: str = "", code: str = ""
) -> Response:
    """Back from the provider: let the person in whom it vouches for."""
    provider = _provider(context)
    asked = _asked(context, request)
    if not code or not secrets.compare_digest(asked["state"].encode(), state.encode()):
        raise ProblemError(403, FAILED, code="foreign-answer")
    who = await provider.redeem(code, nonce=asked["nonce"], verifier=asked["verifier"])
    person = await context.desk.act(
        sign_on(who.subject, who.user),
        signed_on_needs(who.subject, who.user),
        f"sign-on-{uuid4().hex}",
    )
    answer = go(own_place(asked["next"]))
    await begin_session(request, context, person.staff_id, answer)
    cookies.drop(context, answer, cookies.SIGN_ON)
    return answer


def _provider(context: PageContext) -> SingleSignOn:
    if context.sso is None:
        raise ProblemError(404, _("There is no single sign-on here."), code="not-found")
    return context.sso


def _notes(context: PageContext) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.form_key, salt="sign-on")


def _asked(context: PageContext, request: Request) -> dict[str, str]:
    note = cookies.read(context, request, cookies.SIGN_ON)
    try:
        asked = _notes(context).loads(note or "", max_age=cookies.SIGN_ON_SECONDS)
    except BadSignature:
        raise ProblemError(403, FAILED, code="foreign-answer") from None
    return {name: str(value) for name, value in asked.items()}
