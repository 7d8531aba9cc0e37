"""Can a partner find why a figure fell, down to the call that was not made, in four clicks?"""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.desk_months import PLACES, bring_months
from tests.browser.readers import LOOKS, OLD_PHONE, READERS, Look, Reader
from tests.browser.site_menu import MENU, in_menu, to_page
from tests.desk.facts import PAT


@READERS
async def test_from_the_figure_that_fell_to_the_call_not_made_are_four_clicks(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    bring_months(site)
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, PAT)
        await to_page(page, "Reports")
        row = page.locator("tr", has_text="Commitments kept")
        await expect(row).to_contain_text("67 %")
        await page.click("text=Commitments kept")
        march = page.locator("svg a", has=page.locator("title", has_text="March 2026")).first
        await expect(march).to_have_attribute("aria-label", "March 2026: 25 % (n = 4)")
        await march.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Kept in time: All")
        missed = page.locator("tr", has_text="Returning a call: not done in time").first
        await missed.locator("a").click()
        await expect(page.locator("h1")).to_contain_text("Thomas Okafor")
        line = page.locator(":target")
        await expect(line).to_contain_text("Not done in time: returning a call")
        assert await fits(page)


async def test_on_a_phone_the_menu_is_one_of_the_four(chrome: Browser, site: DeskSite) -> None:
    bring_months(site)
    async with opened(chrome, **OLD_PHONE.at_the_desk) as page:
        await site.sign_in(page, PAT)
        await page.locator(MENU).click()
        await in_menu(page, "Reports").click()
        await page.locator("tr", has_text="Commitments kept").get_by_text("67 %").click()
        await expect(page.locator("h1")).to_have_text("Kept in time: All")
        missed = page.locator("tr", has_text="Returning a call: not done in time").first
        await missed.locator("a").click()
        line = page.locator(":target")
        await expect(line).to_contain_text("Not done in time: returning a call")
        assert await fits(page)


@pytest.mark.whole
@LOOKS
async def test_every_report_fits_and_nothing_grave_is_found_on_it(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    bring_months(site)
    async with opened(chrome, **look) as page:
        await site.sign_in(page, PAT)
        for place in PLACES:
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), place


async def test_on_paper_the_plots_stand_without_links_that_cannot_be_followed(
    chrome: Browser, site: DeskSite
) -> None:
    bring_months(site)
    async with opened(chrome, width=1280, js=True, scheme="dark", locale="en-GB") as page:
        await site.sign_in(page, PAT, "/reports/commitments")
        await page.emulate_media(media="print")
        await expect(page.locator("svg.plot").first).to_be_visible()
        await expect(page.locator(".plot-tick").first).to_be_visible()
        await expect(page.locator("nav[aria-label=Main]")).to_be_hidden()
        await expect(page.locator("form.narrowing").first).to_be_hidden()
