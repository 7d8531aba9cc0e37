"""/reports/{name}/rows and /reports/risks: what is behind a figure?

Each row leads to its why: the line of the client's timeline, the inquiry or the task.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.reports import check_sees_reports
from services.desk.pages.conflicts import answered
from services.desk.pages.language import _
from services.desk.pages.report_choice import read_choice
from services.desk.pages.report_words import (
    REPORTS,
    group_words,
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
from shared.contracts.reports import RowTold

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
    names = await clients_called(visit, [each.client_id for each in told.risks], [])
    rows = [
        {
            "place": f"/clients/{each.client_id}?about=feedback",
            "whom": names.get(each.client_id, each.client_id),
            "since": exactly(datetime.fromisoformat(each.since), desk.zone) if each.since else "",
            "reasons": [
                {
                    "words": reason_words(reason.reason),
                    "since": exactly(datetime.fromisoformat(reason.since), desk.zone),
                    "place": _line(each.client_id, reason.msg_id, reason.since, desk.zone),
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


async def _rows(visit: Visit, report: str, rows: Sequence[RowTold]) -> list[Row]:
    clients = [each.client_id for each in rows if each.client_id]
    inquiries = [each.inquiry_id for each in rows if each.inquiry_id]
    names = await clients_called(visit, clients, inquiries)
    return [_row(visit, report, each, names) for each in rows]


def _row(visit: Visit, report: str, row: RowTold, names: Mapping[str, str]) -> Row:
    zone = visit.context.desk.zone
    whom = row.client_id or row.inquiry_id or ""
    return Row(
        whom=names.get(whom, whom),
        what=row_words(report, row, zone, visit.context.desk.locations),
        at=exactly(datetime.fromisoformat(row.at), zone) if row.at else "",
        iso=row.at,
        place=_why(report, row, zone),
    )


def _why(report: str, row: RowTold, zone: ZoneInfo) -> str:
    """Where it is told how this came about."""
    if report == "overdue" and row.task_id:
        return f"/tasks/{row.task_id}"
    if report == "reviews":
        return _review(row)
    if row.client_id:
        narrowed = {"about": GROUPS.get(report, ""), "form": "full"}
        return _line(row.client_id, row.msg_id, row.told_at, zone, **narrowed)
    return f"/inquiries/{row.inquiry_id}" if row.inquiry_id else ""


def _line(client_id: str, msg_id: str, at: str, zone: ZoneInfo, **narrowed: str) -> str:
    """Where a line of the timeline stands: first of its day, however much has happened since."""
    until = datetime.fromisoformat(at).astimezone(zone).date().isoformat() if at else ""
    said = {name: value for name, value in {**narrowed, "until": until}.items() if value}
    return f"/clients/{client_id}{'?' if said else ''}{urlencode(said)}#e-{msg_id}"


def _review(row: RowTold) -> str:
    """Where the review stands among those of its site and location with as many stars."""
    names = {"site": "site", "stars": "stars", "location_id": "location"}
    told = {name: row.said[name] for name in names if row.said.get(name) not in (None, "other")}
    query = urlencode({names[name]: value for name, value in told.items()})
    return f"/reviews?{query}#r-{quote(row.thing)}"


async def clients_called(
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
