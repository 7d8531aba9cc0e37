"""Somebody rings: is the inquiry entered, followed and made a client, in a real browser?"""

from playwright.async_api import Browser, expect

from tests.browser.chromium import findings, fits
from tests.journeys.firm import Firm
from tests.journeys.test_staff_pages import at_the_desk, browser

__all__ = ["browser"]
PHONE = {"width": 320, "height": 640, "scheme": "dark"}


async def test_an_assistant_enters_a_call_and_follows_it_until_a_client_is_made(
    browser: Browser,
    firm: Firm,
) -> None:
    name = f"Walburga Zimt{firm.id('w').replace('-', '')}"
    async with at_the_desk(browser, firm, "assistant", "/inquiries", **PHONE) as page:
        await page.click("#enter")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.fill("#name", name)
        await page.fill("#phone", "+49 30 5550199")
        await page.fill("#opponents", f"Oswin Quast{firm.id('q').replace('-', '')}")
        await page.fill("#deadline", "2026-12-03")
        await page.fill("#area", "tenancy")
        await page.select_option("#referral", "recommendation")
        await page.click("main form.sheet button[type=submit]")
        await expect(page.locator("h1")).to_have_text(name)
        inquiry = page.url.split("?")[0]
        await firm.idle()
        await page.goto(inquiry)
        await expect(page.locator(".task-head")).to_contain_text("May tell")
        await page.click(".side a[href^='/tasks/']")
        await expect(page.locator("h1")).to_have_text("Answer an inquiry")
        await expect(page.locator(".task-head")).to_contain_text(name)
        await page.fill("#decide-form [name=note]", "Rang back; a first talk is set.")
        await page.check("#decide-form [name=deadline_told][value=yes]")
        await page.click("button[value=contacted]")
        await expect(page.locator(".flash")).to_contain_text("I have been in touch.")
        await firm.decided()
        await page.goto(inquiry)
        await expect(page.locator(".task-head")).to_contain_text("Met")
        await page.click(".side a[href^='/tasks/']")
        await expect(page.locator("#client_name")).to_have_value(name)
        await expect(page.locator("#phone")).to_have_value("+49 30 5550199")
        await page.select_option("#lawyer", firm.connect["staff"]["lawyer"])
        assert (await findings(page), await fits(page)) == ([], True)
        await page.click("button[value=engaged]")
        await expect(page.locator(".flash")).to_contain_text("They are a client now.")
        await firm.decided()
        await page.goto(inquiry)
        await expect(page.locator(".task-head")).to_contain_text("Engaged")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.click(f"dd a:has-text('{name}')")
        await expect(page.locator("main")).to_contain_text("Became a client of the firm.")
        await expect(page.locator("main")).to_contain_text("was opened (Renting and housing)")
        await page.goto(f"{firm.connect['desk']}/inquiries?phase=engaged")
        await expect(page.locator("main table").first).to_contain_text(name)
