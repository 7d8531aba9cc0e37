"""Can a spokesperson lead a rehearsed breach to its end, with any screen, on paper, by keyboard?"""

from playwright.async_api import Browser, expect

from shared.requests.decisions import Actor
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, Look
from tests.desk.facts import PAT

SAID = "We are finding out what happened, and tell whoever is affected ourselves."
PAT_ACTS = Actor(id="pat", roles=("partner",))


@LOOKS
async def test_a_breach_is_rehearsed_from_its_declaration_to_its_end(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    office = site.behind.memory.office
    async with opened(chrome, **look) as page:

        async def well_made() -> None:
            assert (await findings(page), await fits(page)) == ([], True), page.url

        await site.sign_in(page, PAT, "/incidents")
        await well_made()
        await page.click("#declare")
        await page.click("main form.sheet button[type=submit]")
        await expect(page.locator("#error-summary")).to_contain_text("Nothing was declared")
        await well_made()
        await page.check("input[value=rehearsal]")
        await page.select_option("#kind", "data-breach")
        await page.click("main form.sheet button[type=submit]")
        await expect(page.locator("h1")).to_have_text("Rehearsal: Data breach")
        await expect(page.locator(".clock-row")).to_contain_text("72 hours left")
        await well_made()
        place = page.url.partition("?")[0]
        await page.fill("#text", "The insurer was called: claim 17.")
        await page.press("#text", "Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator(".history li").first).to_contain_text("claim 17")
        await expect(page.locator("main")).to_contain_text("Only Paula Weiss speaks for the firm.")
        await page.locator("summary", has_text="Change it").first.click()
        await page.fill("#words-en", SAID)
        await (
            page.locator("#words-en").locator("xpath=ancestor::form").get_by_role("button").click()
        )
        await expect(page.locator("#statement-en")).to_have_text(SAID)
        await well_made()
        (step,) = [t for t in office.tasks("incident-step") if "notify authority" in t.title]
        office.decide(step.task_id, "done", {"note": "Only played."}, actor=PAT_ACTS)
        await page.goto(f"{site.url}/inbox")
        await expect(page.locator(".incident-bar")).to_contain_text("Nobody outside is told.")
        await well_made()
        await page.click(".incident-bar a")
        await expect(page.locator(".clock-row")).to_contain_text("Done in time")
        await page.emulate_media(media="print")
        await expect(page.locator("main")).to_contain_text("Nobody outside is told anything")
        await expect(page.locator("summary").first).to_be_hidden()
        await page.emulate_media(media="screen")
        await page.click("#clients")
        await expect(page.locator("h1")).to_have_text("Current clients")
        await well_made()
        await page.goto(place)
        await page.click("summary:has-text('It is over')")
        await page.fill("#learned", "The list of whom to call was old.")
        await page.click("button:has-text('End it')")
        await expect(page.locator(".badge", has_text="Over")).to_be_visible()
        await well_made()
    assert {"restriction-placed", "data-breach-detected"}.isdisjoint(
        event.type for event in office.announced
    )
