"""Does the desk say what is still to be done before a firm writes to real clients?"""

import re
from typing import Any

import pytest

from services.desk.domain.staff import StaffMember
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, PAT
from tests.desk.scripted import WELL

SHIPPED: dict[str, Any] = {"samples": ["CLIENTELE_FIRM_NAME"], "lacking": ["CLIENTELE_IMPRINT_URL"]}
SHIPPED["sender"] = {"state": "never"}
BELIEVED = {"state": "ready", "at": NOON.isoformat()}
OWN: dict[str, Any] = {"samples": [], "lacking": [], "sender": BELIEVED}


def told(site: Site, own: dict[str, Any]) -> None:
    """What reminders says of the firm; nothing is imported yet."""
    site.memory.services.told["gateway"] = {**WELL, "own": {"imported": {}}}
    site.memory.services.told["reminders"] = {**WELL, "own": own}


async def test_each_line_says_what_is_to_do_and_where(site: Site) -> None:
    told(site, SHIPPED)
    page = (await (await site.as_person(PAT)).get("/first-days")).text
    assert "Still to do: the firm&#39;s name." in page
    assert "Still to do: the imprint." in page
    assert 'href="/first-days/sender"' in page
    assert "are done before the firm writes to real clients" in page


async def test_whatever_a_page_can_do_is_done_on_that_page_and_names_no_file(site: Site) -> None:
    told(site, SHIPPED)
    browser = await site.as_person(PAT)
    page = (await browser.get("/first-days")).text
    assert "firm.toml" not in page
    assert set(re.findall(r"clientele \w+", page)) == set()
    for place in set(re.findall(r'<p><a href="(/[^"#]+)', page)):
        assert (await browser.get(place)).status_code == 200, place


async def test_the_inbox_leads_there_until_the_firm_is_ready(site: Site) -> None:
    told(site, SHIPPED)
    browser = await site.as_person(PAT)
    assert 'href="/first-days"' in (await browser.get("/inbox")).text
    told(site, OWN)
    for line in ("book", "rules"):
        page = await browser.get("/first-days")
        answer = await browser.post(f"/first-days/{line}", page)
        assert answer.status_code == 303
    ready = (await browser.get("/first-days")).text
    assert "Pat said so on" in ready
    assert "A test mail was believed on" in ready
    assert "The firm is ready for real clients." in ready
    assert 'href="/first-days"' not in (await browser.get("/inbox")).text


async def test_with_reminders_away_the_inbox_says_nothing_and_the_page_that(site: Site) -> None:
    site.memory.services.told["reminders"] = None
    browser = await site.as_person(OSKAR)
    assert 'href="/first-days"' not in (await browser.get("/inbox")).text
    assert "Not known just now" in (await browser.get("/first-days")).text


@pytest.mark.parametrize("person", [ASH, CLARA, LEO], ids=lambda each: each.staff_id)
async def test_it_is_no_work_of_others(site: Site, person: StaffMember) -> None:
    told(site, SHIPPED)
    browser = await site.as_person(person)
    assert (await browser.get("/first-days")).status_code == 403
    assert (await browser.do("/first-days/book")).status_code == 403
    assert 'href="/first-days"' not in (await browser.get("/inbox")).text


async def test_what_is_reckoned_cannot_be_said(site: Site) -> None:
    browser = await site.as_person(PAT)
    assert (await browser.do("/first-days/people")).status_code == 404


async def test_what_was_imported_is_told_with_its_counts(site: Site) -> None:
    told(site, OWN)
    own = {"imported": {"clients": 60, "matters": 1180}}
    site.memory.services.told["gateway"] = {**WELL, "own": own}
    page = (await (await site.as_person(PAT)).get("/first-days")).text
    assert "Imported: 60 clients, 1,180 matters." in page
    assert "There are none to import" not in page


async def test_what_a_test_mail_showed_to_be_amiss_is_named(site: Site) -> None:
    told(site, {**OWN, "sender": {"state": "not-ready", "amiss": ["spf", "alignment"]}})
    page = (await (await site.as_person(PAT)).get("/first-days")).text
    assert "Still to do: SPF, DMARC." in page
