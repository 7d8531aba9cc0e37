"""POST /clients/{id}/contacts and …/follow-ups: what does a person add to what is known?

That they spoke with the client, or something that still has to be done. What is refused stands at
its field, with all that was typed.
"""

from datetime import UTC, datetime, time
from typing import Literal, cast

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.responses import Response

from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.outcomes import Awaited
from services.desk.domain.wake import due_on
from services.desk.domain.walls import ScreenedError
from services.desk.pages.clients import Typed, client_page, known_client
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, SentForm, go
from services.desk.workflow.following_up import Asked, ask, ask_needs
from services.desk.workflow.logging_contact import (
    Contacted,
    complaint_id_of,
    contact_needs,
    log_contact,
)
from shared.contracts.concerns import ComplaintType
from shared.contracts.feedback_task_kinds import SERVICE_RECOVERY
from shared.contracts.fields import Id, read_day
from shared.contracts.tasks import About
from shared.errors import RuleError

router = APIRouter()
LONGEST_WORDS = 2000
_ID: TypeAdapter[str] = TypeAdapter(Id)


@router.post("/clients/{client_id}/contacts")
async def log_a_contact(form: Sent, client_id: str) -> Response:
    """Log that somebody of the firm and the client were in touch."""
    await known_client(form.visit, client_id)
    try:
        contacted = _contacted(form, client_id)
        desk = form.visit.context.desk
        step = log_contact(contacted, form.visit.person, desk.zone)
        entry = await desk.act(step, contact_needs(client_id), form.id)
    except ScreenedError:
        raise
    except RuleError as no:
        return await _refused(form, client_id, "contact", no)
    if contacted.complaint is None:
        return await _done(form, client_id, _("The contact is logged."))
    complained = _("The contact is logged, and somebody is asked to lead the complaint.")
    about = {"client_id": client_id, "complaint_id": complaint_id_of(entry)}
    awaited = Awaited(kind=SERVICE_RECOVERY.kind, about=about)
    return await _done(form, client_id, complained, awaited=awaited)


@router.post("/clients/{client_id}/follow-ups")
async def ask_for_a_follow_up(form: Sent, client_id: str) -> Response:
    """Open a task about this client."""
    await known_client(form.visit, client_id)
    try:
        task = await _ask(form, client_id)
    except ScreenedError:
        raise
    except RuleError as no:
        return await _refused(form, client_id, "follow-up", no)
    place = f"/tasks/{task.task_id}" if may_decide(task, form.visit.person) else ""
    return await _done(form, client_id, _("The task is open."), place)


async def _ask(form: SentForm, client_id: str) -> ListedTask:
    typed, desk = form.typed, form.visit.context.desk
    words = typed.one("todo").replace("\r\n", "\n").strip()
    if not words:
        raise RuleError(_("Say what is to be done."), code="missing", field="todo")
    if len(words) > LONGEST_WORDS:
        raise RuleError(
            _("Use at most {words} characters.").format(words=LONGEST_WORDS),
            code="too-long",
            field="todo",
        )
    asked = Asked(
        words=words,
        about=About(
            client_id=client_id, matter_id=_matter(typed.one("todo_matter"), "todo_matter")
        ),
        due_at=due_on(typed.one("due_day"), desk.runtime.clock.now(), desk.zone),
        role=typed.one("role") or None,
        owner_id=typed.one("owner") or None,
    )
    return await desk.act(ask(asked, form.visit.person), ask_needs(asked, form.id), form.id)


def _contacted(form: SentForm, client_id: str) -> Contacted:
    typed = form.typed
    direction = typed.one("direction")
    if direction not in ("in", "out"):
        raise RuleError(_("Say who got in touch."), code="missing", field="direction")
    return Contacted(
        client_id=client_id,
        direction=cast("Literal['in', 'out']", direction),
        channel=typed.one("channel"),
        at=typed_moment(form, "at"),
        matter_id=_matter(typed.one("matter"), "matter"),
        words=typed.one("words").replace("\r\n", "\n").strip(),
        two_way=True if typed.one("two_way") else None,
        complaint=cast("ComplaintType | None", typed.one("complaint") or None),
        about_staff=typed.one("about_staff") or None,
    )


def typed_moment(form: SentForm, field: str) -> datetime:
    """The day and the time that were typed, by the firm's clock; RuleError names the field."""
    day, clock, zone = form.typed.one("day"), form.typed.one("time"), form.visit.context.desk.zone
    try:
        moment = datetime.combine(read_day(day), time.fromisoformat(clock), zone)
        return moment.astimezone(UTC)
    except ValueError:
        raise RuleError(_("Give the day and the time."), code="missing", field=field) from None


def _matter(typed: str, field: str) -> str | None:
    if not typed.strip():
        return None
    try:
        return _ID.validate_python(typed.strip())
    except ValidationError:
        message = _("Give the id of a matter: letters, digits, - and _.")
        raise RuleError(message, code="invalid", field=field) from None


async def _refused(form: SentForm, client_id: str, name: str, no: RuleError) -> Response:
    field = {"due_at": "due_day", "owner_id": "owner"}.get(no.field or "", no.field or "")
    typed = Typed(name, form.typed.plain(), {field: no.message}, 422 if no.field else 409)
    return await client_page(form.visit, client_id, typed, {})


async def _done(
    form: SentForm, client_id: str, what: str, place: str = "", awaited: Awaited | None = None
) -> Response:
    said = await keep_outcome(form, what, place=place, awaited=awaited)
    return go(with_outcome(f"/clients/{client_id}", said))
