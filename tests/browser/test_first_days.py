"""Can a partner follow a firm's first days on any screen?"""

from playwright.async_api import Browser, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import READERS, Reader
from tests.desk.facts import PAT
from tests.desk.scripted import WELL

SHIPPED = {
    "samples": ["CLIENTELE_FIRM_NAME"],
    "lacking": [],
    "sender": {"state": "never"},
}


@READERS
async def test_a_line_that_no_machine_can_know_is_said_by_a_person(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    site.behind.memory.services.told["reminders"] = {**WELL, "own": SHIPPED}
    site.behind.memory.services.told["gateway"] = {**WELL, "own": {"imported": {}}}
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, PAT)
        await page.click('a[href="/first-days"]')
        await expect(page.locator("h1")).to_have_text("First days")
        await expect(page.locator("main")).to_contain_text("Still to do: the firm's name.")
        assert await fits(page)
        assert not reader.js or await findings(page) == []  # axe is a script
        await page.click("text=They are right for us")
        await expect(page.locator(".flash")).to_contain_text("Noted, with your name.")
        await expect(page.locator("[aria-labelledby=line-rules]")).to_contain_text("said so on")
