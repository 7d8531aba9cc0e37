"""Does a phone's first screen show the work, and not the way to every other page?"""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.site_menu import MENU, in_menu
from tests.desk.facts import PAT

SCREENS = pytest.mark.parametrize(
    ("width", "height"), [(320, 568), (390, 664)], ids=["320 px", "390 px"]
)
FIRST = {  # what one came for, on each page
    "/inbox?view=team": "#inbox .row .what a",
    "/tasks/t-call": ".to-decide",
    "/clients/c-1001": ".to-decide",
    "/inquiries": "#enter",
    "/settings": "main h1",
}


async def bottom_of(page: Page, what: str) -> float:
    box = await page.locator(what).first.bounding_box()
    assert box is not None, what
    return box["y"] + box["height"]


@SCREENS
@pytest.mark.parametrize("js", [True, False], ids=["with a script", "without"])
async def test_what_one_came_for_is_there_without_scrolling(
    chrome: Browser, site: DeskSite, width: int, height: int, js: bool
) -> None:
    async with opened(chrome, width=width, height=height, js=js) as page:
        await site.sign_in(page, PAT)
        found = {}
        for place, what in FIRST.items():
            await page.goto(f"{site.url}{place}")
            found[place] = await bottom_of(page, what)
            assert await fits(page), place
        head = await bottom_of(page, ".site-header")
        assert {each: y for each, y in found.items() if y > height} == {}, found
        assert head <= height / 4, head


@SCREENS
async def test_the_menu_opens_by_touch_and_by_key_needs_no_script_and_names_every_page(
    chrome: Browser, site: DeskSite, width: int, height: int
) -> None:
    async with opened(chrome, width=width, height=height, js=False) as page:
        await site.sign_in(page, PAT)
        menu = page.get_by_role("navigation", name="Main")
        await expect(menu).to_be_hidden()
        await page.locator(MENU).click()
        await expect(in_menu(page, "Settings")).to_be_in_viewport(ratio=1)
        await menu.get_by_role("button", name="Close the menu").click()
        await expect(menu).to_be_hidden()
        await page.locator(MENU).press("Enter")
        await page.keyboard.press("Tab")
        await expect(in_menu(page, "Inbox")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
        await expect(page.locator(MENU)).to_be_focused()
        await page.locator(MENU).click()
        await in_menu(page, "Clients").click()
        await expect(page).to_have_url(f"{site.url}/clients")


async def test_nothing_grave_is_found_while_the_menu_is_open(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome) as page:
        await site.sign_in(page, PAT)
        await page.locator(MENU).click()
        assert (await findings(page), await fits(page)) == ([], True)
