"""Is the inbox quick to work in: by keys alone, kept fresh, and nobody's place lost?"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from services.desk.domain.listed_task import ListedTask
from services.desk.ports.tasks import LISTED
from tests.browser.chromium import opened
from tests.browser.desk_day import DeskSite
from tests.desk.browsing import PASSWORD
from tests.desk.facts import LEO, PAT, created

BUSY = "#q:focus, .menu[open], dialog[open], [data-undo]"
WIDE: dict[str, Any] = {"width": 1280, "height": 800}


def task(site: DeskSite, task_id: str) -> ListedTask:
    found = site.behind.memory.office.get(LISTED, task_id)
    assert found is not None
    return found


def row(page: Page, task_id: str) -> Any:
    return page.locator(f"#row-{task_id}")


async def test_the_keys_alone_are_enough(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, **WIDE) as page:
        keys = page.keyboard
        await page.goto(f"{site.url}/login")
        for press in ("Tab", "Enter", "Tab"):  # past the header, into the form
            await keys.press(press)
        await expect(page.locator("#user")).to_be_focused()
        await keys.type("pat")
        await keys.press("Tab")
        await keys.type(PASSWORD)
        await keys.press("Enter")
        await expect(page.locator("#view-mine")).to_have_attribute("aria-current", "page")
        await page.goto(f"{site.url}/inbox?view=team")
        await keys.press("j")
        await expect(page.locator("#open-t-recovery")).to_be_focused()
        while not await page.evaluate("document.activeElement.id === 'open-t-check'"):
            await keys.press("j")
        await keys.press("x")
        await expect(page.locator("#ticked")).to_have_text("1 ticked")
        await keys.press("s")
        await keys.press("Enter")  # later today
        await expect(page.locator(".flash")).to_contain_text("Snoozed.")
        await expect(page.locator("#said")).to_have_text("Snoozed.")
        assert task(site, "t-check").snoozed_until is not None
        await keys.press("u")
        await expect(page.locator(".flash")).to_contain_text("Taken back.")
        await keys.press("/")
        await keys.type("recover")
        await expect(page.locator("#find")).to_have_value("recover")
        await keys.press("Escape")
        await page.goto(f"{site.url}/inbox?view=team")
        await keys.press("j")
        await keys.press("e")
        await expect(page.locator("#decide")).to_be_focused()
        for _ in range(2):  # past the choice of how they were told
            await keys.press("Tab")
        first = page.locator("#note-acknowledge, #note").first
        await expect(first).to_be_focused()
        await keys.press("g")
        await keys.press("i")
        await expect(first).to_be_focused()  # in a field a letter is a letter
        await page.locator("#decide").focus()
        await keys.press("n")
        await expect(page.locator("#note-text")).to_be_focused()
        await page.locator("#decide").focus()
        await keys.press("d")
        await expect(page.locator("#due-day")).to_be_focused()
        await page.locator("#decide").focus()
        await keys.press("g")
        await keys.press("i")
        await page.wait_for_url("**/inbox")


async def test_single_keys_can_be_turned_off(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, PAT, "/settings")
        await page.click("text=Turn single keys off")
        await expect(page.locator("#keys")).to_contain_text("Single keys are off.")
        await page.goto(f"{site.url}/inbox?view=team")
        await page.keyboard.press("j")
        await expect(page.locator("#open-t-recovery")).not_to_be_focused()
        await page.keyboard.press("?")
        await expect(page.locator("#key-help")).not_to_be_visible()


async def refresh(page: Page) -> None:
    async with page.expect_response(lambda answer: "live=1" in answer.url):
        await page.evaluate("htmx.trigger('#inbox', 'refresh')")


async def test_the_list_stays_fresh_and_nobody_loses_their_place(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.check("#tick-t-posting")
        await page.focus("#open-t-review")
        site.behind.memory.office.hear(created("t-new"), id="new")
        await refresh(page)
        await expect(row(page, "t-new")).to_be_visible()
        await expect(page.locator("#open-t-review")).to_be_focused()
        await expect(page.locator("#tick-t-posting")).to_be_checked()
        await page.click("#claim-t-review")
        await expect(row(page, "t-review")).to_contain_text("You")
        await expect(page.locator("#open-t-review")).to_be_focused()


@pytest.mark.parametrize(
    "busy",
    [
        lambda page: page.focus("#q"),
        lambda page: page.click("#menu-note summary"),
        lambda page: page.keyboard.press("?"),
        lambda page: page.click("#claim-t-review"),
    ],
    ids=["typing", "a menu is open", "help is open", "something can be undone"],
)
async def test_the_list_is_left_alone_while_somebody_is_at_it(
    chrome: Browser, site: DeskSite, busy: Callable[[Page], Any]
) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.check("#tick-t-posting")
        await busy(page)
        await expect(page.locator(BUSY).first).to_be_visible()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.evaluate("htmx.trigger('#inbox', 'refresh')")
        await page.evaluate("fetch('/login')")  # whatever was asked before has been noted by now
        assert not any("live=1" in url for url in asked)


async def test_after_a_decision_elsewhere_the_focus_is_on_the_next_task(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=unassigned")
        await page.focus("#claim-t-review")
        await page.keyboard.press("Enter")
        await expect(row(page, "t-review")).to_have_count(0)
        await expect(page.locator("#open-t-posting")).to_be_focused()


async def test_a_refused_action_is_said_without_leaving_the_list(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=unassigned")
        taken = await site.behind.as_person(LEO)
        await taken.do("/tasks/t-review/claim")
        await page.click("#claim-t-review")
        await expect(page.locator("#flash")).to_contain_text("has this task already")
        assert "/inbox" in page.url
