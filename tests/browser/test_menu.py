"""Does the menu in the head fit, open by mouse and by key, and move nothing when it does?"""

import pytest
from playwright.async_api import Browser, Page, expect

from services.desk.pages.language import LANGUAGES
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.site_menu import GROUP, MENU, in_menu
from tests.desk.facts import PAT

WIDE = pytest.mark.parametrize("width", [1024, 1180, 1440])
LINES = """() => new Set(
  Array.from(document.querySelectorAll(".site-nav > ul > li"))
    .map(each => Math.round(each.getBoundingClientRect().top))
).size"""
AWAY = """() => Array.from(document.querySelectorAll(".site-nav a, .site-nav summary"))
  .map(each => each.getBoundingClientRect())
  .filter(box => box.left < 0 || box.right > document.documentElement.clientWidth).length"""


async def head_of(page: Page) -> tuple[float, float]:
    """Where the head ends and where the page begins."""
    boxes = [await page.locator(each).bounding_box() for each in (".site-header", "main")]
    found = [box for box in boxes if box is not None]
    return found[0]["y"] + found[0]["height"], found[1]["y"]


@WIDE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_partner_s_menu_takes_two_lines_at_most(
    chrome: Browser, site: DeskSite, width: int, language: str
) -> None:
    async with opened(chrome, width=width, height=800, locale=language) as page:
        await site.sign_in(page, PAT)
        assert await page.locator("html").get_attribute("lang") == language
        assert await page.evaluate(LINES) <= 2
        await page.locator(GROUP).click()
        assert (await page.evaluate(AWAY), await fits(page)) == (0, True)


@WIDE
async def test_rarely_used_pages_open_over_the_page_and_nothing_moves(
    chrome: Browser, site: DeskSite, width: int
) -> None:
    async with opened(chrome, width=width, height=800) as page:
        await site.sign_in(page, PAT)
        await expect(page.locator(MENU)).to_be_hidden()
        await expect(in_menu(page, "Clients")).to_be_in_viewport(ratio=1)
        await expect(in_menu(page, "Settings")).to_be_hidden()
        before = await head_of(page)
        await page.locator(GROUP).click()
        for name in ("Reports", "Studio", "People", "Settings"):
            await expect(in_menu(page, name)).to_be_in_viewport(ratio=1)
        assert await head_of(page) == before
        assert await findings(page) == []
        await page.locator("main h1").first.click()
        await expect(in_menu(page, "Settings")).to_be_hidden()


@pytest.mark.parametrize("js", [True, False], ids=["with a script", "without"])
async def test_the_group_opens_by_key_and_says_where_one_is(
    chrome: Browser, site: DeskSite, js: bool
) -> None:
    async with opened(chrome, width=1024, height=800, js=js) as page:
        await site.sign_in(page, PAT)
        await page.locator(GROUP).press("Enter")
        await page.keyboard.press("Tab")
        await expect(in_menu(page, "Reports")).to_be_focused()
        if js:
            await page.keyboard.press("Escape")
            await expect(in_menu(page, "Reports")).to_be_hidden()
            await expect(page.locator(GROUP)).to_be_focused()
            await page.locator(GROUP).press("Enter")
        await in_menu(page, "Studio").press("Enter")
        await expect(page).to_have_url(f"{site.url}/studio")
        await expect(page.locator(GROUP)).to_have_class("current")
        await expect(page.locator(GROUP)).to_have_text("More pages")


async def test_on_a_phone_the_menu_shows_every_page_and_no_group(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome) as page:
        await site.sign_in(page, PAT)
        await page.locator(MENU).click()
        await expect(page.locator(GROUP)).to_be_hidden()
        for name in ("Inbox", "Reports", "Studio", "People", "Settings"):
            await expect(in_menu(page, name)).to_be_in_viewport(ratio=1)
        await in_menu(page, "Studio").click()
        await expect(page).to_have_url(f"{site.url}/studio")
