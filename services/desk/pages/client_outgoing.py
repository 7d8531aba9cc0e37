"""POST /clients/{id}/outgoing: should what goes out next go, and when?

Held, released, skipped, sent or moved by reminders, whose rules may refuse: why stands on the page,
with all that was typed.
"""

from collections.abc import Mapping
from typing import cast

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.walls import check_unscreened
from services.desk.pages.client_forms import typed_moment
from services.desk.pages.clients import Typed, client_page, known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import _, ngettext
from services.desk.pages.outgoing_words import DONE
from services.desk.pages.visitor import Sent, SentForm, go
from services.desk.ports.answers import Refused
from shared.contracts.fields import wire_instant
from shared.contracts.outgoing import Do, OutgoingAsked, OutgoingDecided, Scope
from shared.errors import RuleError

router = APIRouter()
SCOPES: Mapping[str, Scope] = {"message": "message", "matter": "matter", "client": "client"}


@router.post("/clients/{client_id}/outgoing")
async def decide_what_goes_out(form: Sent, client_id: str) -> Response:
    """Hold, release, skip, send now or move."""
    visit = form.visit
    await known_client(visit, client_id)
    try:
        asked = _asked(form, client_id)
    except RuleError as no:
        return await _refused(form, client_id, no.message, no.field)
    check_unscreened({"matter_id": asked.matter_id}, visit.person.screened)
    answer = await visit.context.desk.outgoing.decide(asked, visit.person)
    if isinstance(answer, Refused):
        return await _refused(form, client_id, answer.message, answer.field)
    place = f"/clients/{client_id}"
    return go(with_outcome(place, await keep_outcome(form, _said(asked, answer))) + "#outgoing")


def _asked(form: SentForm, client_id: str) -> OutgoingAsked:
    do, (scope, _colon, id) = form.typed.one("do"), form.typed.one("of").partition(":")
    if do not in DONE or scope not in SCOPES:
        raise RuleError(_("Choose what to do."), code="missing", field="do")
    move_to = wire_instant(typed_moment(form, "move_to")) if do == "move" else None
    return OutgoingAsked(
        ask="decide",
        client_id=client_id,
        request_id=form.id,
        do=cast("Do", do),
        scope=SCOPES[scope],
        occurrence_id=id if scope == "message" else None,
        matter_id=id if scope == "matter" else None,
        move_to=move_to,
        why=form.typed.one("why").replace("\r\n", "\n").strip(),
    )


def _said(asked: OutgoingAsked, answer: OutgoingDecided) -> str:
    messages = ngettext("{count} message", "{count} messages", answer.count).format(
        count=answer.count
    )
    whole = asked.scope != "message" and asked.do == "hold"
    standing = _(", and what is planned later too") if whole else ""
    left = " ".join(dict.fromkeys(each.message for each in answer.left))
    said = f"{DONE[asked.do or 'hold']}: {messages}{standing}."
    return (
        _("{said} Left as they are: {left}. {left2}").format(
            said=said, left=len(answer.left), left2=left
        )
        if left
        else said
    )


async def _refused(form: SentForm, client_id: str, message: str, field: str | None) -> Response:
    typed = Typed(
        "outgoing", form.typed.plain(), {field or "": message}, 422 if field is not None else 409
    )
    return await client_page(form.visit, client_id, typed, {})
