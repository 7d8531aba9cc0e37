"""Does a partner see what the work adds up to, and get from a figure to what is behind it?"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest

from services.desk.domain.month_figures import behind_it
from shared.contracts.commitments import CommitmentMissed
from shared.contracts.reports import (
    CausesTold,
    CauseTold,
    DecidedTold,
    FigureTold,
    LearningsTold,
    LearningTold,
    MonthTold,
    ReasonTold,
    ReportTold,
    RisksTold,
    RiskTold,
    RowsTold,
    RowTold,
    ScopeTold,
)
from shared.contracts.tasks import About
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLIENT, LEO, NOON, OSKAR, PAT
from tests.desk.reports_over_memory import MemoryReports

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MORE_THAN_A_PAGE = 70
PLACES = [
    "/reports", "/reports/commitments", "/reports/risks", "/reports/commitments.csv",
    "/reports/commitments/rows", "/reports/learning", "/reports/learning.csv", "/reports/risks.csv",
]  # fmt: skip


def missed(at: datetime, commitment_id: str = "k") -> CommitmentMissed:
    return CommitmentMissed(
        commitment_id=commitment_id, standard="return-call", source="The firm", edition="1",
        about=About(client_id="c-1"), made_at=at, due_at=at, at=at, rule_id="return-call",
        rule_version=1,
    )  # fmt: skip


def figure(value: float | None = 60.0, **more: Any) -> FigureTold:
    values: dict[str, Any] = {
        "name": "kept", "group": "all", "unit": "percent", "value": value, "n": 10, "low": 31.0,
        "high": 83.0, "labels": ["all|met", "all|missed"], "before": 90.0, "n_before": 12,
    }  # fmt: skip
    return FigureTold(**{**values, **more})


def report(**more: Any) -> ReportTold:
    calls = figure(40.0, group="return-call", labels=["return-call|missed"])
    values: dict[str, Any] = {
        "report": "commitments", "scope": "firm", "since": "2026-02", "until": "2026-03",
        "figures": [figure(), calls],
        "months": [MonthTold(month="2026-02", figures=[figure(90.0)]),
                   MonthTold(month="2026-03", figures=[figure(30.0)])],
        "scopes": [ScopeTold(scope="owner:leo", figures=[figure(30.0)])], "fewest": 5,
    }  # fmt: skip
    return ReportTold(**{**values, **more})


@pytest.fixture
def reports(site: Site) -> Site:
    site.memory.office.hear(CLIENT, id="e-client")
    site.memory.reports.told = report()
    return site


async def test_every_report_stands_with_its_figure_and_how_it_changed(reports: Site) -> None:
    page = (await (await reports.as_person(PAT)).get("/reports")).text
    assert "Commitments kept" in page
    assert "60 %" in page
    assert "31 to 83" in page
    assert "down 30 points" in page
    assert 'href="/reports"' in page


async def test_each_point_of_a_plot_leads_to_what_is_behind_it(reports: Site) -> None:
    page = (await (await reports.as_person(PAT)).get("/reports/commitments")).text
    svg = page[page.index('<svg class="plot"') :]
    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', svg)
    assert [words for _, words in links] == [
        "February 2026: 90 % (n = 10)", "March 2026: 30 % (n = 10)",
    ]  # fmt: skip
    assert links[1][0].startswith("/reports/commitments/rows?until=2026-03&amp;months=1")
    for words in ("February 2026", "March 2026"):  # and the same in the table beside it
        assert f'<th scope="row">{words}</th>' in page


async def test_a_figure_is_told_for_each_lawyer_by_name(reports: Site) -> None:
    page = (await (await reports.as_person(PAT)).get("/reports/commitments")).text
    assert "Lawyer: " in page
    assert "/reports/commitments?scope=owner%3Aleo" in page


async def test_each_thing_behind_a_figure_leads_to_its_why(reports: Site) -> None:
    reports.memory.reports.behind = RowsTold(rows=[
        RowTold(thing="k-3", at=NOON.isoformat(), said={"standard": "return-call",
                "outcome": "missed"}, labels=[], client_id="c-1", msg_id="ab12"),
    ])  # fmt: skip
    where = "/reports/commitments/rows?months=1&figure=kept|return-call"
    page = (await (await reports.as_person(PAT)).get(where)).text
    assert "Returning a call: not done in time" in page
    assert 'href="/clients/c-1?about=owed&amp;form=full#e-ab12"' in page
    assert reports.memory.reports.asked[-1].labels == ("return-call|missed",)


async def test_however_much_has_happened_since_the_line_is_on_the_page_a_row_leads_to(
    site: Site,
) -> None:
    reports = MemoryReports()
    context = site.web.state.context
    site.web.state.context = replace(context, desk=replace(context.desk, reports=reports))
    offices = (reports.office, site.memory.office)
    reports.office.now = NOON
    for office in offices:
        office.hear(CLIENT, id="e-client")
        office.hear(missed(NOON - 40 * DAY), id="e-missed", time=NOON - 40 * DAY)
        for n in range(MORE_THAN_A_PAGE):
            office.hear(missed(NOON - n * MINUTE, f"k-{n}"), id=f"e-{n}", time=NOON - n * MINUTE)
    browser = await site.as_person(PAT)
    where = "/reports/commitments/rows?until=2026-01&months=1&figure=missed|return-call"
    (link,) = re.findall(r'href="(/clients/c-1[^"]+)"', (await browser.get(where)).text)
    place, _, line = unescape(link).partition("#")
    assert f'id="{line}"' in (await browser.get(place)).text


async def test_a_figure_in_a_partners_mail_leads_to_the_same_things(reports: Site) -> None:
    where = behind_it("commitments", figure(), "2026-03")
    answer = await (await reports.as_person(PAT)).get(where)
    assert (answer.status_code, "Kept in time: All" in answer.text) == (200, True)
    asked = reports.memory.reports.asked[-1]
    assert (asked.until, asked.months, asked.labels) == ("2026-03", 1, ("all|met", "all|missed"))


async def test_a_review_behind_a_figure_leads_to_where_it_stands_with_its_reply(
    reports: Site,
) -> None:
    stars = figure(4.0, name="stars", unit="score", labels=["all|4"])
    reports.memory.reports.told = report(report="reviews", figures=[stars])
    reports.memory.reports.behind = RowsTold(rows=[
        RowTold(thing="rv-1", at=NOON.isoformat(), labels=[], msg_id="ab12",
                said={"site": "google", "location_id": "berlin", "stars": "4"}),
    ])  # fmt: skip
    page = (await (await reports.as_person(PAT)).get("/reports/reviews/rows?figure=stars|all")).text
    assert 'href="/reviews?site=google&amp;stars=4&amp;location=berlin#r-rv-1"' in page


async def test_what_too_few_said_is_neither_shown_nor_led_to(reports: Site) -> None:
    few = figure(None, too_few=True, n=3, labels=[], low=None, high=None)
    scopes = [ScopeTold(scope="owner:leo", figures=[few])]
    reports.memory.reports.told = report(scopes=scopes, figures=[few])
    browser = await reports.as_person(PAT)
    page = (await browser.get("/reports/commitments?scope=owner:leo")).text
    assert "too few" in page
    where = "/reports/commitments/rows?scope=owner:leo&figure=kept|all"
    assert (await browser.get(where)).status_code == 404


async def test_who_may_leave_stands_with_every_reason(reports: Site) -> None:
    reasons = [ReasonTold(reason=each, since=NOON.isoformat(), msg_id=f"m-{each}")
               for each in ("no-contact", "low-score")]  # fmt: skip
    risk = RiskTold(client_id="c-1", since=NOON.isoformat(), reasons=reasons)
    reports.memory.reports.at_risk = RisksTold(risks=[risk])
    page = (await (await reports.as_person(PAT)).get("/reports/risks")).text
    assert "Nobody was in touch for long" in page
    assert 'href="/clients/c-1?until=2026-03-02#e-m-low-score"' in page


async def test_what_was_decided_about_causes_and_learned_is_told(reports: Site) -> None:
    decided = DecidedTold(decision="change-rule", by="pat", at=NOON.isoformat(), reason="Ring.")
    reports.memory.reports.told = report(report="concerns", figures=[], months=[], scopes=[])
    reports.memory.reports.caused = CausesTold(
        causes=[CauseTold(cause_code="not-called", concerns=3, waits=True, decided=[decided])],
        learnings=[LearningTold(cause_code="not-called", due_at=NOON.isoformat(), team="desk")],
    )
    page = (await (await reports.as_person(PAT)).get("/reports/concerns")).text
    for words in ("Not called", "a decision is waited for", "Changed how we work", "Ring."):
        assert words in page


@pytest.mark.parametrize(("alike", "words"), [
    (True, "they were asked alike"), (False, "not asked alike"), (None, "Too few clients"),
])  # fmt: skip
async def test_whether_everybody_was_asked_alike_is_said(
    reports: Site, alike: bool | None, words: str
) -> None:
    reports.memory.reports.told = report(report="asks", alike=alike)
    assert words in (await (await reports.as_person(PAT)).get("/reports/asks")).text


@pytest.mark.parametrize("person", [ASH, LEO, OSKAR])
@pytest.mark.parametrize("place", PLACES)
async def test_reports_are_for_partners(reports: Site, person: Any, place: str) -> None:
    browser = await reports.as_person(person)
    assert (await browser.get(place)).status_code == 403
    assert 'href="/reports"' not in (await browser.get("/inbox")).text
    assert reports.memory.reports.by == []


async def test_there_is_no_report_of_another_name(reports: Site) -> None:
    browser = await reports.as_person(PAT)
    assert (await browser.get("/reports/happiness")).status_code == 404


async def test_feedback_away_is_said(reports: Site) -> None:
    reports.memory.reports.away = True
    assert (await (await reports.as_person(PAT)).get("/reports")).status_code == 503


async def test_what_was_learned_is_listed_with_its_words_and_as_a_file(reports: Site) -> None:
    reports.memory.reports.learned = LearningsTold(
        since="2026-02", until="2026-03", cut=True,
        learnings=[
            LearningTold(
                cause_code="too-slow", due_at=NOON.isoformat(), staff_id="leo",
                assigned_at=NOON.isoformat(), assigned_by="pat", completed_at=NOON.isoformat(),
                what="=Say when it takes longer.", note="I write on Fridays.",
            ),
            LearningTold(cause_code="conduct", due_at=NOON.isoformat(), team="reception"),
        ],
    )  # fmt: skip
    browser = await reports.as_person(PAT)
    page = (await browser.get("/reports/learning?until=2026-03&months=12")).text
    for words in ("Say when it takes longer.", "I write on Fridays.", "Too slow", "reception",
                  "to be learned by", "There are more"):  # fmt: skip
        assert words in page, words
    asked = reports.memory.reports.asked[-1]
    assert (asked.ask, asked.until, asked.months) == ("learning", "2026-03", 12)
    file = await browser.get("/reports/learning.csv?until=2026-03")
    assert "learning-2026-02-2026-03.csv" in file.headers["content-disposition"]
    head, first, second = file.text.removeprefix("\ufeff").splitlines()
    assert head.startswith('"Who","Cause","What to learn"')
    assert '"\'=Say when it takes longer."' in first
    assert "reception" in second


async def test_without_anything_learned_the_page_says_so(reports: Site) -> None:
    page = (await (await reports.as_person(PAT)).get("/reports/learning")).text
    assert "Nothing was given to learn in these months." in page
