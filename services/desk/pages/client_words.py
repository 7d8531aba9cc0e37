"""/clients/{id}/testimonial: may words of this client be published, and no more?

Whoever would like to publish some says about which matter that is over; the words themselves are
proposed in a task. A client who wants theirs taken down by telephone is heard here.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.cards import Card
from services.desk.domain.outcomes import Awaited
from services.desk.pages.client_card import card_of
from services.desk.pages.clients import known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from services.desk.workflow.saying_of_clients import needs_of_saying, say_of
from shared.contracts.testimonial_task_kinds import TESTIMONIAL_PROPOSAL
from shared.contracts.testimonials import PublicationWithdrawn, TestimonialSought

router = APIRouter()
SEEK, WITHDRAW = "seek", "withdraw"
DONE = Words(
    {
        SEEK: N_(
            "There is a task to propose the words. The client is asked before anything is "
            "published."
        ),
        WITHDRAW: N_("Nothing of this client's stands in the list of published words any more."),
    }
)
Said = TestimonialSought | PublicationWithdrawn


@router.get("/clients/{client_id}/testimonial")
async def show_form(visit: Visitor, client_id: str) -> Response:
    """The two forms, empty."""
    return await _page(visit, await known_client(visit, client_id), {}, {})


@router.post("/clients/{client_id}/testimonial")
async def take_form(form: Sent, client_id: str) -> Response:
    """Say what was chosen; a form sent twice is one thing."""
    card, values = await known_client(form.visit, client_id), form.typed.plain()
    over = await _over(form.visit, client_id)
    wanted = WITHDRAW if values.get("do") == WITHDRAW else SEEK
    matter_id = values.get("matter", "")
    if wanted == SEEK and matter_id not in over:
        wrong = {"matter": _("Choose a matter that is closed: nobody is asked before.")}
        return await _page(form.visit, card, values, wrong, 422)
    desk = form.visit.context.desk
    said: Said = (
        TestimonialSought(
            client_id=client_id, matter_id=matter_id, by=form.visit.id, at=desk.runtime.clock.now()
        )
        if wanted == SEEK
        else PublicationWithdrawn(client_id=client_id, by="client", at=desk.runtime.clock.now())
    )
    await desk.act(say_of(client_id, said, form.visit.person), needs_of_saying(client_id), form.id)
    sought = {"client_id": client_id, "matter_id": matter_id}
    awaited = Awaited(kind=TESTIMONIAL_PROPOSAL.kind, about=sought) if wanted == SEEK else None
    outcome = await keep_outcome(form, DONE[wanted], awaited=awaited)
    return go(with_outcome(f"/clients/{client_id}", outcome))


async def _over(visit: Visit, client_id: str) -> list[str]:
    """The client's matters that are closed."""
    who = await card_of(visit, client_id, {})
    return [each.matter_id for each, _ in who.matters if each.state == "closed"] if who else []


async def _page(
    visit: Visit,
    card: Card,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    over = await _over(visit, card.client_id)
    chosen = typed.get("matter", over[0] if len(over) == 1 else "")
    return visit.page(
        "client_words.html",
        status,
        card=card,
        errors=errors,
        matter=chosen,
        matters=[("", _("Choose one")), *((each, each) for each in over)] if over else [],
    )
