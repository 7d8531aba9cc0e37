"""How does somebody without a mouse get about a page?"""

from playwright.async_api import Locator, Page

STOPS = 120  # more than the longest page has
_SHOWS = """each => {
  const look = getComputedStyle(each);
  return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
}"""
_IN_SIGHT = """each => {
  const box = each.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


class Hands:
    """Two hands on the keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def to(self, where: str | Locator) -> None:
        """Go on to this place with Tab, as often as it takes, and see where one is.

        Raises AssertionError if Tab does not lead there, or if the focus cannot be seen there.
        """
        wanted = self.page.locator(where) if isinstance(where, str) else where
        for _ in range(STOPS):
            await self.page.keyboard.press("Tab")
            if await wanted.evaluate("each => each === document.activeElement"):
                break
        else:
            raise AssertionError(f"no Tab leads to {where}")
        assert await wanted.evaluate(_SHOWS), f"the focus on {where} cannot be seen"
        assert await wanted.evaluate(_IN_SIGHT), f"{where} has the focus out of sight"

    async def press(self, where: str | Locator, key: str = "Enter") -> None:
        """Go there and press a key."""
        await self.to(where)
        await self.page.keyboard.press(key)

    async def type(self, where: str | Locator, words: str) -> None:
        """Go to a field, and write this in place of what it holds."""
        await self.to(where)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.type(words)
