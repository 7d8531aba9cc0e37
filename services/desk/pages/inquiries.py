"""/inquiries and /inquiries/{id}: who asked for help, where does each stand, and with whom?

The most pressing first. What anybody told beside their name stands in the tasks, which ask intake
for it; here is only what leads there.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.clients import check_sees_clients, check_sees_inquiry
from services.desk.domain.holding import may_decide
from services.desk.domain.inquiries import (
    ENDS,
    OPEN,
    PHASES,
    InquirerLetter,
    ListedInquiry,
    Move,
    ids_of,
)
from services.desk.domain.inquiry_figures import figures_by_source
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.walls import check_unscreened
from services.desk.pages import words
from services.desk.pages.area_words import area_name
from services.desk.pages.flash import shown_outcome
from services.desk.pages.held_words import Held, decided_about, decided_of
from services.desk.pages.inbox_rows import rows_of
from services.desk.pages.inquiry_words import (
    BECAUSE,
    PHASE_WORDS,
    letter_words,
    source_words,
    tone_of,
)
from services.desk.pages.language import _
from services.desk.pages.restriction_words import banners_of
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.ports.inquiries import INQUIRIES

router = APIRouter()
AT_ONCE = 50
COUNTED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Row:
    """One inquiry in the pipeline."""

    inquiry_id: str
    name: str
    phase: str
    tone: str
    source: str
    age: str
    there: str  # for how long it stands where it does
    owner: str
    deadline: str
    priority: str
    to_do: int  # open tasks about it
    decided: Sequence[Held] = ()  # just now, so that it still stands where it stood


@router.get("/inquiries")
async def show_pipeline(request: Request, visit: Visitor) -> Response:
    """The inquiries of one phase, or all that are not at their end."""
    check_sees_clients(visit.person)
    desk, now = visit.context.desk, visit.context.desk.runtime.clock.now()
    phase = request.query_params.get("phase", "")
    phase = phase if phase in PHASES else ""
    after = "" if phase in ENDS else request.query_params.get("next", "")[:200]
    found, counts, outcome = await asyncio.gather(
        desk.inquiries.page(phase, AT_ONCE + 1, after, screened=visit.person.screened),
        desk.inquiries.counts(now - COUNTED_FOR, screened=visit.person.screened),
        shown_outcome(visit, request.query_params.get("did", "")),
    )
    shown = found[:AT_ONCE]
    standing = {name: sum(each.count for each in counts if each.phase == name) for name in OPEN}
    return visit.page(
        "inquiries.html",
        rows=await _rows(visit, shown, now),
        phase=phase,
        phases=[(name, PHASE_WORDS[name], standing.get(name)) for name in PHASES],
        open_count=sum(standing.values()),
        next=shown[-1].order if len(found) > AT_ONCE and phase not in ENDS else "",
        cut=len(found) > AT_ONCE,
        begun=after,
        figures=figures_by_source(counts),
        said_source=source_words,
        days=COUNTED_FOR.days,
        outcome=outcome,
    )


@router.get("/inquiries/{inquiry_id}")
async def show_inquiry(request: Request, visit: Visitor, inquiry_id: str) -> Response:
    """One inquiry: where it stands, how it came there, and what is to be done."""
    check_sees_inquiry(visit.person, inquiry_id)
    desk = visit.context.desk
    unit = await desk.runtime.look(lambda _: [INQUIRIES.one(inquiry_id)])
    inquiry = unit.get(INQUIRIES, inquiry_id)
    if inquiry is None:
        raise ProblemError(404, _("No inquiry of this id is known."), code="unknown-inquiry")
    check_unscreened(ids_of(inquiry), visit.person.screened)
    now = desk.runtime.clock.now()
    tasks = await desk.inquiries.tasks([inquiry_id])
    mine = [task for task in tasks if may_decide(task, visit.person)]
    people = [*_people(inquiry), *(task.owner_id for task in tasks if task.owner_id)]
    names = await names_of(visit.context, people)
    return visit.page(
        "inquiry_at_desk.html",
        inquiry=inquiry,
        row=_row(inquiry, tasks, names, now),
        asked=words.exactly(inquiry.received_at, desk.zone) if inquiry.received_at else "",
        area=area_name(inquiry.practice_area),
        moves=[_move(each, names, desk.zone) for each in inquiry.moves],
        letters=[_letter(each, desk.zone) for each in inquiry.letters],
        tasks=await rows_of(desk, mine, visit.id, names),
        in_the_way=await banners_of(visit, ids_of(inquiry)),
        decided=await decided_about(visit, ids_of(inquiry)),
        of_others=len(tasks) - len(mine),
        outcome=await shown_outcome(visit, request.query_params.get("did", "")),
    )


def _people(inquiry: ListedInquiry) -> list[str]:
    every = [inquiry.held_by, *(each.by for each in inquiry.moves)]
    return [each for each in every if each is not None]


async def _rows(visit: Visit, shown: Sequence[ListedInquiry], now: datetime) -> list[Row]:
    desk = visit.context.desk
    tasks = await desk.inquiries.tasks([each.inquiry_id for each in shown])
    about: dict[str, list[ListedTask]] = {}
    for task in tasks:
        about.setdefault(task.about["inquiry_id"], []).append(task)
    held = [each.held_by for each in shown if each.held_by]
    names = await names_of(visit.context, [*held, *(t.owner_id for t in tasks if t.owner_id)])
    decided = await decided_of(visit, tasks)
    rows = [_row(each, about.get(each.inquiry_id, ()), names, now) for each in shown]
    return [_with_decided(row, about.get(row.inquiry_id, ()), decided) for row in rows]


def _with_decided(row: Row, tasks: Sequence[ListedTask], decided: Sequence[Held]) -> Row:
    ids = {task.task_id for task in tasks}
    return replace(row, decided=[each for each in decided if each.task_id in ids])


def _row(
    inquiry: ListedInquiry,
    tasks: Sequence[ListedTask],
    names: Mapping[str, str],
    now: datetime,
) -> Row:
    holder = next((task.owner_id for task in tasks if task.owner_id), None) or inquiry.held_by
    since = inquiry.moved_at or inquiry.received_at
    pressing = [each for each in ("urgent", "high") if any(t.priority == each for t in tasks)]
    return Row(
        inquiry_id=inquiry.inquiry_id,
        name=inquiry.name or _("Name not known"),
        phase=PHASE_WORDS[inquiry.phase],
        tone=tone_of(inquiry.phase),
        source=source_words(inquiry.channel, inquiry.referral),
        age=words.length(now - inquiry.received_at) if inquiry.received_at else "",
        there=words.length(now - since) if since else "",
        owner=names.get(holder, holder) if holder else "",
        deadline=inquiry.deadline,
        priority=pressing[0] if pressing else "",
        to_do=len(tasks),
    )


def _move(move: Move, names: Mapping[str, str], zone: ZoneInfo) -> dict[str, str]:
    return {
        "phase": PHASE_WORDS[move.phase],
        "at": words.exactly(move.at, zone),
        "by": names.get(move.by, move.by) if move.by else "",
        "because": BECAUSE.get(move.because or "", move.because or ""),
    }


def _letter(letter: InquirerLetter, zone: ZoneInfo) -> dict[str, str]:
    return {
        "said": letter_words(letter.letter, letter.fate),
        "at": words.exactly(letter.at, zone),
        "why": letter.text,
        "tone": "" if letter.fate == "sent" else "warn",
    }
