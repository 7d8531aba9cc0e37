"""/conflicts: which conflict checks and searches were made, and what did each come to?

A page of intake's register, asked for in the name of the person who looks; nothing of it is kept.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from services.desk.domain.conflicts import check_sees_conflicts
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.csv_export import CUT
from services.desk.pages.language import N_, _, retold
from services.desk.pages.rule_words import SHOWS, STATES, TRIGGERS, said_found
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.checks import CheckRow, ChecksAsked, ChecksListed, Show
from shared.contracts.requests import Answer
from shared.errors import RuleError
from shared.web.headers import EVERYWHERE

router = APIRouter()
ROWS, AT_ONCE, MOST = 50, 500, 10_000
HEADS = (
    N_("Check"),
    N_("What"),
    N_("Who"),
    N_("Made"),
    N_("State"),
    N_("Known parties"),
    N_("Reopened"),
    N_("Not complete"),
    N_("Client id"),
    N_("Matter id"),
    N_("Inquiry id"),
    N_("Decided by"),
    N_("Decided"),
    N_("Searched by"),
)

T = TypeVar("T", bound=Answer)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    check_id: str
    name: str
    what: str
    state: str
    tone: str
    found: str
    made: str
    iso: str
    decided: str
    reopened: bool
    incomplete: bool


@router.get("/conflicts")
async def show_register(visit: Visitor, show: str = "all", after: str = "") -> Response:
    """A page of the register."""
    check_sees_conflicts(visit.person, visit.context.desk.firm_roles)
    chosen = _shown(show)
    listed = await page_of(visit, chosen, after, ROWS)
    people = {each for row in listed.rows for each in (row.decided_by, row.asked_by) if each}
    names, zone = await names_of(visit.context, sorted(people)), visit.context.desk.zone
    return visit.page(
        "conflicts.html",
        show=chosen,
        shows=SHOWS,
        rows=[_row(each, names, zone) for each in listed.rows],
        night=listed.night,
        incomplete=listed.incomplete,
        next=urlencode({"show": chosen, "after": listed.next}) if listed.next else "",
    )


@router.get("/conflicts.csv")
async def export_register(visit: Visitor, show: str = "all") -> Response:
    """The same list, for a spreadsheet."""
    check_sees_conflicts(visit.person, visit.context.desk.firm_roles)
    chosen, desk = _shown(show), visit.context.desk
    day = f"{desk.runtime.clock.now().astimezone(desk.zone):%Y-%m-%d}"
    more = {
        "Content-Disposition": f'attachment; filename="checks-{chosen}-{day}.csv"',
        "Cache-Control": "no-store",
    }
    first = await page_of(visit, chosen, "", AT_ONCE)  # what is refused is refused as a page
    lines = _lines(visit, chosen, first)
    return StreamingResponse(lines, media_type="text/csv", headers=EVERYWHERE | more)


async def page_of(visit: Visit, show: Show, after: str, limit: int) -> ChecksListed:
    """One page; RuleError says what intake refused."""
    asked = ChecksAsked(ask="register", show=show, after=after or None, limit=limit)
    return answered(await visit.context.desk.checks.listed(asked, visit.person))


def answered(answer: T | Refused) -> T:
    """The answer, or what was refused as an error of its own."""
    if isinstance(answer, Refused):
        raise RuleError(answer.message, code=answer.code, field=answer.field)
    return answer


async def _lines(visit: Visit, show: Show, first: ChecksListed) -> AsyncIterator[str]:
    """The head, then the rows, never more in memory than one page of them."""
    listed, count, zone = first, 0, visit.context.desk.zone
    yield MARK + row_of(map(retold, HEADS))
    while True:
        yield "".join(row_of(_cells(each, zone)) for each in listed.rows)
        count += len(listed.rows)
        if listed.next is None:
            return
        if count >= MOST:
            break
        listed = await page_of(visit, show, listed.next, AT_ONCE)
    yield row_of((retold(CUT),))


def _shown(show: str) -> Show:
    if show not in SHOWS:
        message = _("Choose one of: {join}.").format(join=", ".join(SHOWS))
        raise RuleError(message, code="unknown-filter", field="show")
    return cast("Show", show)


def _row(row: CheckRow, names: Mapping[str, str], zone: ZoneInfo) -> RegisterRow:
    state, tone = STATES.get(row.state, (row.state, ""))
    decided = ""
    if row.decided_by and row.decided_at:
        decided = _("Decided by {decided_by}").format(
            decided_by=names.get(row.decided_by, row.decided_by)
        )
    if row.asked_by:
        decided = _("Searched by {asked_by}").format(asked_by=names.get(row.asked_by, row.asked_by))
    return RegisterRow(
        check_id=row.check_id,
        name=row.name or _("Names no longer kept"),
        what=TRIGGERS.get(row.trigger, row.trigger),
        state=state,
        tone=tone,
        found=said_found(row.hits),
        made=exactly(datetime.fromisoformat(row.made_at), zone),
        iso=row.made_at,
        decided=decided,
        reopened=row.reopened > 0,
        incomplete=bool(row.incomplete),
    )


def _cells(row: CheckRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        row.check_id,
        TRIGGERS.get(row.trigger, row.trigger),
        row.name,
        _local(row.made_at, zone),
        STATES.get(row.state, (row.state, ""))[0],
        str(row.hits),
        str(row.reopened or ""),
        "; ".join(row.incomplete),
        row.client_id or "",
        row.matter_id or "",
        row.inquiry_id or "",
        row.decided_by or "",
        _local(row.decided_at, zone),
        row.asked_by or "",
    )


def _local(instant: str | None, zone: ZoneInfo) -> str:
    """On the firm's clock, as spreadsheets read it."""
    if not instant:
        return ""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%d %H:%M}"
