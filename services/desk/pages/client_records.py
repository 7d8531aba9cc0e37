"""/clients/{id}/records: what does this client ask about their own records?

To see what the firm holds of them, or to be erased: a person answers it as a task. Or two clients
are one person: somebody says so, and a second person confirms it, because it cannot be taken back.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.cards import Card
from services.desk.domain.outcomes import Awaited
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError, ScreenedError, check_unscreened
from services.desk.pages.clients import known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _, retold
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from services.desk.workflow.asking_for_records import (
    What,
    answering,
    may_take_down,
    needs_of,
    request_id_of,
    take_down,
)
from shared.contracts.checks import MergeTold
from shared.contracts.fields import parse_instant
from shared.contracts.firm_roles import FirmRoles, roles_of
from shared.contracts.records_task_kinds import MERGE_CLIENTS, RECORDS_REQUEST
from shared.errors import RuleError, TemporaryError

router = APIRouter()
DONE: dict[What, str] = {
    "access": N_("Taken down. A task is opened: answer within a month."),
    "erasure": N_("Taken down. A task is opened; nothing is erased before somebody decides it."),
}
AWAY = N_("The service that keeps clients is away. Nothing was said; try again.")


@router.get("/clients/{client_id}/records")
async def show_forms(request: Request, visit: Visitor, client_id: str) -> Response:
    """The forms; ``merge``: the id of who may be the same person."""
    card = await _client(visit, client_id)
    other = request.query_params.get("merge", "")[:64]
    return await _page(visit, card, {"merged_id": other}, {})


@router.post("/clients/{client_id}/records")
async def take_request(form: Sent, client_id: str) -> Response:
    """Take down that they want to see their records, or to be erased."""
    card, typed = await _client(form.visit, client_id), form.typed.plain()
    try:
        what = _what(typed.get("what", ""))
        at = _day(form, typed.get("day", ""))
        step = take_down(what, client_id, at, form.visit.person, form.id)
        await form.visit.context.desk.act(step, needs_of(client_id), form.id)
    except (ScreenedError, NotAllowedError):
        raise
    except RuleError as no:
        return await _page(form.visit, card, typed, {no.field or "": no.message}, 422)
    request_id = request_id_of(form.id)
    awaited = Awaited(
        kind=RECORDS_REQUEST.kind, about={"client_id": client_id, "request_id": request_id}
    )
    said = await keep_outcome(form, DONE[what], awaited=awaited)
    return go(with_outcome(f"/clients/{client_id}", said))


@router.post("/clients/{client_id}/records/merge")
async def merge_clients(form: Sent, client_id: str) -> Response:
    """This client and another are one person: a second one is asked to confirm it."""
    card, typed, visit = await _client(form.visit, client_id), form.typed.plain(), form.visit
    if not _may_merge(visit.person, visit.context.desk.firm_roles):
        raise NotAllowedError(_by_whom(_merging(visit.context.desk.firm_roles)), code="wrong-role")
    merged_id = typed.get("merged_id", "").strip()
    check_unscreened({"client_id": merged_id}, visit.person.screened)
    try:
        _check_sure(typed)
        told = await visit.context.desk.checks.merge(client_id, merged_id, form.id, visit.person)
    except TemporaryError:
        return await _page(visit, card, typed, {"": _(AWAY)}, 503)
    except RuleError as no:
        return await _page(visit, card, typed, {no.field or "": no.message}, 422)
    if isinstance(told, Refused):
        field = "merged_id" if told.field == "other_id" else told.field or ""
        return await _page(visit, card, typed, {field: retold(told.message)}, 422)
    awaited = Awaited(kind=MERGE_CLIENTS.kind, task_id=told.task_id)
    said = await keep_outcome(form, _asked(visit, told), awaited=awaited)
    return go(with_outcome(f"/clients/{client_id}", said))


def _asked(visit: Visit, told: MergeTold) -> str:
    if told.alone is None:
        return _("Nothing is merged yet: a second person is asked to confirm it.")
    when = exactly(parse_instant(told.alone), visit.context.desk.zone)
    return _(
        "Nothing is merged yet. Nobody else can confirm it: look at both again from {when} on."
    ).format(when=when)


def _merging(firm: FirmRoles) -> tuple[str, ...]:
    return tuple(roles_of(MERGE_CLIENTS.kind, firm))


def _may_merge(person: StaffMember, firm: FirmRoles) -> bool:
    return any(person.has(role) for role in _merging(firm))


def _by_whom(roles: Iterable[str]) -> str:
    return _("This is done by: {roles}.").format(roles=", ".join(roles))


async def _client(visit: Visit, client_id: str) -> Card:
    card = await known_client(visit, client_id)
    firm = visit.context.desk.firm_roles
    if not may_take_down(visit.person, firm):
        raise NotAllowedError(_by_whom(answering(firm)), code="wrong-role")
    return card


def _what(said: str) -> What:
    if said not in DONE:
        raise RuleError(_("Choose what they ask for."), code="missing", field="what")
    return said


def _day(form: SentForm, typed: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(typed), time(), form.visit.context.desk.zone)
    except ValueError:
        message = _("Give the day on which it reached the firm.")
        raise RuleError(message, code="missing", field="day") from None


def _check_sure(typed: Mapping[str, str]) -> None:
    if typed.get("sure") != "yes":
        message = _("Say that you have seen that they are one person.")
        raise RuleError(message, code="missing", field="sure")


async def _page(
    visit: Visit, card: Card, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    desk = visit.context.desk
    return visit.page(
        "client_records.html",
        status,
        card=card,
        typed=typed,
        errors=errors,
        may_merge=_may_merge(visit.person, desk.firm_roles),
        today=f"{desk.runtime.clock.now().astimezone(desk.zone):%Y-%m-%d}",
    )
