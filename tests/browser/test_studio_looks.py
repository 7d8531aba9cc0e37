"""Do two people give the firm its logo and colours on any screen, and does a client see them?"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from shared.editions import VALUES
from shared.firm.folder_in_force import written
from shared.process.values_in_force import files_of_edition
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, READERS, Look, Reader
from tests.conftest import free_base
from tests.core.test_looks import picture
from tests.desk.facts import OSKAR, PAT
from tests.desk.memory_editions import MemoryEditions
from tests.serving import served
from tests.web.client_places import places

PURPLE, PINK = "#7a1f3d", "#f0a8bd"
LOGO: FilePayload = {
    "name": "our logo.png", "mimeType": "image/png", "buffer": picture(160, 48)
}  # fmt: skip
SHOWN = "els => els.map(e => e.complete && e.naturalWidth)"


async def chosen(page: Page, site: DeskSite) -> None:
    """A logo and both colours, by keyboard, in the person's draft."""
    await page.goto(f"{site.url}/studio/looks")
    await page.set_input_files("#logo", LOGO)
    await page.fill("[id='looks.colour']", PURPLE)
    await page.fill("[id='looks.colour_dark']", PINK)
    await page.press("[id='looks.colour_dark']", "Enter")
    await expect(page.locator("main")).to_contain_text("Your draft has it")


def in_force(site: DeskSite, folder: Path) -> Path:
    """What a service reads once two people approved it."""
    editions = site.behind.memory.desk.editions
    assert isinstance(editions, MemoryEditions)
    [kept] = editions.reminders.all(VALUES)
    return written(folder, files_of_edition(kept))


@READERS
async def test_what_two_people_approved_a_client_sees(
    chrome: Browser, site: DeskSite, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        opened(chrome, **reader.at_the_desk) as page,
        opened(chrome, js=False) as other,
    ):
        await site.sign_in(page, PAT, "/studio")
        await page.click("#looks")
        await chosen(page, site)
        assert await page.eval_on_selector_all("main img", SHOWN) == [160, 160, 160]
        await page.click("#draft")
        assert await fits(page)
        await page.click("button[value=propose]")
        await site.sign_in(other, OSKAR, "/studio/editions/1")
        await other.click("#looks")
        await expect(other.locator("h1")).to_have_text("Looks of edition 1")
        await expect(other.locator("main")).to_contain_text(f"{PURPLE}, before: as shipped")
        await other.click("#look-page")
        assert await other.eval_on_selector_all("img.logo", SHOWN) == [160]
        await other.goto(f"{site.url}/studio/looks?edition=1")
        await other.click("#look-mail")
        assert await other.eval_on_selector_all("img", SHOWN) == [160]
        await other.goto(f"{site.url}/studio/editions/1")
        await other.click("button[value=approve]")
        await expect(other.locator("main")).to_contain_text("In force")
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(in_force(site, tmp_path)))
    port, intake = free_base(), places(tmp_path)["intake"].web
    async with served(intake, port), opened(chrome, **reader.window) as page:
        await page.goto(f"http://127.0.0.1:{port}/f/contact")
        assert await page.eval_on_selector_all("img.logo", SHOWN) == [160]
        button = page.locator("form button[type=submit]").first
        wanted = PINK if reader.scheme == "dark" else PURPLE
        red, green, blue = (int(wanted[at : at + 2], 16) for at in (1, 3, 5))
        await expect(button).to_have_css("background-color", f"rgb({red}, {green}, {blue})")


@LOOKS
async def test_every_page_of_it_is_well_made(chrome: Browser, site: DeskSite, look: Look) -> None:
    async with opened(chrome, **look) as page:
        await site.sign_in(page, PAT, "/studio/looks")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.fill("[id='looks.colour']", "#ffcc00")
        await page.press("[id='looks.colour']", "Enter")
        await expect(page.locator("#error-summary")).to_be_focused()
        said = page.locator("[id='looks.colour-error']")
        await expect(said).to_contain_text(re.compile("Choose a darker one, such as #[0-9a-f]{6}"))
        assert (await findings(page), await fits(page)) == ([], True)
        await chosen(page, site)
        for place in (
            "/studio/looks",
            "/studio/looks/page?edition=draft",
            "/studio/editions/draft",
        ):
            await page.goto(f"{site.url}{place}")
            for each in await page.query_selector_all("#main details > summary"):
                await each.click()
            assert (await findings(page), await fits(page)) == ([], True), place


async def test_the_logo_is_taken_away_by_keyboard(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome) as page:
        await site.sign_in(page, PAT)
        await chosen(page, site)
        await page.focus("button[value=remove]")
        await page.keyboard.press("Enter")
        await expect(page.locator("button[value=remove]")).to_have_count(0)
        assert await page.eval_on_selector_all("main img", SHOWN) == []
