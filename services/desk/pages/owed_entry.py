"""/clients/{id}/owed: what did somebody promise, ask or set, that the firm now owes?

A promise, a call to return, an offer or a deadline, entered where no other system says it. What is
refused stands at its field, with all that was typed.
"""

from collections.abc import Mapping
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.cards import Card
from services.desk.domain.owed_entry import EntryError, Typed, entered
from services.desk.pages.client_card import card_of
from services.desk.pages.clients import known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.rule_words import CALLED_FOR, ENTRIES, PROMISED
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from services.desk.workflow.saying_of_clients import needs_of_saying, say_of
from shared.errors import RuleError

router = APIRouter()
DONE = Words(
    {
        "promise": N_("The promise is entered: whoever has the matter is asked before it is due."),
        "call": N_("The call is entered: it is to be returned within a business day."),
        "offer": N_("The offer is entered: the client hears of it within a day."),
        "deadline": N_(
            "The deadline is entered: somebody else verifies it, and two acknowledge it."
        ),
    }
)


@router.get("/clients/{client_id}/owed")
async def show_form(request: Request, visit: Visitor, client_id: str) -> Response:
    """One of the four forms, empty."""
    card = await known_client(visit, client_id)
    return await _page(visit, card, _what(request.query_params.get("what", "")), {}, {})


@router.post("/clients/{client_id}/owed")
async def take_form(form: Sent, client_id: str) -> Response:
    """Announce what was entered; a form sent twice is one thing."""
    card = await known_client(form.visit, client_id)
    values = form.typed.plain()
    what = _what(values.get("what", ""))
    try:
        said = entered(what, _typed(form, client_id, values))
        await form.visit.context.desk.act(
            say_of(client_id, said, form.visit.person), needs_of_saying(client_id), form.id
        )
    except EntryError as no:
        return await _page(form.visit, card, what, values, no.problems, 422)
    except RuleError as no:
        if no.code == "screened":
            raise
        return await _page(form.visit, card, what, values, {no.field or "": no.message}, 422)
    place = "/deadlines" if what == "deadline" else "/promised"
    outcome = await keep_outcome(form, DONE[what], place=place)
    return go(with_outcome(f"/clients/{client_id}", outcome))


def _what(said: str) -> str:
    return said if said in ENTRIES else next(iter(ENTRIES))


def _typed(form: SentForm, client_id: str, values: Mapping[str, str]) -> Typed:
    desk = form.visit.context.desk
    return Typed(
        values=values,
        client_id=client_id,
        entry_id=f"desk-{sha256(form.id.encode()).hexdigest()[:20]}",
        by=form.visit.id,
        now=desk.runtime.clock.now(),
        zone=desk.zone,
        closes=desk.calendar.closes,
        problems={},
    )


async def _page(
    visit: Visit,
    card: Card,
    what: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    desk = visit.context.desk
    who = await card_of(visit, card.client_id, {})
    known = [each.matter_id for each, _ in who.matters if each.state == "open"] if who else []
    only, said = known[0] if len(known) == 1 else "", typed.get("matter", "")
    blank = [("", _("Of no matter") if what == "promise" else _("Choose one"))]
    listed = known and (not said or said in known)  # what is not known can be typed
    local = desk.runtime.clock.now().astimezone(desk.zone)
    return visit.page(
        "owed_entry.html",
        status,
        card=card,
        what=what,
        entries=list(ENTRIES.items()),
        promised=list(PROMISED.items()),
        purposes=list(CALLED_FOR.items()),
        matters=[*blank, *((each, each) for each in known)] if listed else [],
        typed={"matter": only, **typed},
        errors=errors,
        today=f"{local:%Y-%m-%d}",
        clock=f"{local:%H:%M}",
        closes=f"{desk.calendar.closes:%H:%M}",
    )
