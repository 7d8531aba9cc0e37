"""Is a partner told, on a running installation, what the firm's work adds up to, and why?"""

import re
from datetime import timedelta

from playwright.async_api import Browser, expect

from services.feedback.domain.figures import FIGURES
from tests.browser.site_menu import to_page
from tests.journeys.firm import Firm
from tests.journeys.test_refusals import a_review
from tests.journeys.test_staff_pages import at_the_desk
from tests.journeys.test_staff_pages import browser as browser  # a fixture

LISTS = ("risks", "workload", "learning", *FIGURES)
PLACES = ("/reports", "/reviews", *(f"/reports/{each}" for each in LISTS))


async def a_call_nobody_returns(firm: Firm) -> str:
    """A client rings and is promised a call; three days pass."""
    client_id, now = await firm.a_client(), await firm.now()
    asked = {"call_id": firm.id("k"), "client_id": client_id, "purpose": "question"}
    await firm.say("call-requested", client_id, asked | {"at": now.isoformat()})
    await firm.idle()
    await firm.advance(timedelta(days=4))
    return client_id


async def test_from_the_figure_to_the_call_that_was_not_made_are_four_clicks_on_real_servers(
    browser: Browser, firm: Firm
) -> None:
    client_id = await a_call_nobody_returns(firm)
    async with at_the_desk(browser, firm, "partner") as page:
        await to_page(page, "Reports")
        await page.click("text=Commitments kept")
        await page.locator("tr", has_text="Missed").first.locator("a").first.click()
        call = page.locator("tr", has_text=re.compile("call", re.IGNORECASE))
        await call.locator(f"a[href*='{client_id}']").first.click()  # more may be owed to them
        await expect(page.locator(":target")).to_contain_text("Not done in time: returning a call")


async def test_every_report_and_the_list_of_reviews_open_on_real_servers(
    browser: Browser, firm: Firm
) -> None:
    await a_review(firm, 4)
    async with at_the_desk(browser, firm, "partner", "/reports") as page:
        for place in PLACES:
            answer = await page.goto(f"{firm.connect['desk']}{place}")
            assert answer is not None
            assert answer.status == 200, place
