"""/people/{staff_id}: which roles has somebody, how do they come in, and what if they leave?"""

import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.accounts import READ_BY_CLIENTS, Account
from services.desk.domain.holding import NOBODY
from services.desk.domain.people import (
    RESET_WITHIN,
    ReadByClients,
    check_keeps_staff,
    plain_line,
    plain_phone,
)
from services.desk.domain.second_factor import SecondFactor
from services.desk.domain.staff import (
    ROLES,
    StaffMember,
    hash_of,
    may_lead,
    works_with_clients,
)
from services.desk.domain.walls import ScreenedError
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.handovers import matters_of, matters_told, tasks_of
from services.desk.pages.language import N_, Words, _
from services.desk.pages.people import ROLE_WORDS, link_page, note
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.ports.signing_in import ACCOUNTS, SECOND_FACTORS
from services.desk.ports.staff import STAFF
from services.desk.workflow.naming import naming_needs
from services.desk.workflow.people import (
    ask_reset,
    change_roles,
    change_roles_needs,
    confirm_reset,
    let_go,
    let_go_needs,
    say_of,
)
from services.desk.workflow.second_factor import reset_needs
from services.desk.workflow.staffing import invite, invite_needs
from shared.errors import RuleError

router = APIRouter()
PLACE = "/people/{staff_id}"
LATER = "later"
DOES = ("roles", "read", "link", "ask-reset", "confirm-reset", "let-go")
DONE = Words(
    {
        "roles": N_("Their roles are changed, from this moment on."),
        "read": N_("What clients read of them is changed, from this moment on."),
        "ask-reset": N_("Asked for. A second person confirms it within a day."),
        "confirm-reset": N_(
            "Their second factor is forgotten: they set up a new app with their password."
        ),
    }
)


@router.get(PLACE)
async def show_person(request: Request, visit: Visitor, staff_id: str) -> Response:
    """One person, and what may be done."""
    return await _page(visit, staff_id, {}, {}, did=request.query_params.get("did", ""))


@router.post(PLACE)
async def change_person(form: Sent, staff_id: str) -> Response:
    """Change roles, make a link, reset a second factor with somebody else, or let them go."""
    visit, do = form.visit, form.typed.one("do")
    check_keeps_staff(visit.person)
    if do not in DOES:
        raise ProblemError(404, "Choose what to do.", code="unknown")
    try:
        if do == "link":
            return await _link(form, staff_id)
        said = await _do(form, staff_id, do)
    except ScreenedError:
        raise
    except RuleError as no:
        status = 422 if no.field else 409
        return await _page(
            visit, staff_id, form.typed.plain(), {no.field or "": no.message}, status
        )
    note(visit, do, staff_id)
    place = PLACE.format(staff_id=staff_id) if do != "let-go" else "/people"
    return go(with_outcome(place, await keep_outcome(form, said)))


async def _do(form: SentForm, staff_id: str, do: str) -> str:
    visit, desk = form.visit, form.visit.context.desk
    if do == "roles":
        step = change_roles(staff_id, form.typed.all("roles"), visit.person, desk.zone.key)
        await desk.act(step, change_roles_needs(staff_id), form.id)
        return DONE[do]
    if do == "read":
        said = ReadByClients(
            name=plain_line(form.typed.one("name"), "name"),
            phone=plain_phone(form.typed.one("phone").strip()),
            title=plain_line(form.typed.one("title"), "title") or None,
        )
        await desk.act(say_of(staff_id, said, visit.person), naming_needs(staff_id), form.id)
        return DONE[do]
    if do == "let-go":
        return await _let_go(form, staff_id)
    reset = ask_reset if do == "ask-reset" else confirm_reset
    await desk.act(reset(staff_id, visit.id, visit.context.now()), reset_needs(staff_id), form.id)
    return DONE[do]


