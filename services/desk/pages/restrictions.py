"""/clients/{id}/restrictions, /inquiries/{id}/… and /restrictions: what stands in the way, and why?

Whoever works with clients sees what stands; lawyers and partners read why, place and lift; partners
what the whole firm must not do. Intake
decides; what it refuses stands at its field, with all that was typed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.accesses import KEPT_AWAY, READERS, Access, may_read_log
from services.desk.domain.clients import check_sees_client, check_sees_clients, check_sees_inquiry
from services.desk.pages.flash import ShownOutcome, keep_outcome, shown_outcome, with_outcome
from services.desk.pages.held_words import decided_about
from services.desk.pages.language import N_, _, retold
from services.desk.pages.restriction_words import KINDS, SENTENCES, named
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.fields import parse_instant
from shared.contracts.restrictions_asked import (
    PLACED_BY_HAND,
    RestrictionsAsked,
    RestrictionTold,
)
from shared.errors import RuleError, TemporaryError

router = APIRouter()
CLASSES = (
    ("service", N_("About their matter")),
    ("feedback", N_("Surveys")),
    ("review-ask", N_("Asks for a review")),
    ("marketing", N_("News of the firm")),
)
MOST_REFUSALS = 20
FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Row:
    """One restriction, in words."""

    told: RestrictionTold
    title: str
    sentence: str
    about: str
    since: str
    by: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class About:
    """Whose restrictions these are, and where their pages stand."""

    ids: Mapping[str, str]
    place: str
    scopes: Sequence[str]

    @property
    def subject(self) -> str:
        """As restrictions name it."""
        return next((f"{name.removesuffix('_id')}:{id}" for name, id in self.ids.items()), FIRM)

    @property
    def back(self) -> str:
        """Where one goes on."""
        return self.place or "/restrictions"


@router.get("/clients/{client_id}/restrictions")
async def of_client(visit: Visitor, client_id: str) -> Response:
    """What stands about a client, their matters, and the whole firm."""
    return await _page(visit, _client(visit, client_id), {}, {})


@router.post("/clients/{client_id}/restrictions")
async def place_on_client(form: Sent, client_id: str) -> Response:
    """Place one on the client or a matter of theirs."""
    return await _place(form, _client(form.visit, client_id))


@router.post("/clients/{client_id}/restrictions/lift")
async def lift_from_client(form: Sent, client_id: str) -> Response:
    """Lift one."""
    return await _lift(form, _client(form.visit, client_id))


@router.get("/inquiries/{inquiry_id}/restrictions")
async def of_inquiry(visit: Visitor, inquiry_id: str) -> Response:
    """What stands about somebody who asked for help."""
    return await _page(visit, _inquiry(visit, inquiry_id), {}, {})


@router.post("/inquiries/{inquiry_id}/restrictions")
async def place_on_inquiry(form: Sent, inquiry_id: str) -> Response:
    """Build a wall around an inquiry."""
    return await _place(form, _inquiry(form.visit, inquiry_id))


@router.post("/inquiries/{inquiry_id}/restrictions/lift")
async def lift_from_inquiry(form: Sent, inquiry_id: str) -> Response:
    """Lift one."""
    return await _lift(form, _inquiry(form.visit, inquiry_id))


@router.get("/restrictions")
async def of_firm(request: Request, visit: Visitor) -> Response:
    """What stands in the way of the whole firm."""
    outcome = await shown_outcome(visit, request.query_params.get("did", ""))
    return await _page(visit, _firm(visit), {}, {}, outcome=outcome)


@router.post("/restrictions")
async def place_on_firm(form: Sent) -> Response:
    """Stop messages of the whole firm."""
    return await _place(form, _firm(form.visit))


@router.post("/restrictions/lift")
async def lift_from_firm(form: Sent) -> Response:
    """Lift one."""
    return await _lift(form, _firm(form.visit))


def _firm(visit: Visit) -> About:
    check_sees_clients(visit.person)
    return About({}, "", (FIRM,))


def _client(visit: Visit, client_id: str) -> About:
    check_sees_client(visit.person, client_id)
    return About({"client_id": client_id}, f"/clients/{client_id}", ("client", "matter"))


def _inquiry(visit: Visit, inquiry_id: str) -> About:
    check_sees_inquiry(visit.person, inquiry_id)
    return About({"inquiry_id": inquiry_id}, f"/inquiries/{inquiry_id}", ("inquiry",))


async def _place(form: SentForm, about: About) -> Response:
    typed = form.typed
    scope = typed.one("scope") or about.scopes[0]
    matter = typed.one("matter_id").strip() if scope == "matter" else ""
    asked = RestrictionsAsked(
        ask="place",
        request_id=form.id,
        kind=typed.one("kind"),
        scope=scope,
        matter_id=matter or None,
        staff_ids=typed.all("staff_ids"),
        classes=typed.all("classes"),
        why=typed.one("why"),
        **about.ids,
    )
    return await _settle(form, about, asked, _("It holds from now on."))


async def _lift(form: SentForm, about: About) -> Response:
    asked = RestrictionsAsked(
        ask="lift",
        request_id=form.id,
        restriction_id=form.typed.one("restriction_id"),
        why=form.typed.one("why"),
        **about.ids,
    )
    return await _settle(form, about, asked, _("It is lifted."))


async def _settle(form: SentForm, about: About, asked: RestrictionsAsked, what: str) -> Response:
    visit = form.visit
    answer = await visit.context.desk.restrictions.settle(asked, visit.person)
    if not isinstance(answer, Refused):
        outcome = await keep_outcome(form, what, place=f"{about.place}/restrictions")
        return go(with_outcome(about.back, outcome))
    if answer.code in ("wrong-role", "screened") and answer.field is None:
        raise RuleError(answer.message, code=answer.code)
    field = answer.field or ""
    if asked.ask == "lift" and field == "why":
        field = f"why-{asked.restriction_id}"
    status = 422 if answer.field else 409
    return await _page(visit, about, form.typed.plain(), {field: answer.message}, status)


async def _page(
    visit: Visit, about: About, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200, outcome: ShownOutcome | None = None,
) -> Response:  # fmt: skip
    desk = visit.context.desk
    rows, staff, refusals = await asyncio.gather(
        _rows_told(visit, about), desk.staff.everybody(), _refusals(visit, about)
    )
    everybody = [each.staff_id for each in staff]
    names = await names_of(visit.context, everybody)
    kinds = [k for k, scopes in PLACED_BY_HAND.items() if set(scopes) & set(about.scopes)]
    return visit.page(
        "restrictions.html",
        status,
        place=about.place,
        back=about.place or "/incidents",
        away=rows is None,
        rows=[_row(visit, each, names) for each in rows or ()],
        may_place=any(visit.person.has(role) for role in _may_place(about)),
        kinds=[
            (kind, KINDS[kind], SENTENCES[kind].format(staff=_("whom you name"))) for kind in kinds
        ],
        scopes=about.scopes,
        people=sorted(
            ((e.staff_id, names[e.staff_id]) for e in staff if e.active and e.staff_id != visit.id),
            key=lambda each: each[1],
        ),
        classes=[(name, retold(words)) for name, words in CLASSES],
        decided=await decided_about(visit, about.ids),
        refusals=[
            (names.get(r.staff_id, r.staff_id), exactly(r.at, desk.zone), r.outcome)
            for r in refusals
        ],
        typed=typed,
        errors=errors,
        outcome=outcome,
    )


def _may_place(about: About) -> Sequence[str]:
    return ("partner",) if about.scopes == (FIRM,) else READERS


async def _rows_told(visit: Visit, about: About) -> Sequence[RestrictionTold] | None:
    """What intake says stands; None while it is away."""
    ids: dict[str, Any] = dict(about.ids)
    try:
        told = await visit.context.desk.restrictions.listed(
            RestrictionsAsked(ask="list", **ids), visit.person
        )
    except TemporaryError:
        return None
    if isinstance(told, Refused):
        raise RuleError(told.message, code=told.code)
    return told.rows


async def _refusals(visit: Visit, about: About) -> Sequence[Access]:
    """Who was refused because of a wall, the last first: for whoever may build one."""
    if not may_read_log(visit.person):
        return ()
    return await visit.context.desk.accesses.about(about.subject, KEPT_AWAY, MOST_REFUSALS)


def _row(visit: Visit, told: RestrictionTold, names: Mapping[str, str]) -> Row:
    zone, staff = visit.context.desk.zone, named(told.staff_ids, names)
    firm = told.scope == "firm"
    return Row(
        told=told,
        title=KINDS[told.kind],
        sentence=SENTENCES[told.kind].format(staff=staff),
        about=_("The whole firm")
        if firm
        else _("Matter {matter_id}").format(matter_id=told.matter_id)
        if told.matter_id
        else "",
        since=exactly(parse_instant(told.at), zone) if told.at else "",
        by=names.get(told.by or "", told.by or ""),
        reviewed=exactly(parse_instant(told.reviewed_at), zone) if told.reviewed_at else "",
    )
