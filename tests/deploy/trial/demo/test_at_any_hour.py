"""Does the demo show the same whenever it begins: by day or night, before a weekend, at Easter?

Its own acts, over memory and a clock that is set; ``test_demo.py`` plays them once on real servers.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from services.desk.pages.report_words import NAMES, REPORTS
from services.feedback.domain.figures import FIGURES, figures_of
from services.feedback.domain.measures import ALL, SATISFACTION
from services.feedback.domain.report import months_until
from services.feedback.domain.tally import sum_of
from services.feedback.ports import TALLIES
from services.reminders.domain.contact import WAITING
from services.reminders.ports import CONTACTS
from tests.deploy.trial.demo.stage_over_memory import MemoryStage, played_from

pytestmark = pytest.mark.xdist_group("the demo over memory")  # what names sound like is read once
WHOLE = os.environ.get("CLIENTELE_JOURNEYS") == "whole"
MONDAY = datetime(2026, 11, 30, 2, 50, tzinfo=UTC)
EASTER = datetime(2026, 2, 26, 17, 5, tzinfo=UTC)  # its month ends on Good Friday
YEARS_END = datetime(2026, 12, 17, 23, 40, tzinfo=UTC)
BEGINNINGS = [MONDAY, MONDAY + timedelta(hours=14), YEARS_END]
if WHOLE:
    BEGINNINGS += [MONDAY + timedelta(hours=n) for n in range(1, 24)]
    BEGINNINGS += [MONDAY + timedelta(days=n, hours=5 * n) for n in range(1, 7)] + [EASTER]
BEGUN = pytest.mark.parametrize("now", BEGINNINGS, ids=str)
NOT_IN_A_GOOD_MONTH = {"failed", "unknown"}
SIX = 6  # months, as a report is opened
BESIDE = "took"
HELD = ("ap-3005", "held-by-staff")  # what is put off, also at an hour at which nobody sleeps


def drawn(stage: MemoryStage, report: str) -> set[str]:
    """What the plots of a report are called that have a point or a bar, at the demo's end."""
    months = months_until(f"{stage.firm.now:%Y-%m}", SIX)
    kept = stage.firm.offices["feedback"].all(TALLIES)
    own = [t for t in kept if (t.measure, t.scope) == (report, "firm") and t.month in months]
    figures = figures_of(report, sum_of(own))
    return {each.name for each in figures
            if each.group in (ALL, BESIDE) and each.n and each.value is not None}  # fmt: skip


def expected(report: str) -> set[str]:
    """What there is to draw of a report once something of each of its things has happened."""
    figures = figures_of(report, {} if report == SATISFACTION else {f"{ALL}|1": 1})
    return {each.name for each in figures if each.group in (ALL, BESIDE)} - NOT_IN_A_GOOD_MONTH


@BEGUN
async def test_every_plot_of_the_reports_has_something_to_show(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await played_from(now, monkeypatch)
    assert stage.troubles == []
    missing = {report: expected(report) - drawn(stage, report) for report in FIGURES}
    assert {report: names for report, names in missing.items() if names} == {}
    reminders = stage.firm.offices["reminders"]
    waiting = [each for each in reminders.all(CONTACTS) if each.state in WAITING]
    assert [(each.ids["appointment_id"], each.reason) for each in waiting] == [HELD]


def test_every_report_is_among_those_that_are_looked_at() -> None:
    assert set(REPORTS) == set(FIGURES)
    assert all(expected(report) <= set(NAMES) for report in FIGURES)
