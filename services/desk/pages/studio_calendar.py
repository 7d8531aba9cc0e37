"""/studio/calendar: on which days and at which hours is the firm at work, and what if others?

Nothing is kept here; an address says all there is to it. Days that are to hold go into the person's
draft of what the firm says of itself.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.closed_days import as_lines, closed_in, moves, with_days
from services.desk.domain.studio import check_changes_rules
from services.desk.pages.language import dated
from services.desk.pages.visitor import Visit, Visitor
from services.desk.pages.words import exactly
from shared.errors import RuleError

router = APIRouter()
FIRST_YEAR, YEARS_AHEAD = 2000, 10


@router.get("/studio/calendar")
async def show_calendar(request: Request, visit: Visitor) -> Response:
    """A year, and what other closed days would mean."""
    check_changes_rules(visit.person)
    typed = {name: value[:20] for name, value in request.query_params.items()}
    calendar = visit.context.desk.calendar
    today = calendar.day_of(visit.context.desk.runtime.clock.now())
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    try:
        found = _tried(visit, typed) if typed.get("first") else {}
    except RuleError as no:
        errors = {no.field or "": no.message}
    year = _year(typed.get("year", ""), today)
    return visit.page(
        "studio_calendar.html",
        422 if errors else 200,
        year=year,
        years=(year - 1, year + 1),
        days=[(each, dated(each.day, "weekday")) for each in closed_in(calendar, year)],
        calendar=calendar,
        tried=found,
        typed={"do": "close", "every": "once", **typed},
        errors=errors,
    )  # fmt: skip


def _tried(visit: Visit, typed: Mapping[str, str]) -> dict[str, Any]:
    """The line of the file, and what would be due at another time."""
    calendar, zone = visit.context.desk.calendar, visit.context.desk.zone
    first = _day(typed, "first")
    last = _day(typed, "last") if typed.get("last") else first
    after = with_days(
        calendar, first, last,
        closed=typed.get("do") != "open", yearly=typed.get("every") == "yearly",
    )  # fmt: skip
    return {
        "line": as_lines(after),
        "days": ", ".join(str(each) for each in after.days.own_closed_days),
        "same": after == calendar,
        "still_closed": [
            f"{dated(each.day, 'weekday')}: {each.holiday}"
            for each in closed_in(after, first.year)
            if each.holiday and first <= each.day <= last
        ],
        "moves": [
            (exactly(each.asked, zone), each.days, exactly(each.before, zone),
             exactly(each.after, zone))
            for each in moves(calendar, after, first)
        ],
    }  # fmt: skip


def _day(typed: Mapping[str, str], name: str) -> date:
    try:
        return datetime.strptime(typed.get(name, ""), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise RuleError("Give a day, like 2026-12-24.", code="invalid", field=name) from None


def _year(typed: str, today: date) -> int:
    asked = int(typed) if typed.isdecimal() and len(typed) == len("2026") else today.year
    return min(max(asked, FIRST_YEAR), today.year + YEARS_AHEAD)
