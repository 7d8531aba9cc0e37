"""Does the page for operations say what is wrong, what to do, and settle what was asked?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.firm import InvoicePaid
from tests.desk.browsing import Site
from tests.desk.facts import NOON, OSKAR
from tests.desk.scripted import WELL

GROUP = {"fingerprint": "KeyError@workflow/ask", "reason": "unexpected", "count": 3,
         "event_types": ["matter-closed"], "first_at": "2026-03-02 09:00:00+00:00",
         "last_at": "2026-03-02 14:00:00+00:00"}  # fmt: skip
LETTER = {"id": "feedback-17", "consumer": "feedback", "event_type": "matter-closed",
          "reason": "invalid",
          "field_errors": [{"field": "data.matter_id", "message": "is missing"}],
          "stream_seq": 17, "first_at": "2026-03-02 09:00:00+00:00",
          "last_at": "2026-03-02 14:00:00+00:00", "count": 2, "replays": 1, "status": "open",
          "fingerprint": "invalid:data.matter_id", "settled_by": "oskar",
          "message": "Anna Müller"}  # fmt: skip


async def page(site: Site, place: str = "/ops") -> str:
    answer = await (await site.as_person(OSKAR)).get(place)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_all_well_is_said_in_one_sentence(site: Site) -> None:
    text = await page(site)
    assert "Everything is as it should be." in text
    assert "<title>All well" in text
    assert "What to do" not in text


async def test_what_is_wrong_stands_first_with_what_to_do(site: Site) -> None:
    own = {"unknown": 2, "unknown_oldest_seconds": 4000.0, "held": True, "held_since": None}
    site.memory.services.told["reminders"] = WELL | {"pending": 2_500, "own": own}
    text = await page(site)
    for words in ("reminders: messages to clients, all held back", "clientele outbound release",
                  "reminders: events waiting, 2,500", "2, the oldest for 1 hour",
                  "<title>3 to look at"):  # fmt: skip
        assert words in text
    assert text.index("all held back") < text.index("2,500")  # the worst first


@pytest.mark.parametrize(("hours", "is_well"), [(2, True), (25, False), (80, False)])
async def test_nothing_is_called_well_while_a_system_is_silent(
    site: Site, hours: int, is_well: bool
) -> None:
    paid = InvoicePaid(invoice_id="i-1", client_id="c-1")
    site.memory.office.hear(paid, source="urn:firm:billing")
    site.memory.office.now += timedelta(hours=hours)
    text = await page(site)
    assert ("Everything is as it should be." in text) is is_well
    assert ("<title>All well" in text) is is_well
    assert ("was last heard" in text) is not is_well


async def test_a_service_that_is_away_is_said_and_the_others_are_shown(site: Site) -> None:
    site.memory.services.told |= {"intake": None, "feedback": WELL | {"dead_open": 4}}
    text = await page(site)
    assert "intake does not answer" in text
    assert "not known" in text
    assert "feedback: dead letters, 4" in text


async def test_dead_letters_stand_there_by_cause_without_what_they_said(site: Site) -> None:
    site.memory.services.told["feedback"] = WELL | {"dead_open": 3, "dead": [GROUP]}
    text = await page(site)
    for words in ("feedback: 3 of matter-closed",
                  "KeyError@workflow/ask", "Deploy a mended release",
                  "6 hours ago", "1 hour ago"):  # fmt: skip
        assert words in text


async def test_one_by_one_shows_ids_and_fields_only(site: Site) -> None:
    site.memory.services.kept.append(LETTER)
    place = "/ops/dead-letters?service=feedback&fingerprint=invalid%3Adata.matter_id"
    text = await page(site, place)
    for words in ("feedback-17", "place 17 in the stream", "data.matter_id: is missing",
                  "last by Oskar"):  # fmt: skip
        assert words in text
    assert "Anna" not in text


@pytest.mark.parametrize(("do", "outcomes", "words"), [
    ("replay", {"applied": 2, "dead": 1}, "2 applied, 1 failed again"),
    ("discard", {"discarded": 3}, "3 put aside"),
    ("replay", {}, "none was open any more"),
])  # fmt: skip
async def test_letters_of_one_cause_are_settled_in_the_persons_name(
    site: Site, do: str, outcomes: dict[str, int], words: str
) -> None:
    site.memory.services.told["feedback"] = WELL | {"dead_open": 3, "dead": [GROUP]}
    site.memory.services.outcomes = outcomes
    oskar = await site.as_person(OSKAR)
    answer = await oskar.post(f"/ops/dead-letters/{do}", await oskar.get("/ops"))
    assert words in (await oskar.get(answer.headers["location"])).text
    choice = {"fingerprint": "KeyError@workflow/ask"}
    assert site.memory.services.settled == [("feedback", do, choice, "oskar")]


async def test_what_the_owner_refuses_is_said(site: Site) -> None:
    site.memory.services.outcomes = Refused("wrong-role", "This is for: ops.")
    oskar = await site.as_person(OSKAR)
    fields = {"service": "feedback", "id": "feedback-17"}
    answer = await oskar.do("/ops/dead-letters/replay", fields)
    assert answer.status_code == 409
    assert "This is for: ops." in answer.text


@pytest.mark.parametrize("fields", [
    {"service": "billing", "id": "x-1"}, {"service": "feedback"}, {"id": "x-1"},
])  # fmt: skip
async def test_what_names_no_letters_settles_none(site: Site, fields: dict[str, Any]) -> None:
    answer = await (await site.as_person(OSKAR)).do("/ops/dead-letters/replay", fields)
    assert answer.status_code in (409, 422)
    assert site.memory.services.settled == []


async def test_a_service_that_goes_away_while_settling_is_a_page_that_says_so(site: Site) -> None:
    site.memory.services.away = True
    oskar = await site.as_person(OSKAR)
    answer = await oskar.do("/ops/dead-letters/replay", {"service": "feedback", "id": "feedback-1"})
    assert answer.status_code == 503
    place = "/ops/dead-letters?service=feedback&fingerprint=x"
    assert (await oskar.get(place)).status_code == 503


async def test_who_was_heard_from_and_when(site: Site) -> None:
    site.memory.office.hear(
        InvoicePaid(invoice_id="i-1", client_id="c-1"), source="urn:firm:billing"
    )
    text = await page(site)
    assert "<code>urn:firm:billing</code>" in text
    assert "just now" in text
    site.memory.office.now = NOON.replace(day=6)
    assert "4 days ago, silent" in await page(site)
