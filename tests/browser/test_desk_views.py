"""Can staff work with timelines, operations and settings on any screen, without scripts too?"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Answer, Refused
from shared.contracts.firm import ClientContactLogged
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite, desk_site
from tests.browser.desk_history import bring_trouble, tell_history
from tests.browser.readers import LOOKS, READERS, Look, Reader
from tests.browser.site_menu import to_page
from tests.desk.facts import ASH, LEO, OSKAR, PAT


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[DeskSite]:
    async with desk_site() as served:
        tell_history(served)
        bring_trouble(served)
        yield served


async def come_in(page: Page, site: DeskSite, person: StaffMember) -> None:
    """Sign in as this person."""
    await site.sign_in(page, person, "/inbox")
    await expect(page.locator("h1")).to_have_text("Inbox")


@READERS
async def test_a_client_is_found_and_a_call_logged(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await come_in(page, site, ASH)
        await to_page(page, "Clients")
        await page.fill("#q", "mull")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="Anna Müller")).to_be_visible()
        assert await fits(page)
        await page.get_by_role("link", name="Anna Müller").click()
        await expect(page.locator("h1")).to_have_text("Anna Müller")
        await expect(page.get_by_text("The client does not want such messages.")).to_be_visible()
        assert await fits(page)
        await page.get_by_role("link", name="Full").click()
        await expect(page.get_by_text("day-before, version 4")).to_be_visible()
        assert await fits(page)
        await page.locator("#log > summary").click()
        await page.check('[name="direction"][value="in"]')
        await page.fill("#words", "Calls back on Friday.")
        assert await fits(page)
        await page.get_by_role("button", name="Log it").click()
        await expect(page.get_by_text("The contact is logged.")).to_be_visible()
        await expect(page.locator(".story").get_by_text("Calls back on Friday.")).to_be_visible()
    (logged,) = site.behind.memory.office.announced_of(ClientContactLogged)
    assert logged.direction == "in"


async def test_back_leads_to_a_refused_form_and_not_to_an_error_of_the_browser(
    chrome: Browser, site: DeskSite
) -> None:
    site.behind.memory.owners.answer = Answer("open", 1, Refused("missing", "Say more.", "note"))
    async with opened(chrome) as page:
        await come_in(page, site, PAT)
        task = f"{site.url}/tasks/t-call?back=/inbox"
        await page.goto(task)
        await page.locator("button[name=decision]").first.click()
        await expect(page.locator("#error-summary")).to_be_visible()
        await page.click("#back")
        await expect(page).to_have_url(f"{site.url}/inbox")
        await page.go_back()
        await expect(page).to_have_url(task)
        await expect(page.locator("#decide")).to_be_visible()


@READERS
async def test_ops_sees_what_is_wrong_and_tries_letters_again(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await come_in(page, site, OSKAR)
        await to_page(page, "Operations")
        await expect(page.get_by_text("intake does not answer")).to_be_visible()
        assert await fits(page)
        await page.get_by_role("link", name="One by one").click()
        await expect(page.get_by_role("heading", name="feedback-17")).to_be_visible()
        assert await fits(page)
        await page.go_back()
        await page.get_by_text("Put aside…").click()
        await expect(page.get_by_text("They stay listed.")).to_be_visible()
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_text("Dead letters of feedback: 1 applied.")).to_be_visible()
    assert [each[1:] for each in site.behind.memory.services.settled] == [
        ("replay", {"fingerprint": "KeyError@workflow/ask"}, "oskar")
    ]


async def test_a_timeline_needs_no_mouse(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, width=1280) as page:
        await come_in(page, site, ASH)
        await page.goto(f"{site.url}/clients/c-1")
        await page.locator("#ask > summary").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.type("Send the forms.")
        await page.keyboard.press("Tab")
        await page.keyboard.type("03052026" if await _month_first(page) else "05032026")
        await page.locator("#ask button[type=submit]").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The task is open.")).to_be_visible()


async def _month_first(page: Page) -> bool:
    """Whether this browser's date fields begin with the month."""
    order: str = await page.evaluate("new Intl.DateTimeFormat(navigator.language).format(0)")
    return order.startswith("1/1") or not order.startswith("01/01")


@LOOKS
async def test_axe_finds_nothing_grave(chrome: Browser, site: DeskSite, look: Look) -> None:
    async with opened(chrome, **look) as page:
        await come_in(page, site, ASH)
        for place in ("/clients", "/clients?q=mull", "/clients?q=zz", "/clients/c-1", "/settings",
                      "/clients/c-1?form=full&about=contacts", "/clients/c-1?form=print",
                      "/accessibility", "/accessibility?lang=de"):  # fmt: skip
            await page.goto(f"{site.url}{place}")
            assert await findings(page) == [], place
        await page.goto(f"{site.url}/clients/c-1")
        opens = "document.querySelectorAll('#main details').forEach(d => d.open = true)"
        await page.evaluate(opens)
        assert await findings(page) == []
        await page.fill("#log [name=day]", "2026-04-01")
        await page.click("#log button[type=submit]")
        await expect(page.locator("#error-summary")).to_be_visible()
        assert await findings(page) == []
    async with opened(chrome, **look) as page:
        await come_in(page, site, OSKAR)
        letters = "/ops/dead-letters?service=feedback&fingerprint=KeyError%40workflow%2Fask"
        for place in ("/ops", "/systems", letters):
            await page.goto(f"{site.url}{place}")
            assert await findings(page) == [], place


@pytest.mark.parametrize("place", ["/clients/c-1?form=print", "/inbox?view=team", "/tasks/t-1"])
async def test_paper_has_the_firm_and_the_hour_and_no_buttons(
    chrome: Browser, site: DeskSite, place: str
) -> None:
    async with opened(chrome, width=1280) as page:
        await come_in(page, site, ASH)
        await page.goto(f"{site.url}{place}")
        await page.emulate_media(media="print")
        head = page.locator(".paper-head")
        await expect(head).to_contain_text("Example & Partners")
        await expect(head).to_contain_text("Printed Mon 2 Mar 2026, 12:00")
        assert await page.locator("button:visible, nav:visible, .side:visible").count() == 0


@READERS
async def test_the_calendars_address_is_made_and_ended(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await come_in(page, site, ASH)
        await page.goto(f"{site.url}/settings")
        await page.get_by_role("button", name="Make an address").click()
        address = await page.locator("#calendar-address").input_value()
        assert await fits(page)
        file = await page.request.get(address)
        assert (await file.text()).startswith("BEGIN:VCALENDAR")
        if reader.js:
            assert await findings(page) == []
        await page.get_by_role("button", name="Turn it off").click()
        await expect(page.locator("#calendar-address")).to_have_count(0)
        assert (await page.request.get(address)).status == 404


async def test_a_printed_task_keeps_whom_to_call_and_where(chrome: Browser, site: DeskSite) -> None:
    site.behind.memory.owners.shown = {"name": "Eleanor Marsh", "phone": "+44 20 5550 0142"}
    async with opened(chrome, width=1280) as page:
        await come_in(page, site, LEO)
        await page.goto(f"{site.url}/tasks/t-1")
        await page.emulate_media(media="print")
        await expect(page.locator('a[href^="tel:"]')).to_be_visible()
        await expect(page.locator(".to-decide")).to_be_hidden()
