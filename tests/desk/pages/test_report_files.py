"""Is a report, saved for a spreadsheet, whole, in its reader's language and as the page says it?"""

import csv
import io

import pytest

from services.desk.domain.spreadsheet import MARK
from shared.contracts.reports import ReasonTold, RisksTold, RiskTold
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, NOON, PAT
from tests.desk.pages.test_reports import figure, report


@pytest.fixture
def reports(site: Site) -> Site:
    site.memory.office.hear(CLIENT, id="e-client")
    site.memory.reports.told = report()
    return site


async def test_a_report_is_saved_for_a_spreadsheet(reports: Site) -> None:
    answer = await (await reports.as_person(PAT)).get("/reports/commitments.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    assert '"Commitments kept","Kept in time","Returning a call","The whole firm"' in lines[2]
    assert len(lines) == 1 + 2 + 2 + 1


async def test_in_a_file_a_figure_is_whole_however_large_and_a_number_below_nought(
    reports: Site,
) -> None:
    many = figure(1_234_567.0, name="sent", unit="count", n=1_234_567, low=None, high=None)
    low = figure(-33.3333, name="nps", unit="score", low=-80.5, high=0.0)
    reports.memory.reports.told = report(report="automation", figures=[many, low], months=[],
                                         scopes=[])  # fmt: skip
    text = (await (await reports.as_person(PAT)).get("/reports/automation.csv")).text
    rows = list(csv.reader(io.StringIO(text.removeprefix(MARK))))
    assert [row[5:] for row in rows[1:]] == [
        ["1234567", "1234567", "", ""], ["-33.3333", "10", "-80.5", "0"],
    ]  # fmt: skip


async def test_a_file_is_in_the_language_of_whoever_saves_it(reports: Site) -> None:
    browser = await reports.as_person(PAT)
    german = {"Accept-Language": "de"}
    answer = await browser.get("/reports/commitments.csv", headers=german)
    assert answer.text.splitlines()[1].startswith('"Eingehaltene Verpflichtungen"')


async def test_who_may_leave_is_saved_with_a_line_for_each_reason(reports: Site) -> None:
    reasons = [ReasonTold(reason=each, since=NOON.isoformat(), msg_id=each)
               for each in ("no-contact", "low-score")]  # fmt: skip
    risk = RiskTold(client_id="c-1", since=NOON.isoformat(), reasons=reasons)
    reports.memory.reports.at_risk = RisksTold(risks=[risk], cut=True)
    text = (await (await reports.as_person(PAT)).get("/reports/risks.csv")).text
    rows = list(csv.reader(io.StringIO(text.removeprefix(MARK))))
    assert [(row[1], row[3]) for row in rows[1:]] == [
        ("c-1", "Nobody was in touch for long"), ("c-1", "An unhappy answer"), ("", ""),
    ]  # fmt: skip
    assert rows[-1][0] == "There are more; these are the latest."