async def _let_go(form: SentForm, staff_id: str) -> str:
    """What they have goes to whoever takes it over, in the same moment."""
    visit, desk, to = form.visit, form.visit.context.desk, form.typed.one("to")
    matters = matters_told(await matters_of(visit, staff_id))
    task_ids = [each.task_id for each in await tasks_of(visit, staff_id)]
    if not to and (matters or task_ids):
        message = "They have open work: choose who takes it over, or say that it waits."
        raise RuleError(message, code="missing", field="to")
    taker = to if to and to != LATER else None
    hashes = [each.key_hash for each in await desk.staff.keys() if each.staff_id == staff_id]
    step = let_go(staff_id, hashes, visit.person, desk.zone.key, taker, matters, task_ids)
    needs = let_go_needs(staff_id, hashes, taker, task_ids)
    count = await desk.act(step, needs, form.id)
    said = _("Let in no more: sessions, keys and links ended.")
    handed = _("Handed over: {count} matters and tasks.").format(count=count)
    return f"{said} {handed}" if taker else said


async def _link(form: SentForm, staff_id: str) -> Response:
    visit = form.visit
    if not visit.context.passwords:
        raise RuleError("Passwords are off: people sign in with the firm's single sign-on.",
                        code="passwords-off")  # fmt: skip
    token = secrets.token_urlsafe(32)
    step = invite(staff_id, hash_of(token), visit.context.now())
    await visit.context.desk.act(step, invite_needs(staff_id), form.id)
    note(visit, "link", staff_id)
    names = await names_of(visit.context, [staff_id])
    return link_page(visit, names[staff_id], staff_id, token)


async def _page(
    visit: Visit, staff_id: str, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200, did: str = "",
) -> Response:  # fmt: skip
    check_keeps_staff(visit.person)
    unit = await visit.context.desk.runtime.look(
        lambda _: [kind.one(staff_id) for kind in (STAFF, ACCOUNTS, SECOND_FACTORS)]
    )
    person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
    if person is None:
        raise ProblemError(404, NOBODY, code="unknown-staff")
    return visit.page(
        "person.html",
        status,
        person=person,
        name=(account.name if account else None) or staff_id,
        account=account,
        place=PLACE.format(staff_id=staff_id),
        read=_read(account, typed),
        from_file=account.from_file if account else (),
        named=works_with_clients(person),
        roles=[(each, ROLE_WORDS[each]) for each in ROLES],
        factor=await _factor(visit, unit.get(SECOND_FACTORS, staff_id)),
        work=await _work(visit, person),
        takers=await _takers(visit, person),
        mine=staff_id == visit.id,
        alone=visit.context.desk.sole_practice,
        passwords=visit.context.passwords,
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


def _read(account: Account | None, typed: Mapping[str, str]) -> dict[str, str]:
    """What clients read of them, or what was just typed instead."""
    is_typed = typed.get("do") == "read"
    known = {each: (getattr(account, each) if account else None) or "" for each in READ_BY_CLIENTS}
    return {each: typed.get(each, "") if is_typed else known[each] for each in known}


async def _factor(visit: Visit, factor: SecondFactor | None) -> dict[str, Any] | None:
    if factor is None:
        return None
    now, at = visit.context.now(), factor.reset_asked_at
    if at is None or factor.reset_asked_by is None or now - at > RESET_WITHIN:
        return {"asked": ""}
    names = await names_of(visit.context, [factor.reset_asked_by])
    by = factor.reset_asked_by
    return {
        "asked": f"{names[by]}, {exactly(at, visit.context.desk.zone)}",
        "may_confirm": visit.id not in (factor.staff_id, by),
    }


async def _work(visit: Visit, person: StaffMember) -> dict[str, Any] | None:
    """How much they have; None for whoever is not here."""
    if not person.active:
        return None
    matters = await matters_of(visit, person.staff_id)
    tasks = await tasks_of(visit, person.staff_id)
    return {"away": matters is None, "matters": len(matters or ()), "tasks": len(tasks)}


async def _takers(visit: Visit, person: StaffMember) -> list[tuple[str, str]]:
    staff = await visit.context.desk.staff.everybody()
    ids = [
        each.staff_id
        for each in staff
        if each.active and may_lead(each) and each.staff_id != person.staff_id
    ]
    names = await names_of(visit.context, ids)
    return sorted(((each, names[each]) for each in ids), key=lambda each: each[1])
