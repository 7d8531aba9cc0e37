"""/inbox: what is there to do, by when, and whose is it?

One list in parts by due day, cut by value, so that a page costs the same among a hundred tasks and
among a hundred thousand.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.desk import Desk
from services.desk.domain.clients import may_see_clients
from services.desk.domain.due import GroupName, group_of
from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import EPOCH, Page, Place, read_place, write_place
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import walled_off
from services.desk.pages.first_days import first_days_left
from services.desk.pages.flash import shown_outcome
from services.desk.pages.held_words import refused_later
from services.desk.pages.inbox_filter import (
    GROUPED,
    VIEWS,
    InboxFilter,
    ViewName,
    filter_for,
    narrowed_to,
    read_inbox_filter,
)
from services.desk.pages.inbox_rows import Row, called, rows_of
from services.desk.pages.language import N_, Words
from services.desk.pages.presence import at_tasks
from services.desk.pages.rule_words import kind_label
from services.desk.pages.visitor import Visit, Visitor, go, names_of
from services.desk.pages.words import PRIORITIES
from services.desk.ports.preferences import SAVED_VIEWS
from shared.contracts.task_kinds import TASK_KINDS

router = APIRouter()
ROWS = 50
GROUP_NAMES: Mapping[GroupName, str] = Words(
    {
        "overdue": N_("Overdue"),
        "today": N_("Today"),
        "week": N_("This week"),
        "later": N_("Later"),
        "none": N_("No date"),
    }
)
COUNTED: tuple[ViewName, ...] = ("mine", "team", "unassigned", "waiting", "snoozed")


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the list."""

    name: str
    title: str
    count: int | None
    rows: list[Row]


@router.get("/")
async def begin() -> Response:
    """The inbox is where work begins."""
    return go("/inbox")


@router.get("/inbox")
async def show_inbox(request: Request, visit: Visitor) -> Response:
    """The list a person chose."""
    desk = visit.context.desk
    chosen = read_inbox_filter(request.query_params)
    wanted = await filter_for(desk, visit.person, chosen)
    after = read_place(chosen.next) if chosen.next else None
    page = Page(limit=ROWS + 1, after=after, newest_first=wanted.ended)
    found, counts, dues, staff, saved, outcome = await asyncio.gather(
        desk.tasks.page(wanted, page),
        _counts(desk, visit.person),
        desk.tasks.dues(wanted) if chosen.view in GROUPED else _nothing(),
        desk.staff.everybody(),
        _saved(visit),
        shown_outcome(visit, request.query_params.get("did", "")),
    )
    shown = found[:ROWS]
    names = await names_of(visit.context, [person.staff_id for person in staff])
    here = await at_tasks(desk, [each.task_id for each in shown], visit.id, names)
    rows = [
        replace(row, here=here.get(row.task_id, ""))
        for row in await rows_of(desk, shown, visit.id, names)
    ]
    return visit.page(
        "inbox.html",
        chosen=chosen,
        views=VIEWS,
        counts=counts,
        groups=_groups(chosen, rows, dues, desk),
        more=_after(shown[-1], wanted.ended) if len(found) > ROWS else "",
        outcome=outcome,
        refused_later=await refused_later(visit),
        first_days=await first_days_left(visit),
        narrowed=narrowed_to(chosen, names, await _client(visit, chosen.client)),
        saved=saved,
        colleagues=_colleagues(staff, names, shown),
        people=sorted(((id, name) for id, name in names.items()), key=lambda each: each[1]),
        kinds=[(kind, kind_label(kind)) for kind in TASK_KINDS],
        priorities=PRIORITIES,
    )


def _groups(
    chosen: InboxFilter, rows: list[Row], dues: Sequence[datetime | None], desk: Desk
) -> list[Group]:
    if chosen.view not in GROUPED:
        return [Group(chosen.view, VIEWS[chosen.view], None, rows)] if rows else []
    now = desk.runtime.clock.now()
    counts = Counter(group_of(due_at, now, desk.zone) for due_at in dues)
    return [
        Group(name, title, counts[name], _pressing_first(row for row in rows if row.group == name))
        for name, title in GROUP_NAMES.items()
        if any(row.group == name for row in rows)
    ]


def _pressing_first(rows: Iterable[Row]) -> list[Row]:
    """What is urgent stands first in its part; the rest as it falls due."""
    return sorted(rows, key=lambda row: row.priority != "urgent")


def _after(task: ListedTask, ended: bool) -> str:
    at = task.ended_at if ended else task.due_at
    return write_place(Place(at or EPOCH, task.task_id))


async def _counts(desk: Desk, person: StaffMember) -> dict[str, int]:
    wanted = [await filter_for(desk, person, InboxFilter(view=view)) for view in COUNTED]
    wanted += [
        await filter_for(desk, person, InboxFilter(view=view, due="overdue"))
        for view in ("team", "mine")
    ]
    *counts, team, mine = await asyncio.gather(*(desk.tasks.count(each) for each in wanted))
    return {**dict(zip(COUNTED, counts, strict=True)), "overdue_elsewhere": max(0, team - mine)}


async def _nothing() -> Sequence[datetime | None]:
    return ()


async def _client(visit: Visit, client_id: str) -> str:
    """What a client is called, for whoever may see clients."""
    walled = walled_off({"client_id": client_id}, visit.person.screened)
    if not client_id or walled or not may_see_clients(visit.person):
        return ""
    return (await called(visit.context.desk, [client_id]))[client_id] or ""


async def _saved(visit: Visit) -> list[tuple[str, str]]:
    unit = await visit.context.desk.runtime.look(lambda _: [SAVED_VIEWS.by("staff", visit.id)])
    views = unit.find(SAVED_VIEWS, "staff", visit.id)
    return sorted((view.name or view.slug, view.slug) for view in views)


def _colleagues(
    staff: Sequence[StaffMember], names: dict[str, str], tasks: Sequence[ListedTask]
) -> list[tuple[str, str]]:
    """Whom any of these tasks may be given."""
    fitting = [
        person
        for person in staff
        if person.active and any(may_decide(task, person) for task in tasks)
    ]
    return sorted(((each.staff_id, names[each.staff_id]) for each in fitting), key=lambda e: e[1])
