"""/clients/{id}/records: what does this client ask about their own records?

To see what the firm holds of them, or to be erased: a person answers it as a task. Or two clients
are one person: a partner says so, and it cannot be taken back.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.cards import Card
from services.desk.domain.walls import NotAllowedError, ScreenedError
from services.desk.pages.clients import known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from services.desk.workflow.asking_for_records import (
    What,
    may_merge,
    may_take_down,
    merge,
    needs_of,
    take_down,
)
from shared.contracts.records_task_kinds import RECORDS_REQUEST
from shared.errors import RuleError

router = APIRouter()
DONE: dict[What, str] = {
    "access": N_("Taken down. A task is opened: answer within a month."),
    "erasure": N_("Taken down. A task is opened; nothing is erased before somebody decides it."),
}
MERGED = N_("Said to every service. Everything of the other one is here within moments.")


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
    return go(with_outcome(f"/clients/{client_id}", await keep_outcome(form, DONE[what])))


@router.post("/clients/{client_id}/records/merge")
async def merge_clients(form: Sent, client_id: str) -> Response:
    """This client and another are one person."""
    card, typed = await _client(form.visit, client_id), form.typed.plain()
    merged_id = typed.get("merged_id", "").strip()
    try:
        _check_sure(typed)
        step = merge(client_id, merged_id, form.visit.person)
        await form.visit.context.desk.act(step, needs_of(client_id, merged_id), form.id)
    except (ScreenedError, NotAllowedError):
        raise
    except RuleError as no:
        return await _page(form.visit, card, typed, {no.field or "": no.message}, 422)
    return go(with_outcome(f"/clients/{client_id}", await keep_outcome(form, MERGED)))


async def _client(visit: Visit, client_id: str) -> Card:
    card = await known_client(visit, client_id)
    if not may_take_down(visit.person):
        roles = ", ".join(RECORDS_REQUEST.roles)
        raise NotAllowedError(_("This is done by: {roles}.").format(roles=roles), code="wrong-role")
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
        may_merge=may_merge(visit.person),
        today=f"{desk.runtime.clock.now().astimezone(desk.zone):%Y-%m-%d}",
    )
