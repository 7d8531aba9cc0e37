"""How does somebody get from one page of the desk to another by its head?

On a wide screen what is used every day stands there, and the rest in a group; on a phone all stand
in a menu.
"""

from playwright.async_api import Locator, Page

from tests.browser.hands import Hands

MENU = ".site-header > .inner > .to-menu"
GROUP = ".site-nav summary"


async def to_page(page: Page, name: str) -> None:
    """By touch or with a mouse."""
    if await page.locator(MENU).is_visible():
        await page.locator(MENU).click()
    elif await _is_grouped(page, name):
        await page.locator(GROUP).click()
    await in_menu(page, name).click()


async def by_keys(hands: Hands, name: str) -> None:
    """Without a mouse."""
    if await hands.page.locator(MENU).is_visible():
        await hands.press(MENU)
    elif await _is_grouped(hands.page, name):
        await hands.press(GROUP)
    await hands.press(in_menu(hands.page, name))


async def _is_grouped(page: Page, name: str) -> bool:
    return await page.locator(GROUP).count() == 1 and not await in_menu(page, name).is_visible()


def in_menu(page: Page, name: str) -> Locator:
    """The way to this page."""
    return page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)
