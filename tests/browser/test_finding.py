"""Is a client found from anywhere and their matter handed over, by keys alone, on any screen?"""

from playwright.async_api import Browser, Page, expect

from shared.contracts.cards import CardTold, MatterTold
from shared.contracts.handovers import HandoverCompleted
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.hands import Hands
from tests.browser.readers import READERS, Reader
from tests.desk.facts import LEO


async def is_well(page: Page, reader: Reader) -> None:
    """It fits the screen, and axe, which is a script, finds nothing."""
    assert await fits(page), page.url
    if reader.js:
        assert await findings(page) == [], page.url


@READERS
async def test_a_client_is_found_and_their_matter_handed_over(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    memory = site.behind.memory
    matter = MatterTold(matter_id="m-2001", owner_id="leo", state="open")
    memory.cards.told["c-1001"] = CardTold(
        client_id="c-1001", known=True, name="Eleanor Marsh", matters=[matter]
    )
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = Hands(page)
        await site.sign_in(page, LEO, "/promised")
        if reader.js:
            await page.wait_for_load_state()  # keys are heard once the page's script is there
            await page.keyboard.press("Control+k")
            await expect(page.locator("#find")).to_be_focused()
            await page.keyboard.type("marsh")
        else:
            await hands.type("#find", "marsh")
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Search")
        await expect(page.locator("main [role=status]")).to_contain_text("found for “marsh”")
        await is_well(page, reader)
        await hands.press("main a[href='/clients/c-1001']")
        await expect(page.locator("h1")).to_have_text("Eleanor Marsh")
        await hands.press("a[href='/clients/c-1001/handover']")
        await expect(page.locator("h1")).to_contain_text("Hand over a matter")
        await is_well(page, reader)
        await hands.press("main button[type=submit]")
        await expect(page.locator("#error-summary")).to_contain_text("Choose a lawyer or partner")
        await page.select_option("#to", "lena")
        await hands.press("main button[type=submit]")
        await expect(page.locator(".flash")).to_contain_text("Handed over.")
        await page.goto(f"{site.url}/search")
        await expect(page.locator("main")).to_contain_text("What you opened last")
        await is_well(page, reader)
        for place in ("/absences", "/clients/c-1001/records"):
            await page.goto(f"{site.url}{place}")
            await is_well(page, reader)
    (said,) = memory.office.announced_of(HandoverCompleted)
    assert (said.matter_id, said.from_, said.to) == ("m-2001", "leo", "lena")
