"""/incidents/new: something serious happens, or is rehearsed; what has to be said to begin?

What kind it is and who speaks for the firm; for a data breach, since when the firm knows of it: the
hours of the law are counted from there.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import cast

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.incident_plans import KINDS, what_follows
from services.desk.domain.incidents import check_declares
from services.desk.domain.staff import may_lead
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, _, retold
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.workflow.incident_declaring import Asked, declare, declare_needs
from shared.contracts.fields import read_day
from shared.contracts.incidents import IncidentKind
from shared.errors import RuleError

router = APIRouter()
FOR_REAL, REHEARSAL = "for-real", "rehearsal"
DECLARED = N_("It is declared, and its plan has begun.")
REHEARSED = N_("The rehearsal has begun. Nobody outside is told.")


@router.get("/incidents/new")
async def show_form(visit: Visitor) -> Response:
    """The form, with what each plan would begin."""
    check_declares(visit.person)
    return await _page(visit, {}, {})


@router.post("/incidents/new")
async def take_form(form: Sent) -> Response:
    """Declare it; a form sent twice declares once."""
    visit, desk = form.visit, form.visit.context.desk
    check_declares(visit.person)
    typed = form.typed.plain()
    try:
        asked = _asked(form, typed)
        step, needs = declare(desk.incidents, asked), declare_needs(asked, form.id)
        incident = await desk.act(step, needs, form.id)
    except RuleError as no:
        field = {"detected_at": "day"}.get(no.field or "", no.field or "")
        return await _page(visit, typed, {field: no.message}, 422)
    what = REHEARSED if incident.rehearsal else DECLARED
    return go(with_outcome(f"/incidents/{incident.incident_id}", await keep_outcome(form, what)))


def _asked(form: SentForm, typed: Mapping[str, str]) -> Asked:
    kind, really = typed.get("kind", ""), typed.get("really", "")
    if kind not in KINDS:
        raise RuleError(_("Say what is happening."), code="missing", field="kind")
    if really not in (FOR_REAL, REHEARSAL):
        raise RuleError(_("Say whether it is a rehearsal."), code="missing", field="really")
    return Asked(
        kind=cast("IncidentKind", kind),
        by=form.visit.person,
        spokesperson_id=typed.get("spokesperson_id") or None,
        rehearsal=really == REHEARSAL,
        detected_at=_detected(form, typed) if kind == "data-breach" else None,
    )


def _detected(form: SentForm, typed: Mapping[str, str]) -> datetime | None:
    """Since when the firm knows, by its own clock; nothing typed: since now."""
    day, clock = typed.get("day", ""), typed.get("time", "")
    if not day and not clock:
        return None
    try:
        moment = datetime.combine(
            read_day(day), time.fromisoformat(clock), form.visit.context.desk.zone
        )
        return moment.astimezone(UTC)
    except ValueError:
        message = _("Give the day and the time, or neither where it is now.")
        raise RuleError(message, code="invalid", field="detected_at") from None


async def _page(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    desk = visit.context.desk
    staff = await desk.staff.everybody()
    lawyers = [each.staff_id for each in staff if each.active and may_lead(each)]
    names = await names_of(visit.context, lawyers)
    plans = [desk.incidents.plans[each] for each in KINDS]
    return visit.page(
        "incident_new.html",
        status,
        typed=typed,
        errors=errors,
        kinds=[("", _("Choose…")), *((each.incident, retold(each.label)) for each in plans)],
        plans=[
            (retold(each.label), [retold(line) for line in what_follows(each).split("\n")])
            for each in plans
        ],
        people=sorted(names.items(), key=lambda each: each[1]),
        spokesperson=typed.get("spokesperson_id") or visit.id,
    )
