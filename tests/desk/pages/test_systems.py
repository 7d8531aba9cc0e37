"""Does ops see of each other system how it is, and what waits of it?"""

from datetime import timedelta
from typing import Any

import pytest

from tests.desk.browsing import Site
from tests.desk.facts import ASH, OSKAR
from tests.desk.scripted import WELL

SPOKE = {"source": "calendar", "is_open": True, "count": 3, "last_seconds": 90.0,
         "rhythm_seconds": 7200.0, "longest_seconds": 259_200.0}  # fmt: skip


def says(site: Site, **changes: Any) -> None:
    """The gateway tells of one source."""
    site.memory.services.told["gateway"] = WELL | {"own": {"sources": [SPOKE | changes]}}


async def page(site: Site) -> str:
    answer = await (await site.as_person(OSKAR)).get("/systems")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_source_stands_there_with_its_last_word_and_rhythm(site: Site) -> None:
    says(site)
    text = await page(site)
    for words in ("calendar", "Speaks", "1 minute ago", "every 2 hours", "3 days", "None"):
        assert words in text


@pytest.mark.parametrize(("changes", "words"), [
    ({"is_open": False}, "No secret: closed"),
    ({"silent_seconds": 7200.0}, "Silent for 2 hours too long"),
    ({"ends_seconds": 7200.0}, "Its webhook ends in 2 hours"),
    ({"ends_seconds": 0.0}, "Its webhook has ended"),
    ({"count": 0, "last_seconds": None, "rhythm_seconds": None}, "never yet"),
    ({"longest_seconds": None}, "not watched"),
    ({"not_put_away": "move-refused"}, "Read, but not moved: move-refused"),
    ({"fetched": True, "is_open": False}, "No address: not read"),
    ({"fetched": True, "away": "status-404"}, "Cannot be read: status-404"),
    ({"fetched": True, "away": "too-much-gone: 12"}, "12 appointments gone at once"),
    ({"fetched": True, "silent_seconds": 7200.0}, "Not read for 2 hours too long"),
    ({"unmatched": 1, "said": ["2026-03-10T09:00:00.000Z nobody"]},
     "2026-03-10 09:00 UTC: nobody who is invited is a client"),
    ({"unmatched": 2, "said": ["2026-03-10 several"]}, "2026-03-10: who is invited may be several"),
    ({"unmatched": 2, "said": ["2026-03-10 erased"]}, "2026-03-10: its client&#39;s records were"),
    ({"unmatched": 2, "said": ["a@x unreadable:DTSTART"]}, "a@x: DTSTART cannot be read"),
    ({"left_out": 3}, "3 name no client"),
])  # fmt: skip
async def test_whatever_is_not_well_is_said(
    site: Site, changes: dict[str, Any], words: str
) -> None:
    says(site, **changes)
    assert words in await page(site)


async def test_what_could_not_be_read_leads_to_its_dead_letters(site: Site) -> None:
    says(site, dead={"deliveries:unreadable:client_id": 2})
    text = await page(site)
    assert "/ops/dead-letters?service=gateway&amp;fingerprint=deliveries%3Aunreadable" in text
    assert "2 waiting" in text


async def test_a_firm_without_doors_reads_how_to_make_one(site: Site) -> None:
    assert "One file for each makes its door" in await page(site)


async def test_a_gateway_that_is_away_is_no_empty_list(site: Site) -> None:
    site.memory.services.told["gateway"] = None
    assert "The gateway does not answer." in await page(site)


async def test_the_page_is_for_operations(site: Site) -> None:
    assert (await (await site.as_person(ASH)).get("/systems")).status_code == 403


TAKES = {"name": "crm", "url": "https://crm.example/in", "types": ["matter-*"], "state": "active"}


def sends(site: Site, **changes: Any) -> None:
    """The gateway tells of one subscription; an hour is how long ago things were."""
    hour = (site.memory.office.now - timedelta(hours=1)).isoformat()
    said = {name: hour if value == "hour" else value for name, value in changes.items()}
    own = {"sources": [], "subscriptions": [TAKES | said]}
    site.memory.services.told["gateway"] = WELL | {"own": own}


async def test_a_subscription_stands_there_with_what_it_took_last(site: Site) -> None:
    sends(site, delivered_at="hour", pending=7)
    text = await page(site)
    for words in ("crm", "https://crm.example/in", "Takes them", "1 hour ago", "matter-*", ">7<"):
        assert words in text


@pytest.mark.parametrize(("changes", "words"), [
    ({"failing_since": "hour"}, "Takes nothing for 1 hour"),
    ({"failed_at": "hour", "failure": "status-500"}, "1 hour ago: status-500"),
    ({"state": "disabled", "since": "hour", "why": "gone"}, "Switched off for 1 hour: gone"),
    ({"state": "paused", "since": "hour"}, "Paused for 1 hour"),
    ({}, "never yet"),
])  # fmt: skip
async def test_whatever_keeps_events_from_a_system_is_said(
    site: Site, changes: dict[str, Any], words: str
) -> None:
    sends(site, **changes)
    assert words in await page(site)


async def test_a_firm_that_tells_nobody_reads_how_to_begin(site: Site) -> None:
    says(site)
    assert "clientele subscriptions add" in await page(site)
