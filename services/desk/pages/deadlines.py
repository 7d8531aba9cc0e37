"""/deadlines: which deadlines run out soon, and what was entered, changed and done on a day?

The log of a day is what a firm prints and keeps: every deadline that was entered, moved, done or
cancelled on it, who verified and acknowledged which, and who did it.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.clients import check_sees_clients
from services.desk.domain.diary import VERIFIED, DiaryLine, ListedDeadline
from services.desk.domain.walls import walled_off
from services.desk.pages.language import N_, Words, _, dated
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.ports.clients import CARDS
from services.desk.ports.diary import DEADLINES
from shared.calendar import FirmCalendar
from shared.contracts.fields import read_day

router = APIRouter()
AHEAD = timedelta(days=31)
MOST = 500
DAY = timedelta(days=1)
WHAT = Words(
    {
        "deadline-set": N_("Entered"),
        "deadline-moved": N_("Changed"),
        "deadline-done": N_("Done"),
        "deadline-cancelled": N_("Cancelled"),
        "deadline-verified": N_("Verified"),
        "deadline-acknowledged": N_("Acknowledged"),
    }
)
PARTS = Words({"lawyer": N_("lawyer of the matter"), "second": N_("second person")})


@dataclass(frozen=True, slots=True)
class Row:
    """A deadline that runs, in words."""

    day: str
    diary_day: str  # empty: the same day
    tone: str
    what: str
    whom: str
    place: str
    matter: str
    source_rule: str
    verified_by: str
    watched_by: str  # both, or who is missing
    complete: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, in words."""

    time: str
    did: str
    what: str
    day: str
    whom: str
    matter: str
    source_rule: str
    by: str


@router.get("/deadlines")
async def show_deadlines(visit: Visitor, day: str = "") -> Response:
    """The diary from today on, and the log of one day; today's, unless another is named."""
    check_sees_clients(visit.person)
    desk = visit.context.desk
    today = desk.calendar.day_of(desk.runtime.clock.now())
    shown = _day(day, today)
    until = (today + AHEAD).isoformat()
    screened = visit.person.screened
    running, every = await asyncio.gather(
        desk.diary.running(until, MOST, screened=screened),
        desk.diary.log(shown.isoformat(), MOST, screened=screened),
    )
    known = await _known(visit, [*running], every)
    lines = [each for each in every if each.deadline_id in known]
    whom = await _clients(visit, known.values())
    names = await names_of(visit.context, _people(running, lines))
    return visit.page(
        "deadlines.html",
        rows=[_row(each, whom, names, desk.calendar, today) for each in running],
        lines=[_line(visit, each, known, whom, names) for each in lines],
        cut=len(running) == MOST or len(every) == MOST,
        day=shown.isoformat(),
        title=words_of(shown),
        is_today=shown == today,
        before=(shown - DAY).isoformat(),
        after=(shown + DAY).isoformat(),
    )


def words_of(day: date) -> str:
    """Sunday, 6 December 2026."""
    return dated(day, "weekday")


def _day(typed: str, today: date) -> date:
    try:
        return read_day(typed) if typed else today
    except ValueError:
        return today


async def _known(
    visit: Visit, running: list[ListedDeadline], lines: Iterable[DiaryLine]
) -> dict[str, ListedDeadline]:
    """Each deadline that is spoken of, by id, as far as no wall keeps this person from it."""
    found = {each.deadline_id: each for each in running}
    missing = sorted({each.deadline_id for each in lines} - set(found))
    unit = await visit.context.desk.runtime.look(
        lambda _: [DEADLINES.one(each) for each in missing]
    )
    read = (unit.get(DEADLINES, each) for each in missing)
    return found | {
        each.deadline_id: each
        for each in read
        if each is not None and not walled_off(_about(each), visit.person.screened)
    }


def _about(deadline: ListedDeadline) -> dict[str, str | None]:
    return {"client_id": deadline.client_id, "matter_id": deadline.matter_id}


async def _clients(visit: Visit, known: Iterable[ListedDeadline]) -> dict[str, str]:
    ids = sorted({each.client_id for each in known if each.client_id})
    unit = await visit.context.desk.runtime.look(lambda _: [CARDS.one(each) for each in ids])
    cards = {each: unit.get(CARDS, each) for each in ids}
    return {
        each: (card.name if card else None) or _("Client {each}").format(each=each)
        for each, card in cards.items()
    }


def _people(running: Iterable[ListedDeadline], lines: Iterable[DiaryLine]) -> list[str]:
    found = {by for each in running for by in (*each.seen.values(), each.set_by)}
    return sorted(each for each in found | {line.by for line in lines} if each)


def _row(
    each: ListedDeadline,
    whom: Mapping[str, str],
    names: Mapping[str, str],
    calendar: FirmCalendar,
    today: date,
) -> Row:
    day = date.fromisoformat(each.day)
    kept = calendar.days.roll_back(day)
    verified = each.seen_by(VERIFIED)
    watch = {part: each.seen_by(part) for part in PARTS}
    watched = [
        names.get(by, by) if by else _("{part} missing").format(part=PARTS[part])
        for part, by in watch.items()
    ]
    near = kept <= calendar.days.add(today, 1)
    return Row(
        day=words_of(day),
        diary_day=words_of(kept) if kept != day else "",
        tone="danger" if kept < today else "warn" if near else "",
        what=each.kind or _("A deadline"),
        whom=whom.get(each.client_id or "", ""),
        place=f"/clients/{each.client_id}" if each.client_id else "",
        matter=each.matter_id,
        source_rule=each.source_rule,
        verified_by=names.get(verified, verified),
        watched_by=", ".join(watched),
        complete=bool(verified) and all(watch.values()),
    )


def _line(
    visit: Visit,
    line: DiaryLine,
    known: Mapping[str, ListedDeadline],
    whom: Mapping[str, str],
    names: Mapping[str, str],
) -> Line:
    deadline = known.get(line.deadline_id)
    day = line.day or (deadline.day if deadline else "")
    did = WHAT[line.what] + (f" ({PARTS[line.part]})" if line.part else "")
    return Line(
        time=f"{line.at.astimezone(visit.context.desk.zone):%H:%M}",
        did=did,
        what=(deadline.kind if deadline else "") or _("A deadline"),
        day=words_of(date.fromisoformat(day)) if day else "",
        whom=whom.get((deadline.client_id if deadline else None) or "", ""),
        matter=line.matter_id,
        source_rule=line.source_rule or (deadline.source_rule if deadline else ""),
        by=names.get(line.by, line.by),
    )
