"""/inquiries/new: somebody rings or comes in and asks for help; what is written down?

Their name and whom they name, so that the conflict check can be made; the form asks for nothing
that may not be heard before it. What is refused stands at its field, with all that was typed.
"""

from collections.abc import Mapping
from hashlib import sha256

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.clients import check_sees_clients
from services.desk.domain.inquiry_entry import LANGUAGES, inquiry_of, problems_in
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _
from services.desk.pages.rule_words import CHANNELS, REFERRALS
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.workflow.inquiring import enter_inquiry, enter_needs
from shared.contracts.task_kind import STAFF
from shared.errors import RuleError

router = APIRouter()
EMPTY = dict.fromkeys(
    ("name", "phone", "email", "opponents", "deadline", "area", "channel", "referral", "language"),
    "",
)
WHAT = N_("The inquiry is entered, and its conflict check begins.")


@router.get("/inquiries/new")
async def show_form(visit: Visitor) -> Response:
    """The empty form."""
    return await _page(visit, {}, {})


@router.post("/inquiries/new")
async def take_form(form: Sent) -> Response:
    """Announce the inquiry; a form sent twice is one inquiry."""
    visit = form.visit
    check_sees_clients(visit.person)
    typed = form.typed.plain()
    problems = problems_in(typed)
    if problems:
        return await _page(visit, typed, problems, 422)
    asked = inquiry_of(
        typed,
        inquiry_id=f"desk-{sha256(form.id.encode()).hexdigest()[:20]}",
        entered_by=visit.id,
        zone=visit.context.desk.zone.key,
    )
    try:
        inquiry_id = await visit.context.desk.act(enter_inquiry(asked), enter_needs(asked), form.id)
    except RuleError as no:
        return await _page(visit, typed, {no.field or "": no.message}, 422)
    return go(with_outcome(f"/inquiries/{inquiry_id}", await keep_outcome(form, WHAT)))


async def _page(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    check_sees_clients(visit.person)
    staff = await visit.context.desk.staff.everybody()
    fitting = [e.staff_id for e in staff if e.active and set(e.roles) & set(STAFF)]
    names = await names_of(visit.context, fitting)
    me = visit.id if visit.id in fitting else ""
    return visit.page(
        "inquiry_entry.html",
        status,
        typed=EMPTY | dict(typed),
        errors=errors,
        channels=list(CHANNELS.items()),
        referrals=[("", _("Not asked")), *REFERRALS.items()],
        languages=list(LANGUAGES.items()),
        people=[("", _("Nobody yet")), *sorted(names.items(), key=lambda each: each[1])],
        owner=typed.get("owner", me) if typed else me,
    )
