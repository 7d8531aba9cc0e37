"""The register of checks, a record, a search by hand: what do these pages show and keep?"""

import csv
import io
from typing import Any

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.checks import CheckRow, CheckTold, NightTold
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLARA, PAT
from tests.desk.pages.test_task import HIT

ROUND = {
    "state": "cleared", "decided_by": "pat", "decided_at": "2026-03-01T10:00:00+00:00",
    "grounds": "another-person", "reason": "Another year of birth.", "document_ref": None,
    "signed_on": None, "affected": None, "verdicts": ["Another person: Born in 1950."],
    "reopened_by": "clara", "reopened_at": "2026-03-02T10:00:00+00:00", "why": "Same mother.",
}  # fmt: skip


def row(n: int = 1, **changes: Any) -> CheckRow:
    facts = {
        "check_id": f"chk-{n}", "made_at": "2026-03-02T09:00:00+00:00", "trigger": "client",
        "state": "pending", "name": "Jon Smith (client)", "hits": 2, "reopened": 0,
        "incomplete": [],
    }  # fmt: skip
    return CheckRow.model_validate(facts | changes)


def told(**changes: Any) -> CheckTold:
    more = {name: changes.pop(name) for name in ("task_id", "may_reopen") if name in changes}
    check = {
        "check_id": "chk-1", "made_at": "2026-03-02T09:00:00+00:00", "trigger": "client",
        "state": "cleared", "name": "Jon Smith (client)", "hits": [HIT], "same_side": [],
        "claimed": [], "incomplete": [], "earlier": [], "client_id": "c-1", "matter_id": None,
        "inquiry_id": None, "rules": "names-3", "known_entries": 12, "known_revision": 15,
        "forms": [["jon smith"]], "asked_by": None, "purpose": None, "decided_by": "pat",
        "decided_at": "2026-03-02T10:00:00+00:00", "grounds": "another-person",
        "reason": "Born in 1950.", "document_ref": None, "signed_on": None, "affected": None,
        "reopened": 0,
    }  # fmt: skip
    return CheckTold(check=check | changes, **more)


@pytest.fixture
async def clara(site: Site) -> Browser:
    """The conflicts officer."""
    return await site.as_person(CLARA)


async def test_the_register_leads_from_each_check_to_its_reasons(
    site: Site, clara: Browser
) -> None:
    declined = {"decided_by": "pat", "decided_at": "2026-03-02T10:00:00+00:00", "reopened": 1}
    two = row(2, state="declined", incomplete=["x"], **declined)
    site.memory.checks.rows = [row(1), two]
    page = (await clara.get("/conflicts")).text
    for words in ('href="/conflicts/chk-1"', "Waits for a decision", "2 known parties",
                  'href="/conflicts/chk-2"', "Declined", "Reopened", "Not complete"):  # fmt: skip
        assert words in page


async def test_the_register_is_narrowed_and_read_page_by_page(site: Site, clara: Browser) -> None:
    site.memory.checks.rows = [row(n) for n in range(120)]
    first = (await clara.get("/conflicts?show=pending")).text
    assert first.count('href="/conflicts/chk-') == 50
    assert "show=pending&amp;after=50" in first
    last = (await clara.get("/conflicts?show=pending&after=100")).text
    assert (last.count('href="/conflicts/chk-'), "Older ones" in last) == (20, False)


async def test_the_register_says_what_the_night_found_and_what_no_search_can_see(
    site: Site, clara: Browser
) -> None:
    site.memory.checks.incomplete = ["events wait to be applied"]
    site.memory.checks.night = NightTold(
        night="2026-03-02", done=True, screened=7, reopened=1, incomplete=True
    )
    page = (await clara.get("/conflicts")).text
    for words in ("No search is complete just now.", "Events wait to be applied.",
                  "night of 2026-03-02: 7 checks, 1 reopened. It was not complete"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("show", ["nothing", "", "pending'"])
async def test_a_filter_nobody_knows_is_refused(clara: Browser, show: str) -> None:
    assert (await clara.get(f"/conflicts?show={show}")).status_code == 422


async def test_the_register_becomes_a_spreadsheet_that_computes_nothing(
    site: Site, clara: Browser
) -> None:
    rows = [row(n, name="=HYPERLINK(1)") for n in range(600)]
    site.memory.checks.rows = rows
    text = (await clara.get("/conflicts.csv?show=pending")).text.removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(text)))
    assert (len(lines), lines[0][0], lines[1][2]) == (601, "Check", "'=HYPERLINK(1)")


async def test_a_record_says_who_decided_on_what_grounds_and_what_was_decided_before(
    site: Site, clara: Browser
) -> None:
    site.memory.checks.records = {"chk-1": told(earlier=[ROUND], reopened=1, incomplete=["gone"])}
    page = (await clara.get("/conflicts/chk-1")).text
    for words in ("Another person", "Born in 1950.", "12 known parties", "names-3", "jon smith",
                  "Decided before", "Same mother.", "Another year of birth.",
                  "This check is not complete."):  # fmt: skip
        assert words in page


async def test_a_record_prints_with_who_printed_it_and_when(site: Site, clara: Browser) -> None:
    site.memory.checks.records = {"chk-1": told()}
    page = (await clara.get("/conflicts/chk-1")).text
    assert "Record of conflict check of a client chk-1" in page
    assert "<p>Printed Mon 2 Mar 2026, 12:00 (Europe/London) by " in page
    assert "data-print" in page


