"""/clients/{id}/messages/{id}: in which words did a message go, and how did it look?

Reminders is asked in the name of the person; the desk keeps none of it. What the client's mail
program showed is a page of its own that may do nothing: no script, no form, nothing from elsewhere.
"""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from services.desk.api.problems import ProblemError
from services.desk.pages.clients import known_client
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Visit, Visitor
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.fields import parse_instant
from shared.contracts.outgoing import SentTold
from shared.errors import TemporaryError
from shared.web import headers

router = APIRouter()
AS_IT_LOOKED = headers.PAGE | {
    "Content-Security-Policy": "; ".join(
        (
            "sandbox",
            "default-src 'none'",
            "style-src 'unsafe-inline'",  # mail carries its style within
            "img-src data:",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
}
STATES = Words(
    {
        "sent": (N_("Sent"), "ok"),
        "unknown": (N_("Nobody knows whether it arrived"), "danger"),
        "came-back": (N_("It came back"), "danger"),
    }
)


@router.get("/clients/{client_id}/messages/{contact_id}")
async def show_message(visit: Visitor, client_id: str, contact_id: str) -> Response:
    """The words as they went."""
    card = await known_client(visit, client_id)
    told = await _told(visit, client_id, contact_id)
    zone = visit.context.desk.zone
    return visit.page(
        "sent_message.html",
        card=card,
        told=told,
        state=STATES[told.state or "sent"],
        when=exactly(parse_instant(told.at), zone) if told.at else "",
        place=f"/clients/{client_id}/messages/{contact_id}",
    )


@router.get("/clients/{client_id}/messages/{contact_id}/look")
async def show_look(visit: Visitor, client_id: str, contact_id: str) -> Response:
    """The message as the client's mail program showed it."""
    await known_client(visit, client_id)
    told = await _told(visit, client_id, contact_id)
    if not told.html:
        raise ProblemError(404, _("This message had words only."), code="unknown-message")
    return HTMLResponse(told.html, headers=AS_IT_LOOKED)


async def _told(visit: Visit, client_id: str, contact_id: str) -> SentTold:
    """The message; a page says why it cannot be shown."""
    outgoing = visit.context.desk.outgoing
    try:
        told = await outgoing.sent(client_id, contact_id, visit.person)
    except TemporaryError:
        message = _("The service that sends messages does not answer. Try again in a minute.")
        raise ProblemError(503, message, code="away") from None
    if isinstance(told, Refused):
        raise ProblemError(403, told.message, code=told.code)
    if not told.known:
        message = _("No such message went to this client, or its words are not kept any more.")
        raise ProblemError(404, message, code="unknown-message")
    return told
