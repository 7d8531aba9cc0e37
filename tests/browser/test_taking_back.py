"""Is a decision taken back in time, by keys alone and without a script, on any screen?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect

from services.desk.ports.held_decisions import HELD
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.hands import Hands
from tests.browser.readers import READERS, Reader
from tests.desk.facts import LENA, PAT

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser for all of them
CALL = "t-call"


def may_be_taken_back_for(site: DeskSite, seconds: int) -> None:
    context = site.behind.web.state.context
    patient = replace(context.desk, take_back=timedelta(seconds=seconds))
    site.behind.web.state.context = replace(context, desk=patient)


@READERS
async def test_a_decision_is_taken_back_with_what_was_typed(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    may_be_taken_back_for(site, 30)
    async with opened(chrome, **reader.window) as page:
        hands = Hands(page)
        await site.sign_in(page, PAT, f"/tasks/{CALL}?back=/inbox?view=team")
        await page.fill("#decide-form textarea[name=note]", "She will come.")
        await hands.press("#decide-form button[value=reached]")
        flash = page.locator(".flash")
        await expect(flash).to_contain_text("Done: Reached.")
        await expect(flash.get_by_role("button")).to_contain_text("Take back")
        assert CALL not in page.url.split("?")[0]
        assert await fits(page), page.url
        if reader.js:
            assert await findings(page) == []
        await hands.press(".flash button")
        await expect(flash).to_contain_text("Taken back. Nobody was told of it.")
        note = page.locator("#decide-form textarea[name=note]")
        await expect(note).to_have_value("She will come.")
    (held,) = site.behind.memory.office.all(HELD)
    assert held.state == "taken-back"


async def test_the_seconds_count_down_and_their_end_is_said(
    chrome: Browser, site: DeskSite
) -> None:
    may_be_taken_back_for(site, 1)
    async with opened(chrome, width=1280, height=800) as page:
        await site.sign_in(page, PAT, f"/tasks/{CALL}?back=/inbox?view=team")
        await page.fill("#decide-form textarea[name=note]", "She will come.")
        await page.locator("#decide-form button[value=reached]").click()
        await expect(page.get_by_role("status").first).to_contain_text("Done: Reached.")
        await expect(page.locator(".flash")).to_contain_text("It cannot be taken back any more.")
        await expect(page.locator("[data-take-back]")).to_have_count(0)


async def test_who_else_has_it_open_is_said_as_they_come(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, width=1280, height=800) as page:
        await site.sign_in(page, PAT, f"/tasks/{CALL}")
        async with opened(chrome, width=1280, height=800) as other:
            await site.sign_in(other, LENA, f"/tasks/{CALL}")
            await expect(other.locator("#here .others")).to_contain_text(
                "Paula Weiss has had this open for 1 minute."
            )
        await page.reload()
        await expect(page.locator("#here .others")).to_contain_text("Lena Fischer")
        await page.goto(f"{site.url}/inbox?view=team")
        await expect(page.locator(f"#row-{CALL}")).to_contain_text("Lena Fischer has it open")
