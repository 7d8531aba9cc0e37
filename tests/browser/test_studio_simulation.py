"""Does the page of a simulation show that it is done, without being loaded anew?"""

from typing import cast

from playwright.async_api import Browser, expect

from tests.browser.chromium import opened
from tests.browser.desk_day import DeskSite
from tests.desk.facts import PAT
from tests.desk.memory_editions import MemoryEditions
from tests.desk.pages.test_studio_simulation import FOUND
from tests.reminders.editions import work


async def test_what_is_done_offers_to_run_again_and_to_print_and_no_more_to_cancel(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, width=1024) as page:
        await site.sign_in(page, PAT, "/studio/rules/survey-due")
        await page.fill("#offset", "+14d")
        await page.fill("#valid-until", "+44d")
        await page.click("button[value=keep]")
        await page.goto(f"{site.url}/studio/editions/draft/simulation")
        await page.click("button[value=start]")
        await expect(page.locator("#cancel")).to_be_visible()
        await page.locator("#cancel").focus()
        await page.wait_for_event("response", lambda answer: "live=1" in answer.url)
        await expect(page.locator("#cancel")).to_be_focused()
        reminders = cast("MemoryEditions", site.behind.memory.desk.editions).reminders
        work(reminders, "finish", work(reminders, "take", "0:a"), FOUND)
        await expect(page.locator("#counts-title")).to_be_visible(timeout=10_000)
        await expect(page.locator("#cancel")).to_have_count(0)
        await expect(page.locator("button[value=start]")).to_be_visible()
        await expect(page.locator("#to-print button")).to_be_visible()
