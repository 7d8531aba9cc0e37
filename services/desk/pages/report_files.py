"""/reports/{name}.csv and /reports/risks.csv: the same as on the page, for a spreadsheet.

A line for each figure, and for each reason why a client may leave. Numbers are whole: what a page
rounds is not rounded here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.locations import Names
from services.desk.domain.reports import check_sees_reports
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.conflicts import answered
from services.desk.pages.language import N_, _, retold
from services.desk.pages.report_choice import read_choice
from services.desk.pages.report_rows import clients_called
from services.desk.pages.report_words import (
    REPORTS,
    group_words,
    month_words,
    name_words,
    reason_words,
    scope_words,
    span_words,
)
from services.desk.pages.reports import owners_in, report_told
from services.desk.pages.visitor import Visitor
from services.desk.pages.words import exactly
from shared.contracts.reports import FigureTold
from shared.web.headers import EVERYWHERE

router = APIRouter()
DECIMALS = 4
HEADS = (
    N_("Report"),
    N_("Figure"),
    N_("Group"),
    N_("Of"),
    N_("Month"),
    N_("Value"),
    "n",
    N_("Low"),
    N_("High"),
)
RISK_HEADS = (N_("Client"), "client_id", N_("Since"), N_("Why"), N_("Reason since"))


@router.get("/reports/risks.csv")
async def export_risks(visit: Visitor) -> Response:
    """Every client who may leave, a line for each reason."""
    check_sees_reports(visit.person)
    desk = visit.context.desk
    told = answered(await desk.reports.risks(visit.person))
    names = await clients_called(visit, [each.client_id for each in told.risks], [])

    def at(instant: str) -> str:
        return exactly(datetime.fromisoformat(instant), desk.zone) if instant else ""

    lines = [
        (names.get(each.client_id, ""), each.client_id, at(each.since),
         reason_words(reason.reason), at(reason.since))
        for each in told.risks
        for reason in each.reasons
    ]  # fmt: skip
    if told.cut:
        lines.append((_("There are more; these are the latest."), "", "", "", ""))
    return as_file("risks", RISK_HEADS, lines)


@router.get("/reports/{name}.csv")
async def export_report(request: Request, visit: Visitor, name: str) -> Response:
    """Every figure of a report, month by month and by area, lawyer and stage."""
    check_sees_reports(visit.person)
    if name not in REPORTS:
        raise ProblemError(404, _("There is no such report."), code="unknown-report")
    told = await report_told(visit, read_choice(name, request.query_params))
    names = await owners_in(visit, told)
    whole = span_words(told.since, told.until)
    own = scope_words(told.scope, names)
    parts: list[tuple[str, str, Sequence[FigureTold]]] = [(own, whole, told.figures)]
    parts += [(own, month_words(each.month), each.figures) for each in told.months]
    parts += [(scope_words(each.scope, names), whole, each.figures) for each in told.scopes]
    locations = visit.context.desk.locations
    lines = [
        _cells(name, of, when, each, locations) for of, when, figures in parts for each in figures
    ]
    return as_file(f"{name}-{told.since}-{told.until}", HEADS, lines)


def _cells(
    report: str, of: str, when: str, figure: FigureTold, locations: Names
) -> tuple[str, ...]:
    return (
        retold(REPORTS[report].title),
        name_words(figure),
        group_words(report, figure.group, locations),
        of,
        when,
        "" if figure.too_few else _number(figure.value),
        str(figure.n),
        _number(figure.low),
        _number(figure.high),
    )


def _number(value: float | None) -> str:
    """A figure in whole digits, however large."""
    if value is None:
        return ""
    digits = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def as_file(name: str, heads: Iterable[str], lines: Iterable[Sequence[str]]) -> Response:
    """Lines under their heads, as a file of this name."""
    more = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "no-store",
    }
    text = MARK + row_of(map(retold, heads)) + "".join(map(row_of, lines))
    return Response(text, media_type="text/csv", headers=EVERYWHERE | more)
