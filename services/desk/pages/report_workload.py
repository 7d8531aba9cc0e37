"""/reports/workload: how much lies with each of the firm's people, and how much is overdue?

As it is now, over the tasks a partner may deal with; every number leads to exactly these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.due import window
from services.desk.domain.lists import TaskFilter
from services.desk.domain.reports import check_sees_reports
from services.desk.domain.workload import Load, most_pressed_first
from services.desk.pages.inbox_filter import InboxFilter
from services.desk.pages.language import N_, Words, _
from services.desk.pages.plots import Mark, plot
from services.desk.pages.report_files import as_file
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import exactly

router = APIRouter()
NOBODY = "none"  # as the inbox calls what nobody has taken
HEADS = (
    N_("Person"),
    N_("Open tasks"),
    N_("Due within a week"),
    N_("Overdue"),
    N_("Overdue since"),
)
DRAWN = Words({"open": N_("Open tasks, by person"), "overdue": N_("Overdue tasks, by person")})


@dataclass(frozen=True, slots=True)
class Row:
    """What lies with one person, each number with the list it stands for."""

    who: str
    load: Load
    since: str
    places: Mapping[str, str]


@router.get("/reports/workload")
async def show_workload(visit: Visitor) -> Response:
    """Everybody's load, whoever has most overdue first."""
    rows = await _rows(visit)
    return visit.page("report_workload.html", rows=rows, plots=list(_plots(rows)))


@router.get("/reports/workload.csv")
async def export_workload(visit: Visitor) -> Response:
    """The same for a spreadsheet."""
    lines = [
        (row.who, str(row.load.open), str(row.load.week), str(row.load.overdue), row.since)
        for row in await _rows(visit)
    ]
    return as_file("workload", HEADS, lines)


async def _rows(visit: Visit) -> list[Row]:
    check_sees_reports(visit.person)
    desk = visit.context.desk
    now, zone = desk.runtime.clock.now(), desk.zone
    windows = {"overdue": window("overdue", now, zone), "week": window("week", now, zone)}
    found = await desk.tasks.loads(TaskFilter(may=visit.person, state="open"), windows)
    here = {each.staff_id for each in await desk.staff.everybody() if each.active}
    idle = here - {each.staff_id for each in found}
    loads = most_pressed_first([*found, *(Load(staff_id=each) for each in idle)])
    names = await names_of(visit.context, [each.staff_id for each in loads if each.staff_id])
    return [
        Row(
            who=names[each.staff_id] if each.staff_id else _("Nobody yet"),
            load=each,
            since=exactly(each.oldest, zone) if each.oldest else "",
            places=_places(each),
        )
        for each in loads
    ]


def _places(load: Load) -> dict[str, str]:
    theirs = InboxFilter(view="team", owner=load.staff_id or NOBODY)
    return {
        "open": theirs.address(),
        "week": theirs.address(due="week"),
        "overdue": theirs.address(due="overdue"),
    }


def _plots(rows: Iterable[Row]) -> Iterable[dict[str, object]]:
    """How much each has, and how much of it is overdue; whoever has nothing has no bar."""
    for name, title in DRAWN.items():
        marks = [_mark(row, name, getattr(row.load, name)) for row in rows]
        if any(mark.value for mark in marks):
            id = f"plot-{name}"
            yield {"id": id, "title": title, "svg": plot(marks, "count", title, id)}


def _mark(row: Row, name: str, count: int) -> Mark:
    initials = "".join(word[0] for word in row.who.split()[:2])
    said = f"{row.who}: {count}"
    return Mark(initials, said, float(count) if count else None, row.places[name])
