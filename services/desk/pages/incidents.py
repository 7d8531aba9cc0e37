"""/incidents and /incidents/{id}: what is happening, who leads it, what is done and what is left?

Everybody who works here sees it: in a crisis everybody needs the same page. Its log and statement
are the firm's own words and stand here alone.
"""

from collections.abc import Iterable, Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.incidents import all_incidents, incident_of
from services.desk.domain.clients import may_see_clients
from services.desk.domain.incidents import Incident
from services.desk.domain.staff import may_lead
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.incident_words import (
    REHEARSAL,
    STATUS_WORDS,
    clock_row,
    frozen_words,
    log_row,
    row_of,
    scope_words,
    step_row,
)
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.workflow.incident_declaring import step_occasion
from services.desk.workflow.incident_leading import Change, Leading
from shared.contracts.incident_task_kinds import INCIDENT_STEP, ROLL_CALL
from shared.errors import RuleError
from shared.tasks import task_id_for

router = APIRouter()
LONGEST = 4_000


@router.get("/incidents")
async def show_incidents(visit: Visitor) -> Response:
    """Those that last, and those that are over."""
    zone = visit.context.desk.zone
    found = await all_incidents(visit.context.desk)
    names = await names_of(visit.context, {each.spokesperson_id for each in found})
    rows = [row_of(each, names, zone) for each in found]
    return visit.page(
        "incidents.html",
        rows=rows,
        may_declare=may_lead(visit.person),
        with_clients=may_see_clients(visit.person),
    )


@router.get("/incidents/{incident_id}")
async def show_incident(request: Request, visit: Visitor, incident_id: str) -> Response:
    """One incident: plan, clocks, people, statement, log."""
    return await _page(visit, incident_id, did=request.query_params.get("did", ""))


@router.post("/incidents/{incident_id}/note")
async def add_note(form: Sent, incident_id: str) -> Response:
    """Write something into its log."""
    leading = Leading(incident_id, form.visit.person)
    text = _text(form, "text")
    if not text:
        errors = {"text": _("Write what happened or was said.")}
        return await _page(form.visit, incident_id, errors, form.typed.plain(), 422)
    return await _done(form, incident_id, leading.note(text), leading, _("The log has it."))


@router.post("/incidents/{incident_id}/statement")
async def change_statement(form: Sent, incident_id: str) -> Response:
    """Change what the spokesperson says."""
    leading = Leading(incident_id, form.visit.person)
    language, words = form.typed.one("language"), _text(form, "words")
    known = (await incident_of(form.visit.context.desk, incident_id)).statement
    if not words or language not in known:
        errors = {f"words-{language}": _("Write what the firm says.")}
        return await _page(form.visit, incident_id, errors, form.typed.plain(), 422)
    step = leading.say(language, words)
    return await _done(form, incident_id, step, leading, _("The statement is changed."))


@router.post("/incidents/{incident_id}/spokesperson")
async def hand_on(form: Sent, incident_id: str) -> Response:
    """Somebody else speaks for the firm."""
    visit, staff_id = form.visit, form.typed.one("spokesperson_id")
    leading = Leading(incident_id, visit.person)
    try:
        needs = leading.needs_to_hand_on(staff_id)
        await visit.context.desk.act(leading.hand_on(staff_id), needs, form.id)
    except RuleError as no:
        if no.field is None:
            raise
        return await _page(visit, incident_id, {no.field: no.message}, form.typed.plain(), 422)
    return await _back(form, incident_id, _("Somebody else speaks for the firm now."))


@router.post("/incidents/{incident_id}/resolve")
async def resolve(form: Sent, incident_id: str) -> Response:
    """It is over."""
    visit, leading = form.visit, Leading(incident_id, form.visit.person)
    step = leading.resolve(_text(form, "learned"))
    try:
        await visit.context.desk.act(step, leading.needs_to_end, form.id)
    except RuleError as no:
        if no.code != "duty-open":
            raise
        return await _page(visit, incident_id, {"learned": no.message}, form.typed.plain(), 409)
    return await _back(form, incident_id, _("It is over. What waited goes on bit by bit."))


async def _done(
    form: SentForm, incident_id: str, step: Change, leading: Leading, what: str
) -> Response:
    await form.visit.context.desk.act(step, leading.needs, form.id)
    return await _back(form, incident_id, what)


async def _back(form: SentForm, incident_id: str, what: str) -> Response:
    return go(with_outcome(f"/incidents/{incident_id}", await keep_outcome(form, what)))


def _text(form: SentForm, name: str) -> str:
    return form.typed.one(name).replace("\r\n", "\n").strip()[:LONGEST]


async def _page(
    visit: Visit,
    incident_id: str,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
    did: str = "",
) -> Response:
    desk = visit.context.desk
    incident = await incident_of(desk, incident_id)
    staff = await desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    now, zone = desk.runtime.clock.now(), desk.zone
    lawyers = [each.staff_id for each in staff if each.active and may_lead(each)]
    clocks = (clock_row(each, now, zone) for each in incident.steps)
    return visit.page(
        "incident.html",
        status,
        incident=incident,
        rehearsal=_(REHEARSAL),
        row=row_of(incident, names, zone),
        scope=scope_words(incident, visit.context.desk.locations),
        frozen=frozen_words(incident),
        detected=exactly(incident.detected_at, zone),
        declared_by=names.get(incident.by, incident.by),
        clocks=[each for each in clocks if each is not None],
        steps=[step_row(each, _step_task(incident, step_occasion(each)), names, now, zone)
               for each in incident.steps],
        people=list(_people(incident, names)),
        log=[log_row(each, names, zone) for each in reversed(incident.log)],
        lawyers=sorted(((id, names[id]) for id in lawyers), key=lambda each: each[1]),
        leads=incident.leads(visit.person) and incident.state == "open",
        lists_clients=incident.lists_clients and may_see_clients(visit.person),
        errors=errors or {},
        typed=typed or {},
        outcome=await shown_outcome(visit, did),
    )  # fmt: skip


def _people(incident: Incident, names: Mapping[str, str]) -> Iterable[dict[str, str]]:
    """Whoever was asked: first those of whom nothing is known, then who needs help."""
    order = {"": 0, "needs-help": 1, "safe": 2}
    rows = [
        {
            "name": names.get(each, each),
            "status": known.status if known else "",
            "words": STATUS_WORDS[known.status] if known else _("Not heard of yet"),
            "by": names.get(known.by, known.by) if known and known.by != each else "",
            "task_id": _call_task(incident, each) if not known else "",
        }
        for each in incident.called
        for known in [incident.accounted.get(each)]
    ]
    return sorted(rows, key=lambda row: (order[row["status"]], row["name"]))


def _step_task(incident: Incident, occasion: str) -> str:
    return task_id_for("desk", INCIDENT_STEP.kind, incident.incident_id, occasion)


def _call_task(incident: Incident, staff_id: str) -> str:
    return task_id_for("desk", ROLL_CALL.kind, incident.incident_id, staff_id)
