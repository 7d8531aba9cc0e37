"""/people: who works here, with which roles, and who may come in?

For partners and whoever keeps the machines running. A link to set a password is shown once, to
whoever asked for it, and kept nowhere but as a hash.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.people import (
    check_keeps_staff,
    check_roles,
    plain_email,
    plain_id,
    plain_line,
    plain_phone,
)
from services.desk.domain.staff import ROLES, StaffMember, hash_of
from services.desk.pages.flash import shown_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Sent, Visit, Visitor
from services.desk.ports.signing_in import ACCOUNTS, SECOND_FACTORS
from services.desk.ports.staff import STAFF
from services.desk.workflow.staffing import Joining, join, join_needs
from shared.errors import RuleError
from shared.telemetry.logs import log

router = APIRouter()
ROLE_WORDS = Words(
    {
        "assistant": N_("Assistant"),
        "lawyer": N_("Lawyer"),
        "partner": N_("Partner"),
        "conflicts-officer": N_("Conflicts officer"),
        "ops": N_("Operations: keeps the machines running, sees no client"),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One person, in words."""

    staff_id: str
    name: str
    user: str
    roles: str
    state: str
    tone: str
    second_factor: bool
    reset_asked: bool


@router.get("/people")
async def show_people(request: Request, visit: Visitor) -> Response:
    """Everybody who works here, then whoever did."""
    return await _page(visit, {}, {}, did=request.query_params.get("did", ""))


@router.post("/people")
async def invite_somebody(form: Sent) -> Response:
    """Somebody is let in; the link to set a password is shown once."""
    visit, typed = form.visit, form.typed
    check_keeps_staff(visit.person)
    desk, token = visit.context.desk, secrets.token_urlsafe(32)
    roles = tuple(typed.all("roles"))
    said: dict[str, Any] = {**typed.plain(), "roles": roles}
    try:
        joining = Joining(
            staff_id=plain_id(typed.one("staff_id").strip()),
            roles=roles,
            user=typed.one("user"),
            name=plain_line(typed.one("name"), "name"),
            email=plain_email(typed.one("email").strip()),
            phone=plain_phone(typed.one("phone").strip()),
            title=plain_line(typed.one("title"), "title") or None,
            link_hash=hash_of(token) if visit.context.passwords else None,
        )
        await _check_new(visit, joining)
        step = join(joining, visit.context.now(), desk.zone.key)
        await desk.act(step, join_needs(joining), form.id)
    except RuleError as no:
        return await _page(visit, said, {no.field or "": no.message}, 422)
    note(visit, "add", joining.staff_id)
    return link_page(visit, joining.name or joining.user, joining.staff_id, token)


async def _check_new(visit: Visit, joining: Joining) -> None:
    unit = await visit.context.desk.runtime.look(lambda _: [STAFF.one(joining.staff_id)])
    there = unit.get(STAFF, joining.staff_id)
    if there is not None and there.active:
        message = "Somebody of this id works here already: change them on their own page."
        raise RuleError(message, code="taken", field="staff_id")
    check_roles(visit.person, joining.staff_id, there.roles if there else (), joining.roles)


def link_page(visit: Visit, name: str, staff_id: str, token: str) -> Response:
    """The link, once; where the firm has a single sign-on alone, how they come in."""
    link = f"{visit.context.url}/welcome/{token}" if visit.context.passwords else ""
    return visit.page("people_link.html", name=name, staff_id=staff_id, link=link)


def note(visit: Visit, what: str, staff_id: str) -> None:
    """Who did it, for the log; the command line says the same of itself."""
    log.info("staff_asked", code=what, staff_id=staff_id, reason=f"by {visit.id} at the desk")


async def _page(
    visit: Visit, typed: Mapping[str, Any], errors: Mapping[str, str], status: int = 200,
    did: str = "",
) -> Response:  # fmt: skip
    check_keeps_staff(visit.person)
    staff = await visit.context.desk.staff.everybody()
    rows = await _rows(visit, staff)
    return visit.page(
        "people_list.html",
        status,
        here=[row for row, person in zip(rows, staff, strict=True) if person.active],
        gone=[row for row, person in zip(rows, staff, strict=True) if not person.active],
        roles=[(each, ROLE_WORDS[each]) for each in ROLES],
        alone=visit.context.desk.sole_practice,
        passwords=visit.context.passwords,
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


async def _rows(visit: Visit, staff: Any) -> list[Row]:
    def needs(_: Any) -> list[Any]:
        return [kind.one(each.staff_id) for each in staff for kind in (ACCOUNTS, SECOND_FACTORS)]

    unit = await visit.context.desk.runtime.look(needs)
    found = []
    for person in staff:
        account = unit.get(ACCOUNTS, person.staff_id)
        factor = unit.get(SECOND_FACTORS, person.staff_id)
        has_password = bool(account and account.password)
        state, tone = _state(visit, person, has_password=has_password)
        found.append(
            Row(
                staff_id=person.staff_id,
                name=(account.name if account else None) or person.staff_id,
                user=(account.user if account else None) or "",
                roles=", ".join(ROLE_WORDS.get(each, each).split(":")[0] for each in person.roles),
                state=state,
                tone=tone,
                second_factor=factor is not None,
                reset_asked=factor is not None and factor.reset_asked_at is not None,
            )
        )
    return found


def _state(visit: Visit, person: StaffMember, *, has_password: bool) -> tuple[str, str]:
    if not person.active:
        return _("Let in no more"), ""
    if not has_password and visit.context.passwords and visit.context.sso is None:
        return _("No password yet"), "warn"
    now = visit.context.desk.runtime.clock.now()
    if any(each.covers(now) for each in person.absences):
        return _("Away"), "accent"
    return _("Works here"), "ok"
