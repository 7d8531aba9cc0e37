"""/reports/{name}/rows, /reports/risks and /reports/{name}.csv: what is behind a figure?

Each row leads to its why: the line of the client's timeline, the inquiry or the task.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.locations import Names
from services.desk.domain.reports import check_sees_reports
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.conflicts import answered
from services.desk.pages.language import N_, _, retold
from services.desk.pages.report_choice import read_choice
from services.desk.pages.report_words import (
    REPORTS,
    group_words,
    month_words,
    name_words,
    reason_words,
    scope_words,
    span_words,
    value_words,
)
from services.desk.pages.reports import owners_in, report_told
from services.desk.pages.row_words import row_words
from services.desk.pages.visitor import Visit, Visitor
from services.desk.pages.words import exactly
from services.desk.ports.clients import CARDS
from services.desk.ports.inquiries import INQUIRIES
from shared.contracts.reports import FigureTold, RowTold
from shared.web.headers import EVERYWHERE

router = APIRouter()
GROUPS = {  # of a timeline, by report
    "commitments": "owed",
    "responses": "owed",
    "satisfaction": "feedback",
    "invited": "feedback",
    "asks": "feedback",
    "concerns": "feedback",
    "automation": "contacts",
    "overdue": "tasks",
}
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


@dataclass(frozen=True, slots=True)
class Row:
    """One thing behind a figure."""

    whom: str
    what: str
    at: str
    iso: str
    place: str


@router.get("/reports/risks")
async def show_risks(visit: Visitor) -> Response:
    """Every client who may leave, with every reason and since when."""
    check_sees_reports(visit.person)
    desk = visit.context.desk
    told = answered(await desk.reports.risks(visit.person))
    names = await _names(visit, [each.client_id for each in told.risks], [])
    rows = [
        {
            "place": f"/clients/{each.client_id}?about=feedback",
            "whom": names.get(each.client_id, each.client_id),
            "since": exactly(datetime.fromisoformat(each.since), desk.zone) if each.since else "",
            "reasons": [
                {
                    "words": reason_words(reason.reason),
                    "since": exactly(datetime.fromisoformat(reason.since), desk.zone),
                    "place": f"/clients/{each.client_id}#e-{reason.msg_id}",
                }
                for reason in each.reasons
            ],
        }
        for each in told.risks
    ]
    return visit.page("report_risks.html", rows=rows, cut=told.cut)


@router.get("/reports/{name}/rows")
async def show_rows(request: Request, visit: Visitor, name: str) -> Response:
    """The things behind a figure of some months, the latest first."""
    check_sees_reports(visit.person)
    if name not in REPORTS:
        raise ProblemError(404, _("There is no such report."), code="unknown-report")
    choice = read_choice(name, request.query_params)
    wanted = request.query_params.get("figure", "")[:200]
    told = await report_told(visit, choice)
    figure = next((f for f in told.figures if f"{f.name}|{f.group}" == wanted), None)
    if figure is None or figure.too_few or not figure.labels:
        raise ProblemError(404, _("Nothing is behind this figure."), code="unknown-figure")
    asked = replace(choice, labels=tuple(figure.labels)).asked("rows")
    found = answered(await visit.context.desk.reports.rows(asked, visit.person))
    names = await owners_in(visit, told)
    locations = visit.context.desk.locations
    again = {
        "figure": wanted,
        "months": choice.months,
        "until": choice.until,
        "scope": choice.scope,
        "after": found.next or "",
    }
    return visit.page(
        "report_rows.html",
        about=REPORTS[name],
        choice=choice,
        what=f"{name_words(figure)}: {group_words(name, figure.group, locations)}",
        value=value_words(figure, figure.value),
        n=figure.n,
        scope=scope_words(told.scope, names),
        span=span_words(told.since, told.until),
        rows=await _rows(visit, name, found.rows),
        next=f"/reports/{name}/rows?{urlencode(again)}" if found.next else "",
    )


@router.get("/reports/{name}.csv")
async def export_report(request: Request, visit: Visitor, name: str) -> Response:
    """Every figure of a report, month by month and by area, lawyer and stage, for a spreadsheet."""
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
    lines = [
        row_of(_cells(name, of, when, f, visit.context.desk.locations))
        for of, when, figures in parts
        for f in figures
    ]
    more = {
        "Content-Disposition": f'attachment; filename="{name}-{told.since}-{told.until}.csv"',
        "Cache-Control": "no-store",
    }
    text = MARK + row_of(map(retold, HEADS)) + "".join(lines)
    return Response(text, media_type="text/csv", headers=EVERYWHERE | more)


def _cells(
    report: str, of: str, when: str, figure: FigureTold, locations: Names
) -> tuple[str, ...]:
    return (
        REPORTS[report].title,
        name_words(figure),
        group_words(report, figure.group, locations),
        of,
        when,
        "" if figure.value is None or figure.too_few else f"{figure.value:g}",
        str(figure.n),
        "" if figure.low is None else f"{figure.low:g}",
        "" if figure.high is None else f"{figure.high:g}",
    )


async def _rows(visit: Visit, report: str, rows: Sequence[RowTold]) -> list[Row]:
    clients = [each.client_id for each in rows if each.client_id]
    inquiries = [each.inquiry_id for each in rows if each.inquiry_id]
    names = await _names(visit, clients, inquiries)
    return [_row(visit, report, each, names) for each in rows]


def _row(visit: Visit, report: str, row: RowTold, names: Mapping[str, str]) -> Row:
    zone = visit.context.desk.zone
    whom = row.client_id or row.inquiry_id or ""
    return Row(
        whom=names.get(whom, whom),
        what=row_words(report, row, zone, visit.context.desk.locations),
        at=exactly(datetime.fromisoformat(row.at), zone) if row.at else "",
        iso=row.at,
        place=_why(report, row),
    )


def _why(report: str, row: RowTold) -> str:
    """Where it is told how this came about."""
    if report == "overdue" and row.task_id:
        return f"/tasks/{row.task_id}"
    if report == "reviews":
        return _review(row)
    if row.client_id:
        about = GROUPS.get(report, "")
        query = f"?{urlencode({'about': about, 'form': 'full'})}" if about else ""
        return f"/clients/{row.client_id}{query}#e-{row.msg_id}"
    return f"/inquiries/{row.inquiry_id}" if row.inquiry_id else ""


def _review(row: RowTold) -> str:
    """Where the review stands among those of its site and location with as many stars."""
    names = {"site": "site", "stars": "stars", "location_id": "location"}
    told = {name: row.said[name] for name in names if row.said.get(name) not in (None, "other")}
    query = urlencode({names[name]: value for name, value in told.items()})
    return f"/reviews?{query}#r-{quote(row.thing)}"


async def _names(
    visit: Visit, clients: Sequence[str], inquiries: Sequence[str]
) -> Mapping[str, str]:
    """Names of clients and inquirers by id; where one is erased, its id stands for it."""
    unit = await visit.context.desk.runtime.look(
        lambda _: [
            *(CARDS.one(each) for each in set(clients)),
            *(INQUIRIES.one(each) for each in set(inquiries)),
        ]
    )
    found = {id: unit.get(CARDS, id) for id in clients}
    asked = {id: unit.get(INQUIRIES, id) for id in inquiries}
    every = [*found.items(), *asked.items()]
    return {id: known.name for id, known in every if known and known.name}
