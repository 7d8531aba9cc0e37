"""Can a partner take in a list on any screen, with the keyboard alone?"""

from playwright.async_api import Browser, expect

from services.gateway.ports import IMPORTED
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import READERS, Reader
from tests.desk.facts import PAT
from tests.gateway.brought import BOOK


@READERS
async def test_a_list_is_brought_corrected_tried_and_taken_in(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, PAT)
        await page.goto(f"{site.url}/imports")
        await expect(page.locator("main")).to_contain_text("You have none here.")
        assert await fits(page)
        assert not reader.js or await findings(page) == []  # axe is a script
        await page.select_option("#kind", "clients")
        await page.set_input_files(
            "#file", {"name": "clients.csv", "mimeType": "text/csv", "buffer": BOOK}
        )
        await page.focus("#file")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("What the columns mean")
        await expect(page.locator("main")).to_contain_text("Read by nobody: Bemerkung.")
        assert await fits(page)
        assert not reader.js or await findings(page) == []
        await page.fill("#p-client_id", "c-")
        await page.fill("#kept_as", "our-clients")
        await page.press("#kept_as", "Enter")
        await expect(page.locator("h1")).to_contain_text("Clients: clients.csv")
        await page.click("button[value=weigh]")
        await expect(page.locator("#counts-title")).to_have_text("What would become of the rows")
        await expect(page.locator("main")).to_contain_text("Row 4")
        assert await fits(page)
        assert not reader.js or await findings(page) == []
        await page.focus("button[value=confirm]")
        await page.keyboard.press("Enter")
        await expect(page.locator("#counts-title")).to_have_text("What became of the rows")
        gateway = site.behind.memory.imports.gateway.office
        ids = {each.client_id or each.fields["client_id"] for each in gateway.all(IMPORTED)}
        assert ids == {"c-7", "c-8"}
        async with page.expect_download() as download:
            await page.click("text=The refused rows as CSV")
        assert (await download.value).suggested_filename == "refused.csv"
