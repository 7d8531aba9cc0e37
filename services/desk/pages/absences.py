"""/absences: when are you away, and who acts for you meanwhile?

Everybody says it of themselves, a partner of anybody. What falls due meanwhile goes to whoever acts
for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.absences import Absence
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import _, dated
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.workflow.being_away import PARTNER, away_needs, be_away, come_back
from shared.contracts.fields import parse_instant
from shared.errors import RuleError

router = APIRouter()
MOST_TASKS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One absence, in words."""

    staff_id: str
    name: str
    first: str
    last: str
    substitute: str
    since: str


@router.get("/absences")
async def show_absences(request: Request, visit: Visitor) -> Response:
    """One's own; for a partner, everybody's."""
    return await _page(visit, request.query_params.get("did", ""), {}, {})


@router.post("/absences")
async def note_absence(form: Sent) -> Response:
    """Away from a day on until another, this day too."""
    visit, typed = form.visit, form.typed
    desk, staff_id = visit.context.desk, typed.one("staff_id") or visit.id
    try:
        absence = Absence(
            since=_midnight(typed.one("since"), desk.zone, "since"),
            until=_midnight(typed.one("until"), desk.zone, "until", days=1),
            substitute=typed.one("substitute") or None,
        )
        task_ids = await _tasks_of(visit, staff_id)
        step = be_away(staff_id, absence, task_ids, visit.person)
        needs = away_needs(staff_id, absence.substitute, task_ids)
        count = await desk.act(step, needs, form.id)
    except RuleError as no:
        if no.code == "wrong-role":
            raise
        return await _page(visit, "", typed.plain(), {no.field or "": no.message}, 422)
    what = _("The absence is noted. Tasks that changed hands: {count}.").format(count=count)
    return go(with_outcome("/absences", await keep_outcome(form, what)))


@router.post("/absences/drop")
async def drop_absence(form: Sent) -> Response:
    """They are there after all."""
    visit, staff_id = form.visit, form.typed.one("staff_id") or form.visit.id
    try:
        since = parse_instant(form.typed.one("since"))
    except ValueError:
        since = datetime.min.replace(tzinfo=visit.context.desk.zone)
    step = come_back(staff_id, since, visit.person)
    await visit.context.desk.act(step, away_needs(staff_id, None), form.id)
    what = _("Taken away. What went to somebody else stays with them.")
    return go(with_outcome("/absences", await keep_outcome(form, what)))


def _midnight(typed: str, zone: ZoneInfo, field: str, *, days: int = 0) -> datetime:
    try:
        day = date.fromisoformat(typed)
        return datetime.combine(day + timedelta(days=days), time(), zone)
    except (ValueError, OverflowError):
        raise RuleError(_("Give a day."), code="missing", field=field) from None


async def _tasks_of(visit: Visit, staff_id: str) -> list[str]:
    found: list[str] = []
    for state in ("open", "snoozed"):
        wanted = TaskFilter(owner_id=staff_id, state=state)
        page = await visit.context.desk.tasks.page(wanted, Page(limit=MOST_TASKS))
        found.extend(each.task_id for each in page)
    return found


async def _page(
    visit: Visit, did: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200
) -> Response:
    desk = visit.context.desk
    staff = await desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    here = [each for each in staff if each.active]
    shown = here if visit.person.has(PARTNER) else [e for e in here if e.staff_id == visit.id]
    people = sorted(((e.staff_id, names[e.staff_id]) for e in here), key=lambda each: each[1])
    return visit.page(
        "absences.html",
        status,
        rows=_rows(shown, names, desk.runtime.clock.now(), desk.zone),
        people=people if visit.person.has(PARTNER) else (),
        others=people,
        typed={"staff_id": visit.id, **typed},
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


def _rows(
    staff: Sequence[StaffMember], names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> list[Row]:
    found = [(each, person) for person in staff for each in person.absences if each.until > now]
    found.sort(key=lambda each: (each[0].since, each[1].staff_id))
    return [
        Row(
            staff_id=person.staff_id,
            name=names[person.staff_id],
            first=_day(each.since, zone),
            last=_day(each.until - timedelta(seconds=1), zone),
            substitute=names.get(each.substitute or "", each.substitute or ""),
            since=each.since.isoformat(),
        )
        for each, person in found
    ]


def _day(at: datetime, zone: ZoneInfo) -> str:
    return dated(at.astimezone(zone).date(), "day")
