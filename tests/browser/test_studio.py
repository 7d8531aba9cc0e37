"""Can a partner change the firm's rules and words on any screen, by keyboard, without a script?"""

from playwright.async_api import Browser, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, Look
from tests.desk.facts import OSKAR, PAT


@LOOKS
async def test_a_rule_and_a_text_are_changed_proposed_and_approved(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    async with opened(chrome, **look) as page, opened(chrome, js=False) as other:

        async def well_made() -> None:
            assert (await findings(page), await fits(page)) == ([], True), page.url

        await site.sign_in(page, PAT, "/studio")
        await well_made()
        await page.click("#rule-survey-due a")
        await well_made()
        await page.fill("#offset", "soon")
        await page.press("#offset", "Enter")
        await expect(page.locator("#error-summary")).to_be_focused()
        await well_made()
        await page.fill("#offset", "+14d")
        await page.fill("#valid-until", "+44d")
        await page.click("button[value=keep]")
        await expect(page.locator("#rule-survey-due")).to_contain_text("14 days after closed_at")
        await page.goto(f"{site.url}/studio/text?language=de&message=survey-invitation")
        await well_made()
        words = await page.input_value("#text")
        await page.fill("#text", words.replace("Subject: ", "Subject: Kurz gefragt: ", 1))
        await page.click("button[value=look]")
        await expect(page.locator("#reads-title + p + p")).to_contain_text("Kurz gefragt")
        await well_made()
        await page.click("button[value=keep]")
        await page.click("#look")
        await expect(page.locator("body")).to_contain_text("Ada Muster")
        assert await fits(page)
        await page.goto(f"{site.url}/studio/editions/draft")
        await well_made()
        await page.fill("#note", "Two weeks, and shorter.")
        await page.click("button[value=propose]")
        await expect(page.locator("h1")).to_have_text("Edition 1")
        await well_made()
        await site.sign_in(other, OSKAR, "/studio/editions/1")
        await expect(other.locator("main")).to_contain_text("Kurz gefragt")
        await other.click("button[value=approve]")
        await expect(other.locator("main")).to_contain_text("In force")
        await page.goto(f"{site.url}/studio/editions")
        await expect(page.locator("main")).to_contain_text("Edition 1 is in force")
        await well_made()
