"""Is what stands in the way read, placed and lifted by keyboard, and does it fit every screen?"""

from playwright.async_api import Browser, expect

from services.desk.ports.staff import STAFF
from shared.contracts.restrictions_asked import RestrictionTold
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, Look
from tests.desk.facts import LEO, PAT
from tests.desk.pages.test_restrictions import ROW
from tests.desk.walls import wall

FREEZE = RestrictionTold(
    restriction_id="f-1", kind="freeze", scope="firm", effect="wait", at="2026-03-01T09:00:00Z",
    by="pat", why="The building is closed.", may_lift=True,
)  # fmt: skip


@LOOKS
async def test_a_wall_is_read_placed_and_lifted(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    memory = site.behind.memory
    memory.office.hear(wall("client", "lena", client_id="c-1001"))
    memory.restrictions.rows = [ROW]
    assert memory.office.get(STAFF, "lena") is not None
    async with opened(chrome, **look) as page:
        await site.sign_in(page, LEO)
        await page.goto(f"{site.url}/clients/c-1001")
        await expect(page.locator(".notice").first).to_contain_text("Ethical wall")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.goto(f"{site.url}/clients/c-1001/restrictions")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.locator("input[name=kind][value=wall]").check()
        await page.locator("input[name=staff_ids][value=ash]").check()
        await page.locator("#why").fill("They acted for the other side.")
        await page.locator("form[action$='/restrictions'] button").press("Enter")
        await expect(page.locator(".flash")).to_contain_text("It holds from now on.")
    assert memory.restrictions.asked[-1].staff_ids == ["ash"]


async def test_a_hold_on_the_whole_firm_is_placed_seen_and_lifted(
    chrome: Browser, site: DeskSite
) -> None:
    restrictions = site.behind.memory.restrictions
    async with opened(chrome) as page:
        await site.sign_in(page, PAT)
        await page.goto(f"{site.url}/incidents")
        await page.get_by_role("link", name="what the whole firm must not send").click()
        assert (await findings(page), await fits(page)) == ([], True)
        await page.locator("input[name=kind][value=freeze]").check()
        await page.locator("#why").fill("The building is closed.")
        await page.locator("form[action$='/restrictions'] button").press("Enter")
        await expect(page.locator(".flash")).to_contain_text("It holds from now on.")
        asked = restrictions.asked[-1]
        assert (asked.ask, asked.kind, asked.scope) == ("place", "freeze", "firm")
        restrictions.rows = [FREEZE]
        await page.locator("#leads-to").click()
        await expect(page.locator("article")).to_contain_text("The building is closed.")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.locator("article summary").click()
        await page.locator("article textarea").fill("It is open again.")
        await page.locator("article form button").press("Enter")
        await expect(page.locator(".flash")).to_contain_text("It is lifted.")
    asked = restrictions.asked[-1]
    assert (asked.ask, asked.restriction_id) == ("lift", "f-1")
