"""/reports/learning: who was to learn what, from which cause, and what do they do otherwise since?

The record of the firm's learning, for partners: on the page, on paper and for a spreadsheet. Words
are those of whoever gave it and of whoever learned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.reports import check_sees_reports
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.conflicts import answered
from services.desk.pages.language import N_, dated, retold
from services.desk.pages.report_choice import SPANS, Choice, read_choice
from services.desk.pages.report_words import group_words, span_words
from services.desk.pages.reports import recent_months
from services.desk.pages.visitor import Visit, Visitor, names_of
from shared.contracts.reports import LearningsTold
from shared.web.headers import EVERYWHERE

router = APIRouter()
NAME = "learning"
HEADS = (
    N_("Who"),
    N_("Cause"),
    N_("What to learn"),
    N_("Given by"),
    N_("Given on"),
    N_("To be learned by"),
    N_("Learned on"),
    N_("What they do otherwise since"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was given to learn."""

    whom: str
    cause: str
    what: str
    by: str
    given: str
    due: str
    learned: str
    note: str

    def cells(self) -> tuple[str, ...]:
        """As a line of a file."""
        return (self.whom, self.cause, self.what, self.by, self.given, self.due,
                self.learned, self.note)  # fmt: skip


@router.get("/reports/learning")
async def show_learning(request: Request, visit: Visitor) -> Response:
    """Everything given to learn, or learned, in these months."""
    choice, told = await _told(request, visit)
    return visit.page(
        "report_learning.html",
        choice=choice,
        spans=SPANS,
        recent=recent_months(visit),
        until=told.until,
        span=span_words(told.since, told.until),
        rows=list(await _rows(visit, told)),
        cut=told.cut,
    )


@router.get("/reports/learning.csv")
async def export_learning(request: Request, visit: Visitor) -> Response:
    """The same for a spreadsheet."""
    _, told = await _told(request, visit)
    lines = [row_of(each.cells()) for each in await _rows(visit, told)]
    more = {
        "Content-Disposition": f'attachment; filename="{NAME}-{told.since}-{told.until}.csv"',
        "Cache-Control": "no-store",
    }
    text = MARK + row_of(map(retold, HEADS)) + "".join(lines)
    return Response(text, media_type="text/csv", headers=EVERYWHERE | more)


async def _told(request: Request, visit: Visit) -> tuple[Choice, LearningsTold]:
    check_sees_reports(visit.person)
    choice = read_choice(NAME, request.query_params)
    asked = choice.asked("learning")
    return choice, answered(await visit.context.desk.reports.learning(asked, visit.person))


async def _rows(visit: Visit, told: LearningsTold) -> Iterator[Row]:
    ids = {id for each in told.learnings for id in (each.staff_id, each.assigned_by) if id}
    names = await names_of(visit.context, sorted(ids))
    zone = visit.context.desk.zone

    def day(at: str | None) -> str:
        return dated(datetime.fromisoformat(at).astimezone(zone).date(), "day") if at else ""

    return (
        Row(
            whom=names.get(each.staff_id, each.staff_id) if each.staff_id else each.team or "",
            cause=group_words("concerns", each.cause_code),
            what=each.what,
            by=names.get(each.assigned_by, each.assigned_by),
            given=day(each.assigned_at),
            due=day(each.due_at),
            learned=day(each.completed_at),
            note=each.note,
        )
        for each in told.learnings
    )
