"""Does whoever answers a request see the plan, and get the one file to hand over?"""

from dataclasses import replace
from typing import Any

import pytest

from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, LEO, created
from tests.desk.scripted import ScriptedRecords

REQUEST: dict[str, Any] = {"kind": "records-request", "title": "A client wants to see it"}
READY = {"name": "Anna", "asked": "access", "asked_at": "2026-03-02T09:00:00+00:00", "file": "r-1"}
FOUND: dict[str, list[dict[str, Any]]] = {
    "desk": [{"class": "notes", "kind": "contact_notes", "key": "1", "told": {"text": "Hello"}}],
    "intake": [{"class": "conflict-checks", "kind": "x", "key": "2", "withheld": "privileged: it"}],
}
PLAN = [{"class": "notes", "plan": "restrict", "source": "§ 50 BRAO", "until": "2032-12-31T23"}]


async def leo_at(site: Site, **values: Any) -> Browser:
    site.memory.office.hear(created(**REQUEST))
    site.memory.owners.shown = {**READY, **values}
    return await site.as_person(LEO)


@pytest.fixture
def gathered(site: Site) -> ScriptedRecords:
    """What the services hold."""
    records = site.memory.desk.records
    assert isinstance(records, ScriptedRecords)
    records.found = FOUND
    return records


async def test_the_file_tells_what_is_held_and_names_what_is_withheld(
    site: Site, gathered: ScriptedRecords
) -> None:
    leo = await leo_at(site)
    assert "/tasks/t-1/records.json" in (await leo.get("/tasks/t-1")).text
    file = await leo.get("/tasks/t-1/records.json")
    assert (file.status_code, file.headers["cache-control"]) == (200, "no-store")
    said = file.json()
    assert said["records"]["desk"] == [{"class": "notes", "text": "Hello"}]
    assert said["withheld"] == [
        {"class": "conflict-checks", "from": "intake", "reason": "privileged: it"}
    ]


async def test_half_a_file_is_none(site: Site, gathered: ScriptedRecords) -> None:
    leo, gathered.away = await leo_at(site), True
    assert (await leo.get("/tasks/t-1/records.json")).status_code == 503


async def test_there_is_no_file_before_it_is_ready(site: Site) -> None:
    leo = await leo_at(site, file="")
    assert (await leo.get("/tasks/t-1/records.json")).status_code == 404


async def test_whoever_may_not_answer_the_request_gets_no_file(site: Site) -> None:
    await leo_at(site)
    ash = await site.as_person(replace(ASH))
    assert (await ash.get("/tasks/t-1/records.json")).status_code in (403, 404)


async def test_the_plan_says_what_is_kept_by_which_rule_and_until_when(site: Site) -> None:
    leo = await leo_at(site, asked="erasure", file="", plan=PLAN, holds=["legal-hold"])
    page = (await leo.get("/tasks/t-1")).text
    for words in ("§ 50 BRAO", "31 December 2032", "Nothing may be erased: legal hold", "Refuse"):
        assert words in page
