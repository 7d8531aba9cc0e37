"""Somebody who has never seen the desk: signs in, opens what is there, presses what fits."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, expect

from tests.patience import PATIENCE_MS

Work = Callable[[Page], Coroutine[Any, Any, None]]


@dataclass
class Newcomer:
    """One person of the firm, in a browser of their own."""

    page: Page
    desk: str

    async def sign_in(self, login: dict[str, str]) -> None:
        """With what the demo printed; the inbox greets them with what nobody has taken yet."""
        await self.page.goto(self.desk)
        await self.page.get_by_label("Log-in name").fill(login["user"])
        await self.page.get_by_label("Password").fill(login["password"])
        await self.page.get_by_role("button", name="Sign in").click()
        await expect(self.page.locator("h1")).to_have_text("Inbox")

    async def sign_out(self) -> None:
        """Their work is done."""
        await self.page.get_by_role("button", name="Sign out").click()

    async def is_refused(self, title: str, button: str, why: str) -> None:
        """The last task of this title is not for them, and the page says so."""
        await self.titles()
        await self._rows(title).last.click()
        await self.page.get_by_role("button", name=button, exact=True).click()
        await expect(self.page.locator("#error-summary")).to_contain_text(why)

    async def titles(self) -> list[str]:
        """What is there for them to take."""
        await self.page.goto(f"{self.desk}/inbox?view=unassigned")
        return [text.strip() for text in await self.page.locator(".row .title").all_inner_texts()]

    async def do(self, title: str, work: Work) -> None:
        """Open the first task of this title and do what it asks."""
        await self.titles()
        await self._rows(title).first.click()
        await expect(self.page.locator("h1")).to_have_text(title)
        place = urlsplit(self.page.url).path
        await work(self.page)
        await expect(self.page.locator(".flash")).to_be_visible(timeout=PATIENCE_MS)
        await self.titles()
        await expect(self.page.locator(f'.row a[href^="{place}?"]')).to_have_count(0)

    async def do_all(self, title: str, work: Work) -> None:
        """Every task of this title."""
        for _ in range((await self.titles()).count(title)):
            await self.do(title, work)

    async def comes(self, title: str) -> None:
        """Wait until a task that follows from another one is there."""
        for _ in range(PATIENCE_MS // 500):
            if title in await self.titles():
                return
            await self.page.wait_for_timeout(500)
        raise AssertionError(f"no task came: {title}")

    def _rows(self, title: str) -> Locator:
        return self.page.locator(".row .title", has_text=title)


def pressing(button: str) -> Work:
    """A task that needs no more than one button."""

    async def work(page: Page) -> None:
        await page.get_by_role("button", name=button, exact=True).click()

    return work
