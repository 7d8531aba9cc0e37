"""/clients/{id}/handover: who leads this client's matter from now on?

A lawyer or partner says so; the firm's other systems may, too. Whatever was to be done about the
matter goes along. The brief is what a colleague needs who takes it over.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.cards import Card
from services.desk.domain.handing_over import check_hands_over
from services.desk.domain.staff import may_lead
from services.desk.domain.walls import ScreenedError
from services.desk.pages.client_card import ClientCard, card_of
from services.desk.pages.clients import known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.workflow.handing_over import Led, hand_over, hand_over_needs
from shared.errors import RuleError

router = APIRouter()
DONE = N_("Handed over. Open tasks about the matter go to who leads it now, within a moment.")


@router.get("/clients/{client_id}/handover")
async def show_form(visit: Visitor, client_id: str) -> Response:
    """The client's open matters, and who may lead them."""
    card = await known_client(visit, client_id)
    check_hands_over(visit.person)
    return await _page(visit, card, {}, {})


@router.post("/clients/{client_id}/handover")
async def take_form(form: Sent, client_id: str) -> Response:
    """Announce it; a form sent twice is one handover."""
    visit, typed = form.visit, form.typed.plain()
    card = await known_client(visit, client_id)
    check_hands_over(visit.person)
    who = await card_of(visit, client_id, {})
    leads = _open_matters(who)
    matter_id, to = typed.get("matter", ""), typed.get("to", "")
    try:
        led = Led(client_id=client_id, matter_id=_one_of(leads, matter_id))
        step = hand_over(led, leads[matter_id], to, visit.person)
        await visit.context.desk.act(step, hand_over_needs(to), form.id)
    except ScreenedError:
        raise
    except RuleError as no:
        return await _page(visit, card, typed, {no.field or "": no.message}, 422)
    return go(with_outcome(f"/clients/{client_id}", await keep_outcome(form, DONE)))


def _open_matters(who: ClientCard | None) -> dict[str, str | None]:
    """Each with who leads it now."""
    matters = who.matters if who is not None else ()
    return {each.matter_id: each.owner_id for each, _ in matters if each.state == "open"}


def _one_of(leads: Mapping[str, str | None], matter_id: str) -> str:
    if matter_id not in leads:
        raise RuleError(_("Choose one of their open matters."), code="missing", field="matter")
    return matter_id


async def _page(
    visit: Visit, card: Card, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    staff = await visit.context.desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    who = await card_of(visit, card.client_id, names)
    leads = _open_matters(who)
    lawyers = [each.staff_id for each in staff if each.active and may_lead(each)]
    return visit.page(
        "handover.html",
        status,
        card=card,
        away=who is not None and who.away,
        matters=[
            (id, _("{id}, led by {lead}").format(id=id, lead=names.get(lead, lead)) if lead else id)
            for id, lead in leads.items()
        ],
        lawyers=sorted(((each, names[each]) for each in lawyers), key=lambda each: each[1]),
        typed=typed,
        errors=errors,
    )