async def test_what_waits_for_a_decision_leads_to_its_task(site: Site, clara: Browser) -> None:
    site.memory.checks.records = {"chk-1": told(state="pending", decided_by=None, task_id="t-9")}
    page = (await clara.get("/conflicts/chk-1")).text
    assert 'href="/tasks/t-9?back=/conflicts/chk-1"' in page
    assert "Reopen</button>" not in page


async def test_a_record_says_of_each_matter_its_area_lawyer_dates_and_who_else_is_in_it(
    site: Site, clara: Browser
) -> None:
    matter = {
        "matter_id": "m-9", "area": "family", "lawyer": "leo", "state": "closed",
        "opened_on": "2019-04-01", "closed_on": "2020-05-01",
        "others": ["Karl Koch (client)"], "more": 2,
    }  # fmt: skip
    site.memory.checks.records = {"chk-1": told(hits=[{**HIT, "matters": [matter]}])}
    page = (await clara.get("/conflicts/chk-1")).text
    assert "opened on 2019-04-01, closed on 2020-05-01." in page
    assert "Also in it: Karl Koch (client); and 2 more." in page


async def test_a_record_says_what_both_are_known_by_and_whom_the_desk_has_no_name_of(
    site: Site, clara: Browser
) -> None:
    same = {"label": "Telephone", "new": "+49 1", "known": "", "effect": "It did nothing."}
    matter = {
        "matter_id": "m-9", "area": "family", "lawyer": "s-205", "state": "open",
        "opened_on": "", "closed_on": "", "others": [], "more": 0,
    }  # fmt: skip
    hit = {**HIT, "identifiers": [same], "matters": [matter]}
    site.memory.checks.records = {"chk-1": told(hits=[hit])}
    page = (await clara.get("/conflicts/chk-1")).text
    assert "Telephone: +49 1 of the new one, not known of the known one. It did nothing." in page
    assert "led by somebody the desk has no name of (s-205)" in page


async def test_a_check_nobody_knows_is_not_there(clara: Browser) -> None:
    assert (await clara.get("/conflicts/chk-9")).status_code == 404


async def reopen(browser: Browser, why: str) -> Any:
    page = await browser.get("/conflicts/chk-1")
    return await browser.post("/conflicts/chk-1/reopen", page, {"why": why})


async def test_reopening_asks_the_owner_in_the_persons_name(site: Site, clara: Browser) -> None:
    site.memory.checks.records = {"chk-1": told(may_reopen=True)}
    answer = await reopen(clara, "Same mother.")
    assert (answer.status_code, answer.headers["location"][:21]) == (303, "/conflicts/chk-1?did=")
    asked = site.memory.checks.asked[-1]
    assert (asked.ask, asked.check_id, asked.why) == ("reopen", "chk-1", "Same mother.")
    assert site.memory.checks.by[-1] == "clara"
    assert "waits for a decision again" in (await clara.get(answer.headers["location"])).text


async def test_a_refused_reopening_keeps_what_was_typed(site: Site) -> None:
    site.memory.checks.records = {"chk-1": told(may_reopen=True)}
    site.memory.checks.refused = Refused("missing", "Say why, for the record.", "why")
    answer = await reopen(await site.as_person(PAT), " x ")
    assert answer.status_code == 422
    assert '<a href="#why">Say why, for the record.</a>' in answer.text
    assert " x </textarea>" in answer.text


async def search(browser: Browser, **typed: str) -> Any:
    page = await browser.get("/conflicts/search")
    return await browser.post("/conflicts/search", page, typed)


async def test_a_search_is_asked_with_its_purpose_and_shows_its_record(
    site: Site, clara: Browser
) -> None:
    site.memory.checks.records = {"chk-5": told(check_id="chk-5", trigger="search", state="found",
        asked_by="clara", purpose="A call", decided_by=None, client_id=None)}  # fmt: skip
    answer = await search(clara, names="Jon Smith\r\nAcme Ltd", role="adverse", purpose="A call")
    assert answer.headers["location"] == "/conflicts/chk-5"
    asked = site.memory.checks.asked[-1]
    assert (asked.names, asked.role, asked.purpose) == (
        ["Jon Smith", "Acme Ltd"], "adverse", "A call",
    )  # fmt: skip
    page = (await clara.get("/conflicts/chk-5")).text
    for words in ("Search by hand", "Searched by", "A call", "Matches found"):
        assert words in page


async def test_a_search_without_a_purpose_says_so_at_its_field(site: Site, clara: Browser) -> None:
    site.memory.checks.refused = Refused("missing", "Say what for.", "purpose")
    answer = await search(clara, names="Jon Smith", role="prospect", purpose="")
    assert answer.status_code == 422
    assert 'id="purpose-error"' in answer.text
    assert "Jon Smith</textarea>" in answer.text


async def test_where_intake_is_away_nothing_typed_is_lost(site: Site, clara: Browser) -> None:
    site.memory.checks.away = True
    answer = await search(clara, names="Jon Smith", role="prospect", purpose="A call")
    assert (answer.status_code, "Jon Smith</textarea>" in answer.text) == (503, True)
