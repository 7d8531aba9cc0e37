"""/inbox.csv: how does the list a person chose become a spreadsheet?

The same list as on the page, row after row, as far as one file goes.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import EPOCH, Page, Place, TaskFilter
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.inbox_filter import filter_for, read_inbox_filter
from services.desk.pages.inbox_rows import People, people_of, whom_of
from services.desk.pages.language import N_, Words, retold
from services.desk.pages.rule_words import kind_label
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import PRIORITIES
from shared.web.headers import EVERYWHERE

router = APIRouter()
AT_ONCE, MOST = 500, 10_000
HEADS = (
    N_("Task"),
    N_("What"),
    N_("Kind"),
    N_("For whom"),
    N_("Client id"),
    N_("Matter id"),
    N_("Why"),
    N_("Who has it"),
    N_("Due"),
    N_("First due"),
    N_("Snoozed until"),
    N_("Priority"),
    N_("State"),
    N_("Escalation"),
    N_("Ended"),
)
CUT = N_("There is more than one file holds: narrow the list down.")
STATES = Words(
    {
        "open": N_("Open"),
        "snoozed": N_("Snoozed"),
        "done": N_("Done"),
        "cancelled": N_("No longer needed"),
    }
)


@router.get("/inbox.csv")
async def export_csv(request: Request, visit: Visitor) -> Response:
    """The list, for a spreadsheet."""
    desk = visit.context.desk
    chosen = replace(read_inbox_filter(request.query_params), next="")
    wanted = await filter_for(desk, visit.person, chosen)
    staff = await desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    day = f"{desk.runtime.clock.now().astimezone(desk.zone):%Y-%m-%d}"
    more = {
        "Content-Disposition": f'attachment; filename="tasks-{chosen.view}-{day}.csv"',
        "Cache-Control": "no-store",
    }
    lines = _lines(visit, wanted, names)
    return StreamingResponse(lines, media_type="text/csv", headers=EVERYWHERE | more)


async def _lines(visit: Visit, wanted: TaskFilter, names: Mapping[str, str]) -> AsyncIterator[str]:
    """The head, then the rows, never more in memory than one page of them."""
    desk, after, count = visit.context.desk, None, 0
    yield MARK + row_of(map(retold, HEADS))
    while count < MOST:
        page = Page(limit=AT_ONCE, after=after, newest_first=wanted.ended)
        tasks = await desk.tasks.page(wanted, page)
        called = await people_of(desk, tasks)
        now = desk.runtime.clock.now()
        yield "".join(row_of(_cells(task, names, called, now, desk.zone)) for task in tasks)
        count += len(tasks)
        if len(tasks) < AT_ONCE:
            return
        last = tasks[-1]
        at = last.ended_at if wanted.ended else last.due_at
        after = Place(at or EPOCH, last.task_id)
    yield row_of((retold(CUT),))


def _cells(
    task: ListedTask,
    names: Mapping[str, str],
    called: People,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[str, ...]:
    state = task.shown_state(now)
    asleep = task.snoozed_until if state == "snoozed" else None
    return (
        task.task_id,
        task.title,
        kind_label(task.kind),
        whom_of(task, called),
        task.about.get("client_id", ""),
        task.about.get("matter_id", ""),
        task.why.text if task.why else "",
        names.get(task.owner_id, task.owner_id) if task.owner_id else "",
        _local(task.due_at, zone),
        _local(task.said_due_at if task.due_at != task.said_due_at else None, zone),
        _local(asleep, zone),
        PRIORITIES.get(task.priority, task.priority),
        STATES[state],
        str(task.escalated(now) or ""),
        _local(task.ended_at, zone),
    )


def _local(instant: datetime | None, zone: ZoneInfo) -> str:
    """On the firm's clock, as spreadsheets read it."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else ""
