"""Does whoever looks after calendars see which are read, what is set, and what was refused?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.staff import StaffMember
from services.gateway.domain.calendars.kept import KeptCalendar
from services.gateway.domain.last_words import LastWord
from services.gateway.ports import CALENDARS, LAST_WORDS
from shared.state.unit_of_work import UnitOfWork
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, PAT
from tests.gateway.brought import Bringing
from tests.gateway.doors import new_office

ADDRESS = "https://c.example/s"
RULES = {"every": "30m", "client": [{"category": "client:"}, {"attendee": True}], "ahead": "90d"}
KEPT = KeptCalendar(
    name="court", full_at=NOON, next_at=NOON + timedelta(minutes=30), unmatched=2, left_out=3,
    said=("2026-03-10T09:00:00.000Z nobody",),
)  # fmt: skip
HEARD = LastWord(source="court", at=NOON, since=NOON, count=4)


def reads(site: Site, kept: KeptCalendar | None = KEPT, address: str = ADDRESS) -> Any:
    """The gateway reads one calendar."""
    office, config = new_office({"court": {"calendar": RULES}})

    def seed(unit: UnitOfWork) -> None:
        if kept is not None:
            unit.put(CALENDARS, kept)
            unit.put(LAST_WORDS, HEARD)

    office.ask(seed, lambda _: [CALENDARS.one("court"), LAST_WORDS.one("court")])
    addresses = {"court": address} if address else {}
    site.memory.imports.gateway = Bringing(office, config, addresses=addresses)
    return office


async def page(site: Site, person: StaffMember = OSKAR) -> str:
    return (await (await site.as_person(person)).get("/calendars")).text


async def test_a_calendar_says_when_it_was_read_what_was_refused_and_what_is_set(
    site: Site,
) -> None:
    reads(site)
    text = await page(site)
    for words in (
        "At c.example.", "Looked at last", "Read whole", "Next",
        "3 entries name no client", "nobody who is invited is a client the firm knows",
        "The others are refused for reasons of the same kind.",
        "<code>every</code></th><td>30m</td>", "a category that begins with",
        "the address of somebody invited", "<code>sources/court.yaml</code>",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(("kept", "address", "words"), [
    (None, ADDRESS, "Never read yet."),
    (KEPT, "", "No address: not read"),
    (KeptCalendar(name="court", problem="status-404"), ADDRESS, "Cannot be read"),
    (KeptCalendar(name="court", problem="too-much-gone: 12"), ADDRESS,
     "12 appointments gone at once: not believed"),
])  # fmt: skip
async def test_what_is_wrong_with_one_is_said_with_what_to_do(
    site: Site, kept: KeptCalendar | None, address: str, words: str
) -> None:
    reads(site, kept, address)
    assert words in await page(site)


async def test_a_person_has_it_read_at_once(site: Site) -> None:
    office = reads(site)
    browser = await site.as_person(PAT)
    shown = await browser.get("/calendars")
    answer = await browser.post("/calendars/court/read", shown, {})
    assert answer.status_code == 303
    assert "court is read within seconds" in (await browser.get(answer.headers["location"])).text
    (kept,) = office.all(CALENDARS)
    assert kept.next_at == office.now


async def test_without_an_address_the_page_says_why_it_is_not_read(site: Site) -> None:
    reads(site, address="")
    browser = await site.as_person(PAT)
    answer = await browser.post("/calendars/court/read", await browser.get("/calendars"), {})
    assert answer.status_code == 409
    assert "write it into the file of its secret first" in answer.text


async def test_a_firm_that_reads_none_is_told_how(site: Site) -> None:
    assert "None is read." in await page(site)


@pytest.mark.parametrize("person", [ASH, CLARA, LEO], ids=lambda each: each.staff_id)
async def test_nobody_else_is_shown_them(site: Site, person: StaffMember) -> None:
    reads(site)
    answer = await (await site.as_person(person)).get("/calendars")
    assert answer.status_code == 403
    assert "court" not in answer.text


async def test_while_the_gateway_is_away_the_page_says_so(site: Site) -> None:
    site.memory.imports.away = True
    answer = await (await site.as_person(OSKAR)).get("/calendars")
    assert answer.status_code == 503
