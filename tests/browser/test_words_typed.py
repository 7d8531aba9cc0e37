"""Does a browser ask before words that somebody typed, and did not send, are gone?"""

import pytest
from playwright.async_api import Browser, Dialog, Page, expect

from tests.browser.chromium import opened
from tests.browser.desk_day import DeskSite
from tests.desk.facts import PAT

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser for all of them
CALL, SAID = "t-call", "She prefers the afternoon."


async def answers(page: Page, *, leave: bool) -> list[str]:
    """What the browser asked, as it asks; each time answered so."""
    asked: list[str] = []

    async def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await (dialog.accept() if leave else dialog.dismiss())

    page.on("dialog", answer)
    return asked


async def test_who_leaves_with_a_note_half_written_is_asked_and_may_stay(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, width=1280, height=800) as page:
        asked = await answers(page, leave=False)
        await site.sign_in(page, PAT, f"/tasks/{CALL}")
        await page.locator("#note-text").press_sequentially(SAID)
        async with page.expect_event("dialog"):
            await page.evaluate("void window.location.assign('/inbox')")
        await expect(page.locator("#note-text")).to_have_value(SAID)
        assert asked == ["beforeunload"]
        assert f"/tasks/{CALL}" in page.url


async def test_what_was_sent_is_asked_about_no_more(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, width=1280, height=800) as page:
        asked = await answers(page, leave=True)
        await site.sign_in(page, PAT, f"/tasks/{CALL}")
        await page.locator("#note-text").press_sequentially(SAID)
        await page.click("#note-form button")
        await expect(page.locator("main")).to_contain_text(SAID)
        await page.goto(f"{site.url}/inbox")
        assert asked == []
