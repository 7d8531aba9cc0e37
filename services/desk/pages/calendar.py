"""/c/{token}.ics and /settings/calendar: how do a person's due tasks get into their own calendar?

A calendar program asks again and again, without a session: the address itself is the key. It is
shown to its owner only, derived each time, and ends with a click.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request
from icalendar import Calendar, Event
from starlette.responses import Response

from services.desk.domain.calendar_feed import (
    LASTS,
    MOST,
    PURPOSE,
    CalendarFeed,
    Entry,
    is_open,
    staff_id_of,
)
from services.desk.domain.listed_task import ListedTask, ShownState
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import _
from services.desk.pages.page_context import PageContext, context_of
from services.desk.pages.rule_words import kind_label
from services.desk.pages.visitor import Sent, SentForm, Visit, go
from services.desk.ports.preferences import CALENDARS
from services.desk.ports.staff import STAFF
from services.desk.workflow.sharing_calendar import feed_needs, feed_of, renew, turn_off
from shared.requests.tokens import make_token, read_token
from shared.state.unit_of_work import UnitOfWork
from shared.web.addresses import address_of
from shared.web.headers import EVERYWHERE

router = APIRouter()
EVERY = "PT15M"  # how often a calendar program should ask
LONGEST_TOKEN = 200
OPEN: tuple[ShownState, ...] = ("open", "snoozed")


@router.api_route("/c/{token}.ics", methods=["GET", "HEAD"])
async def show_calendar(request: Request, token: str) -> Response:
    """The calendar of whoever this address was made for; 404 for every other address alike."""
    context = context_of(request)
    if not context.calendar_pace.allows(link=token, address=address_of(request)):
        return Response(status_code=429, headers=EVERYWHERE | {"Retry-After": "300"})
    person = await _person(context, token[:LONGEST_TOKEN])
    if person is None:
        return Response(status_code=404, headers=EVERYWHERE | {"Cache-Control": "no-store"})
    content = calendar_file(await _entries(context, person), context.firm, context.url)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = EVERYWHERE | {"ETag": tag, "Cache-Control": "private, no-cache",
                            "X-Robots-Tag": "noindex"}  # fmt: skip
    if _knows(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="text/calendar")


@router.post("/settings/calendar/renew")
async def renew_address(form: Sent) -> Response:
    """Make an address, or a new one."""
    return await _change(form, renew(form.visit.id), _("The calendar has a new address."))


@router.post("/settings/calendar/off")
async def end_address(form: Sent) -> Response:
    """Let the address end."""
    return await _change(form, turn_off(form.visit.id), _("The calendar's address works no more."))


async def calendar_address(visit: Visit) -> str:
    """The address of a person's calendar; "" where there is none."""
    unit = await visit.context.desk.runtime.look(feed_needs(visit.id))
    feed = feed_of(unit, visit.id)
    if not feed.on:
        return ""
    context = visit.context
    return f"{context.url}/c/{make_token(context.form_key, PURPOSE, feed.subject)}.ics"


def calendar_file(entries: list[Entry], firm: str, url: str) -> bytes:
    """The entries as an RFC 5545 file; the same entries are the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Clientele//Desk//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Tasks, {firm}").format(firm=firm))
    calendar.add("refresh-interval;value=duration", EVERY)
    calendar.add("x-published-ttl", EVERY)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id}@clientele")
        event.add("dtstamp", entry.changed)
        event.add("last-modified", entry.changed)
        event.add("sequence", entry.version)
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.begins + LASTS)
        event.add("summary", entry.title)
        event.add("url", f"{url}/tasks/{entry.id}")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


async def _person(context: PageContext, token: str) -> StaffMember | None:
    """Whose address this is, if it works and they still work here."""
    subject = read_token(context.form_key, PURPOSE, token)
    if subject is None:
        return None
    staff_id = staff_id_of(subject)
    unit = await context.desk.runtime.look(lambda _: [CALENDARS.one(staff_id), STAFF.one(staff_id)])
    feed: CalendarFeed | None = unit.get(CALENDARS, staff_id)
    person = unit.get(STAFF, staff_id)
    return person if person and person.active and is_open(feed, subject) else None


async def _entries(context: PageContext, person: StaffMember) -> list[Entry]:
    """What this person has to do, by its due instant; never what they may not deal with."""
    mine = TaskFilter(may=person, owner_id=person.staff_id)
    parts = [
        await context.desk.tasks.page(replace(mine, state=state), Page(limit=MOST))
        for state in OPEN
    ]
    return [entry for part in parts for task in part if (entry := _entry(task))]


def _entry(task: ListedTask) -> Entry | None:
    if task.due_at is None:
        return None
    changed = task.history[-1].at if task.history else task.due_at
    steps = len(task.history)  # grows with everything that happens to a task
    return Entry(task.task_id, kind_label(task.kind), task.due_at, steps, changed)


def _knows(header: str, tag: str) -> bool:
    """Whether the program has these very bytes already (RFC 9110: weak comparison)."""
    known = {each.strip().removeprefix("W/") for each in header.split(",")}
    return tag in known or "*" in known


async def _change(
    form: SentForm, step: Callable[[UnitOfWork], CalendarFeed], what: str
) -> Response:
    visit = form.visit
    await visit.context.desk.act(step, feed_needs(visit.id), form.id)
    outcome = await keep_outcome(form, what)
    return go(with_outcome("/settings", outcome) + "#calendar")
