"""/reports and /reports/{name}: what does the firm's work add up to, and what is behind it?

Feedback counts; the desk asks it in the name of the partner who looks, draws what it is told, and
keeps nothing of it. Each point leads to the things behind it, each of these to its why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.locations import Names
from services.desk.domain.reports import check_sees_reports
from services.desk.pages.conflicts import answered
from services.desk.pages.language import _
from services.desk.pages.plots import Mark, plot
from services.desk.pages.report_choice import SPANS, Choice, read_choice
from services.desk.pages.report_words import (
    ALL,
    REPORTS,
    change_words,
    group_words,
    interval_words,
    month_short,
    month_words,
    name_words,
    scale_of,
    scope_words,
    span_words,
    value_words,
)
from services.desk.pages.visitor import Visit, Visitor, names_of
from shared.contracts.reports import FigureTold, OverviewTold, ReportTold

router = APIRouter()
OWNER = "owner:"
MONTHS_BACK = 36


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as the page shows it."""

    name: str
    group: str
    value: str
    n: int
    interval: str
    change: str
    tone: str
    href: str  # the things behind it; empty where they are not shown


@dataclass(frozen=True, slots=True)
class Card:
    """One report on the first page."""

    name: str
    title: str
    main: Cell | None
    href: str


@router.get("/reports")
async def show_reports(request: Request, visit: Visitor) -> Response:
    """Every report with the figure that stands for it, and how it changed."""
    check_sees_reports(visit.person)
    choice, desk = read_choice("", request.query_params), visit.context.desk
    told = answered(await desk.reports.overview(choice.asked("overview"), visit.person))
    return visit.page(
        "reports.html",
        cards=_cards(told, choice),
        at_risk=told.at_risk,
        span=span_words(told.since, told.until),
        choice=choice,
        spans=SPANS,
        recent=recent_months(visit),
        until=told.until,
    )


@router.get("/reports/{name}")
async def show_report(request: Request, visit: Visitor, name: str) -> Response:
    """One report: over all, month by month, by group, and by area, lawyer and stage."""
    check_sees_reports(visit.person)
    choice = _chosen(request, name)
    told = await report_told(visit, choice)
    names = await owners_in(visit, told)
    causes = None
    if name == "concerns":
        causes = answered(await visit.context.desk.reports.causes(visit.person))
        people = [each.staff_id for each in causes.learnings if each.staff_id]
        people += [each.by for cause in causes.causes for each in cause.decided]
        names |= await names_of(visit.context, people)
    about, locations = REPORTS[name], visit.context.desk.locations
    return visit.page(
        "report.html",
        about=about,
        choice=choice,
        spans=SPANS,
        recent=recent_months(visit),
        told=told,
        names=names,
        span=span_words(told.since, told.until),
        scope=scope_words(told.scope, names),
        scopes=[(each.scope, scope_words(each.scope, names)) for each in told.scopes],
        figures=[_cell(name, each, choice, locations) for each in told.figures],
        plots=list(_plots(name, told, choice)),
        by_scope=list(_by_scope(name, told, choice, names)),
        causes=causes,
        said_cause=lambda code: group_words("concerns", code),
    )


async def report_told(visit: Visit, choice: Choice) -> ReportTold:
    """What feedback says of this choice; what it refuses is an error of its own."""
    desk = visit.context.desk
    return answered(await desk.reports.report(choice.asked("report"), visit.person))


async def owners_in(visit: Visit, told: ReportTold) -> dict[str, str]:
    """What the lawyers of a report are called."""
    scopes = [told.scope, *(each.scope for each in told.scopes)]
    ids = [each.removeprefix(OWNER) for each in scopes if each.startswith(OWNER)]
    return await names_of(visit.context, ids)


def recent_months(visit: Visit) -> dict[str, str]:
    """The last months one may choose, the latest first."""
    now = visit.context.desk.runtime.clock.now().astimezone(visit.context.desk.zone)
    last = now.year * 12 + now.month - 1
    months = (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(last, last - MONTHS_BACK, -1))
    return {month: month_words(month) for month in months}


def _chosen(request: Request, name: str) -> Choice:
    if name not in REPORTS:
        raise ProblemError(404, _("There is no such report."), code="unknown-report")
    return read_choice(name, request.query_params)


def _cards(told: OverviewTold, choice: Choice) -> list[Card]:
    cards = []
    for each in told.reports:
        about = REPORTS.get(each.report)
        if about is None:  # of another release
            continue
        found = [f for f in each.figures if f.name == about.main and f.group == ALL]
        own = choice.of(each.report)
        main = _cell(each.report, found[0], own) if found else None
        cards.append(Card(each.report, about.title, main, own.place))
    return cards


def _cell(
    report: str, figure: FigureTold, choice: Choice, locations: Names = MappingProxyType({})
) -> Cell:
    change, tone = change_words(figure)
    behind = figure.labels and figure.n and not figure.too_few
    return Cell(
        name=name_words(figure),
        group=group_words(report, figure.group, locations),
        value=value_words(figure, figure.value),
        n=figure.n,
        interval=interval_words(figure),
        change=change,
        tone=tone,
        href=choice.rows(figure) if behind else "",
    )


def _plots(report: str, told: ReportTold, choice: Choice) -> Iterable[dict[str, Any]]:
    """Of each figure over everything: its plot, and the same as a table."""
    if len(told.months) < 2:
        return
    for number, figure in enumerate(each for each in told.figures if _is_drawn(each)):
        found = [(each.month, _same(each.figures, figure)) for each in told.months]
        marks = [_mark(month, each, choice) for month, each in found]
        title = _("{name_words}, month by month").format(name_words=name_words(figure))
        yield {
            "id": f"plot-{number}",
            "title": title,
            "svg": plot(marks, scale_of(figure), title, f"plot-{number}"),
            "rows": [
                (month_words(month), _cell(report, each or _none(figure), choice.at(month)))
                for month, each in found
            ],
        }


def _is_drawn(figure: FigureTold) -> bool:
    return figure.group in (ALL, "took") and figure.n > 0


def _none(figure: FigureTold) -> FigureTold:
    """The figure of a month in which nothing was counted."""
    value = 0.0 if figure.unit == "count" else None
    return FigureTold(name=figure.name, group=figure.group, unit=figure.unit, value=value, n=0)


def _same(figures: Sequence[FigureTold], like: FigureTold) -> FigureTold | None:
    key = (like.name, like.group)
    return next((each for each in figures if (each.name, each.group) == key), None)


def _mark(month: str, figure: FigureTold | None, choice: Choice) -> Mark:
    label = month_short(month)
    if figure is None or figure.value is None or not figure.labels:
        return Mark(label, "", None, "")
    words = value_words(figure, figure.value)
    said = f"{month_words(month)}: {words} (n = {figure.n})"
    where = choice.at(month).rows(figure)
    return Mark(label, said, figure.value, where, figure.low, figure.high)


def _by_scope(
    report: str, told: ReportTold, choice: Choice, names: Mapping[str, str]
) -> Iterable[tuple[str, str, list[Cell]]]:
    """Of each area, lawyer and stage: where it leads, its name, and the figures over all."""
    for each in told.scopes:
        drawn = [figure for figure in each.figures if _is_drawn(figure)]
        if any(figure.n for figure in drawn):
            own = choice.within(each.scope)
            cells = [_cell(report, figure, own) for figure in drawn]
            yield own.place, scope_words(each.scope, names), cells
