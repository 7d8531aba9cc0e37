"""Of which month is a partner told what it came to, and which figures?

With the first digest of a month, of the one before: a few figures of the firm as a whole, each with
the one of the month before it. Each leads to what is behind it, and all of them to the reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from shared.contracts.reports import FigureTold, OverviewTold

EVERYBODY = "all"
CHOSEN = (  # of which report which figure, in the order in which they are said
    ("inquiries", "received"),
    ("inquiries", "engaged"),
    ("commitments", "kept"),
    ("responses", "took"),
    ("overdue", "late"),
    ("satisfaction", "nps"),
    ("reviews", "stars"),
    ("concerns", "closed"),
)


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One figure, by its name in the reports; ``before``: of the month before, if there is one.

    ``place``: where what is behind it stands; None where nothing is.
    """

    name: str
    unit: str
    value: float
    before: float | None
    place: str | None = None


def month_to_tell(last: datetime, now: datetime, zone: ZoneInfo) -> str | None:
    """The month before this one, where the last digest went before this one began."""
    begun = now.astimezone(zone).date().replace(day=1)
    if last.astimezone(zone).date() >= begun:
        return None
    return f"{begun - timedelta(days=1):%Y-%m}"


def figures_to_tell(told: OverviewTold) -> Iterator[MonthFigure]:
    """Those of the chosen figures that there is something to reckon from."""
    for report, name in CHOSEN:
        figure = _figure(told, report, name)
        if figure is not None and figure.value is not None:
            behind = figure.n and figure.labels
            place = behind_it(report, figure, told.until) if behind else None
            yield MonthFigure(name, figure.unit, figure.value, figure.before, place)


def behind_it(report: str, figure: FigureTold, month: str) -> str:
    """The address of the page with the things behind a figure of this month."""
    said = {"until": month, "months": "1", "figure": f"{figure.name}|{figure.group}"}
    return f"/reports/{report}/rows?{urlencode(said)}"


def _figure(told: OverviewTold, report: str, name: str) -> FigureTold | None:
    return next(
        (
            figure
            for each in told.reports
            if each.report == report
            for figure in each.figures
            if (figure.name, figure.group) == (name, EVERYBODY)
        ),
        None,
    )
