"""Is every page of the desk readable on every screen, and open to everybody?"""

from playwright.async_api import Browser, expect

from services.desk.ports.answers import Answer, Refused
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import REPLY, DeskSite
from tests.browser.desk_inquiries import KINDS, bring_inquiries
from tests.browser.desk_inquiries import PLACES as INQUIRIES
from tests.browser.readers import LOOKS, Look
from tests.desk.browsing import invited
from tests.desk.facts import PAT, updated

PLACES = (
    "/inbox", "/inbox?view=team", "/inbox?view=team&kind=call-client&q=marsh", "/inbox?view=done",
    "/inbox?view=waiting", "/inbox?view=team&q=nobody", "/settings", "/settings/second-factor",
    "/tasks/t-none",
)  # fmt: skip
TASKS = (
    "t-recovery", "t-call", "t-check", "t-review", "t-posting", "t-gap", "t-unknown", "t-sleeping",
    "t-done",
)  # fmt: skip


@LOOKS
async def test_every_page_fits_and_nothing_grave_is_found_on_it(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    async with opened(chrome, **look) as page:
        for place in ("/login", invited(site.behind), "/welcome/dead"):
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), place
        await site.sign_in(page, PAT)
        for place in (*PLACES, *(f"/tasks/{each}" for each in TASKS)):
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), place


@LOOKS
async def test_inquiries_and_the_letter_to_whom_the_firm_declines_are_as_well_made(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    bring_inquiries(site)
    async with opened(chrome, **look) as page:
        await site.sign_in(page, PAT)
        for place in (*INQUIRIES, *(f"/tasks/{each}" for each in KINDS)):
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), place
            await expect(page.locator("main")).not_to_contain_text("i-1")
        await page.click("summary >> nth=-1")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.goto(f"{site.url}/inquiries/new")
        await page.click("main form button[type=submit]")
        await expect(page.locator("#error-summary")).to_be_focused()
        assert (await findings(page), await fits(page)) == ([], True)


@LOOKS
async def test_menus_refusals_and_stale_pages_are_as_well_made(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    owners = site.behind.memory.owners
    async with opened(chrome, **look) as page:
        await page.goto(f"{site.url}/login")
        await page.click("main button[type=submit]")  # the browser itself says what is missing
        await page.fill("#user", "leo")
        await page.fill("#password", "wrong")
        await page.click("main button[type=submit]")
        await expect(page.locator("#error-summary")).to_be_focused()
        assert (await findings(page), await fits(page)) == ([], True)

        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.click("#filters summary")
        await page.check("#tick-t-review")
        await page.click("#menu-snooze summary")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.keyboard.press("Escape")
        await page.keyboard.press("?")
        assert (await findings(page), await fits(page)) == ([], True)

        message = "characters 1 to 9 (client): this says somebody was a client"
        owners.answer = Answer("open", 1, Refused("guard", message, "text"))
        await page.goto(f"{site.url}/tasks/t-review")
        await page.click("text=Approve this reply")
        await expect(page.locator(".findings mark")).to_have_text(REPLY[:9])
        assert (await findings(page), await fits(page)) == ([], True)

        await page.goto(f"{site.url}/tasks/t-recovery")
        stale = Refused("stale-version", "Somebody changed it: look again.")
        owners.answer = Answer("open", 2, stale)
        site.behind.memory.office.hear(updated("t-recovery", service="feedback"))
        await page.click("button[value=acknowledge]")
        await expect(page.locator("h2").first).to_contain_text("has changed since you opened it")
        assert (await findings(page), await fits(page)) == ([], True)
