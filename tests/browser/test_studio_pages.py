"""Do all pages of the studio, and those of people and systems, look right on every screen?

Values and files are changed by keyboard alone; two people who change at once lose nothing.
"""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, Look
from tests.desk.facts import OSKAR, PAT

PLACES = (
    "/studio/values?section=firm",
    "/studio/values?section=office",
    "/studio/values?section=roles",
    "/studio/files",
    "/studio/file?place=surveys.yaml",
    "/studio/file?place=letters/en/handover.txt",
    "/studio/calendar?first=2026-07-06&do=close",
    "/studio/editions/draft/simulation",
)


@LOOKS
async def test_every_page_is_well_made(chrome: Browser, site: DeskSite, look: Look) -> None:
    async with opened(chrome, **look) as page:
        await site.sign_in(page, OSKAR, "/people")
        for place in (*PLACES, "/people", "/systems"):
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), page.url


async def test_a_value_is_kept_by_keyboard_and_a_mistake_is_where_it_stands(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome) as page:
        await site.sign_in(page, PAT, PLACES[1])
        await page.fill("[id='office.closed_days']", "31-31")
        await page.press("[id='office.closed_days']", "Enter")
        await expect(page.locator("#error-summary")).to_be_focused()
        assert (await findings(page), await fits(page)) == ([], True)
        await page.fill("[id='office.closed_days']", "12-24")
        await page.press("[id='office.closed_days']", "Enter")
        await expect(page.locator("main")).to_contain_text("Your draft has it")


@pytest.mark.parametrize("place", [PLACES[1]])
async def test_two_people_at_once_lose_nothing(chrome: Browser, site: DeskSite, place: str) -> None:
    async with opened(chrome, js=False) as page, opened(chrome, js=False) as other:
        await site.sign_in(page, PAT, place)
        await site.sign_in(other, OSKAR, place)
        await page.fill("[id='office.opens']", "08:30")
        await page.press("[id='office.opens']", "Enter")
        await other.fill("[id='office.closed_days']", "12-24")
        await other.press("[id='office.closed_days']", "Enter")
        for each in (page, other):
            await expect(each.locator("main")).to_contain_text("Your draft has it")
        await page.goto(f"{site.url}/studio/editions/draft")
        await page.click("button[value=propose]")
        await other.goto(f"{site.url}/studio/editions/1")
        await other.click("button[value=approve]")
        await expect(other.locator("main")).to_contain_text("In force")
        await other.goto(f"{site.url}/studio/editions/draft")
        await expect(other.locator("main")).to_contain_text("came into force meanwhile")
        await other.click("button[value=take-in]")
        await other.goto(f"{site.url}{place}")
        await expect(other.locator("[id='office.opens']")).to_have_value("08:30")
        await expect(other.locator("[id='office.closed_days']")).to_have_value("12-24")
