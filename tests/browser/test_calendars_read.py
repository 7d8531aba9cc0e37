"""Does whoever looks after calendars see, on any screen, how each is read, and have one read?"""

from playwright.async_api import Browser, expect

from services.gateway.ports import CALENDARS
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import READERS, Reader
from tests.desk.facts import OSKAR
from tests.desk.pages.test_calendars_read import reads


@READERS
async def test_a_calendar_is_seen_with_what_is_set_and_read_at_once(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    office = reads(site.behind)
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, OSKAR)
        await page.goto(f"{site.url}/calendars")
        await expect(page.locator("main")).to_contain_text("Refused, and why")
        await page.click("text=What is set")
        await expect(page.locator("table")).to_contain_text("how often it is fetched")
        assert await fits(page)
        assert not reader.js or await findings(page) == []  # axe is a script
        await page.focus("text=Read it now")
        await page.keyboard.press("Enter")
        await expect(page.locator(".flash")).to_contain_text("court is read within seconds")
        (kept,) = office.all(CALENDARS)
        assert kept.next_at == office.now
