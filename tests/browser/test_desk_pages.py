"""Can staff do their work on any screen, with and without scripts, by mouse and by keys alone?"""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.sessions import IDLE
from services.desk.ports import LISTED, NOTES, Answer, Refused
from tests.browser.chromium import chromium, findings, fits, opened
from tests.browser.desk_day import REPLY, DeskSite, desk_site
from tests.desk.browsing import PASSWORD
from tests.desk.facts import ASH, CLARA, LEO, PAT, created, updated

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
READERS = pytest.mark.parametrize(
    "window",
    [
        {**WIDE, "js": True, "scheme": "light"},
        {**WIDE, "js": False, "scheme": "dark"},
        {**PHONE, "js": True, "scheme": "dark"},
        {**PHONE, "js": False, "scheme": "light"},
    ],
    ids=["desk", "desk without scripts", "phone", "phone without scripts"],
)
SCREENS = pytest.mark.parametrize(
    "window",
    [{**size, "scheme": scheme} for size in (WIDE, PHONE) for scheme in ("light", "dark")],
    ids=["wide, light", "wide, dark", "phone, light", "phone, dark"],
)
PLACES = (
    "/inbox", "/inbox?view=team", "/inbox?view=team&kind=call-client&q=marsh", "/inbox?view=done",
    "/inbox?view=waiting", "/inbox?view=team&q=nobody", "/settings", "/tasks/t-none",
)  # fmt: skip
TASKS = (
    "t-recovery", "t-call", "t-check", "t-review", "t-posting", "t-gap", "t-unknown", "t-sleeping",
    "t-done",
)  # fmt: skip
Window = dict[str, Any]
pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser for all of them


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[DeskSite]:
    async with desk_site() as served:
        yield served


def task(site: DeskSite, task_id: str) -> ListedTask:
    found = site.behind.memory.office.get(LISTED, task_id)
    assert found is not None
    return found


def row(page: Page, task_id: str) -> Any:
    return page.locator(f"#row-{task_id}")


@SCREENS
async def test_every_page_fits_and_nothing_grave_is_found_on_it(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await page.goto(f"{site.url}/login")
        assert (await findings(page), await fits(page)) == ([], True)
        await site.sign_in(page, PAT)
        for place in (*PLACES, *(f"/tasks/{each}" for each in TASKS)):
            await page.goto(f"{site.url}{place}")
            assert (await findings(page), await fits(page)) == ([], True), place


@SCREENS
async def test_menus_refusals_and_stale_pages_are_as_well_made(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    owners = site.behind.memory.owners
    async with opened(browser, **window) as page:
        await page.goto(f"{site.url}/login")
        await page.click("main button[type=submit]")  # the browser itself says what is missing
        await page.fill("#user", "leo")
        await page.fill("#password", "wrong")
        await page.click("main button[type=submit]")
        await expect(page.locator("#error-summary")).to_be_focused()
        assert (await findings(page), await fits(page)) == ([], True)

        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.click("#filters summary")
        await page.check("#tick-t-review")
        await page.click("#menu-snooze summary")
        assert (await findings(page), await fits(page)) == ([], True)
        await page.keyboard.press("Escape")
        await page.keyboard.press("?")
        assert (await findings(page), await fits(page)) == ([], True)

        message = "characters 1 to 9 (client): this says somebody was a client"
        owners.answer = Answer("open", 1, Refused("guard", message, "text"))
        await page.goto(f"{site.url}/tasks/t-review")
        await page.click("text=Approve this reply")
        await expect(page.locator(".findings mark")).to_have_text(REPLY[:9])
        assert (await findings(page), await fits(page)) == ([], True)

        await page.goto(f"{site.url}/tasks/t-recovery")
        stale = Refused("stale-version", "Somebody changed it: look again.")
        owners.answer = Answer("open", 2, stale)
        site.behind.memory.office.hear(updated("t-recovery"))
        await page.click("button[value=resolve]")
        await expect(page.locator("h2").first).to_contain_text("has changed since you opened it")
        assert (await findings(page), await fits(page)) == ([], True)


@READERS
async def test_a_task_is_claimed_opened_and_decided(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await site.sign_in(page, LEO)
        await expect(page.locator("h1")).to_have_text("Inbox")
        await page.click("#view-unassigned")
        await page.click("#claim-t-unknown")
        await expect(page.locator(".flash")).to_contain_text("Claimed. You have it now.")
        await page.click("#view-mine")
        await expect(row(page, "t-unknown")).to_contain_text("Brauerei Sonnental GmbH")
        await page.click("#open-t-unknown")
        await expect(page.locator(".letter")).to_contain_text("your appointment with us")
        await page.fill("#note", "The server's log has it.")
        await page.click("button[value=was-sent]")
        await expect(page.locator(".flash")).to_contain_text("It was sent.")
        await expect(page.locator("h1")).to_have_text("Inbox")
        assert await fits(page)
    ((service, decision),) = site.behind.memory.owners.decided
    assert (service, decision["decision"], decision["actor"]["id"]) == (
        "reminders", "was-sent", "leo",
    )  # fmt: skip
    assert decision["fields"] == {"note": "The server's log has it."}


@READERS
async def test_several_tasks_are_put_off_at_once_and_taken_back(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.check("#tick-t-review")
        await page.check("#tick-t-posting")
        await page.click("#menu-snooze summary")
        await page.click("#menu-snooze button[value=next-week]")
        await expect(page.locator(".flash")).to_contain_text("Snoozed: 2 tasks.")
        await expect(row(page, "t-review")).to_have_count(0)
        asleep = {task(site, each).snoozed_until for each in ("t-review", "t-posting")}
        assert {str(each) for each in asleep} == {"2026-03-09 09:00:00+00:00"}
        await page.click(".flash button")
        await expect(page.locator(".flash")).to_contain_text("Taken back.")
        await expect(row(page, "t-review")).to_be_visible()
    assert task(site, "t-review").snoozed_until is None


@READERS
async def test_a_due_is_changed_and_the_first_one_stays_in_sight(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.click("#fold-due summary")
        await page.fill("#due-day", "2026-03-20")
        await page.click("#due-form button")
        await expect(page.locator(".task-head")).to_contain_text("first Mon 2 Mar 2026, 15:00")
        assert await fits(page)
        await page.click("text=Back to the first due")
        await expect(page.locator(".task-head")).not_to_contain_text("first")


@READERS
async def test_a_list_is_narrowed_saved_and_found_again(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.click("#filters summary")
        await page.select_option("#f-kind", "conflict-check")
        await page.click("text=Show")
        await expect(page.locator(".row")).to_have_count(1)
        assert "kind=conflict-check" in page.url
        await page.click("#filters summary")
        await page.fill("#view-name", "Conflicts")
        await page.click("text=Save >> nth=-1")
        await page.goto(f"{site.url}/inbox?view=team")
        await page.click("text=Conflicts")
        await expect(page.locator(".row")).to_have_count(1)
        await page.click(".chip")
        await expect(page.locator(".row")).to_have_count(7)
        await page.fill("#q", "okaf")
        await page.press("#q", "Enter")
        await expect(page.locator(".row .whom")).to_have_text("For Thomas Okafor")


@READERS
async def test_a_refusal_leads_to_its_field_and_nothing_typed_is_lost(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    no = Refused("missing", "Give the reference of the signed waiver.", "document_ref")
    site.behind.memory.owners.answer = Answer("open", 1, no)
    async with opened(browser, **window) as page:
        await site.sign_in(page, CLARA, "/tasks/t-check")
        await page.click("summary:has-text('signed waiver')")
        await page.fill("#reason-clear-with-waiver", "Both agreed in writing.")
        await page.click("button[value=clear-with-waiver]")
        await page.click("#error-summary a")
        await expect(page.locator("#document_ref-clear-with-waiver")).to_be_focused()
        await expect(page.locator("#reason-clear-with-waiver")).to_have_value(
            "Both agreed in writing."
        )
        assert await fits(page)


@READERS
async def test_a_changed_task_is_shown_with_both_changes_and_can_be_decided_then(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    memory = site.behind.memory
    async with opened(browser, **window) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note", "She rang herself.")
        memory.office.hear(updated("t-call"))
        memory.owners.answer = Answer("open", 2, Refused("stale-version", "Look again."))
        await page.click("button[value=reached]")
        stale = page.locator("#error-summary")
        await expect(stale).to_contain_text("Changed: No channel.")
        await expect(stale).to_contain_text("She rang herself.")
        await expect(page.locator("#note")).to_have_value("She rang herself.")
        memory.owners.answer = Answer("done", 3)
        await page.click("button[value=reached]")
        await expect(page.locator(".flash")).to_contain_text("Reached.")
    assert [decision["version"] for _, decision in memory.owners.decided] == [1, 2]


async def test_the_keys_alone_are_enough(browser: Browser, site: DeskSite) -> None:
    async with opened(browser, **WIDE) as page:
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
        for _ in range(2):
            await keys.press("j")
        await keys.press("x")
        await expect(page.locator("#ticked")).to_have_text("1 ticked")
        await keys.press("s")
        await keys.press("Enter")  # later today
        await expect(page.locator(".flash")).to_contain_text("Snoozed.")
        assert task(site, "t-check").snoozed_until is not None
        await keys.press("u")
        await expect(page.locator(".flash")).to_contain_text("Taken back.")
        await keys.press("/")
        await keys.type("recover")
        await expect(page.locator("#q")).to_have_value("recover")
        await keys.press("Escape")
        await page.goto(f"{site.url}/inbox?view=team")
        await keys.press("j")
        await keys.press("e")
        await expect(page.locator("#decide")).to_be_focused()
        await keys.press("Tab")
        await expect(page.locator("#outcome")).to_be_focused()
        await keys.press("g")
        await keys.press("i")
        await expect(page.locator("#outcome")).to_be_focused()  # in a field a letter is a letter
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


async def test_single_keys_can_be_turned_off(browser: Browser, site: DeskSite) -> None:
    async with opened(browser, **WIDE) as page:
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
    browser: Browser, site: DeskSite
) -> None:
    async with opened(browser, **WIDE) as page:
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
    ],
    ids=["typing", "a menu is open", "help is open"],
)
async def test_the_list_is_left_alone_while_somebody_is_at_it(
    browser: Browser, site: DeskSite, busy: Callable[[Page], Any]
) -> None:
    async with opened(browser, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.check("#tick-t-posting")
        await busy(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.evaluate("htmx.trigger('#inbox', 'refresh')")
        await page.evaluate("fetch('/login')")  # whatever was asked before has been noted by now
        assert not any("live=1" in url for url in asked)


async def test_after_a_decision_elsewhere_the_focus_is_on_the_next_task(
    browser: Browser, site: DeskSite
) -> None:
    async with opened(browser, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=unassigned")
        await page.focus("#claim-t-review")
        await page.keyboard.press("Enter")
        await expect(row(page, "t-review")).to_have_count(0)
        await expect(page.locator("#open-t-posting")).to_be_focused()


async def test_a_refused_action_is_said_without_leaving_the_list(
    browser: Browser, site: DeskSite
) -> None:
    async with opened(browser, **WIDE) as page:
        await site.sign_in(page, PAT, "/inbox?view=unassigned")
        taken = await site.behind.as_person(LEO)
        await taken.do("/tasks/t-review/claim")
        await page.click("#claim-t-review")
        await expect(page.locator("#flash")).to_contain_text("has this task already")
        assert "/inbox" in page.url


@READERS
async def test_whoever_was_signed_out_meanwhile_keeps_what_they_typed(
    browser: Browser, site: DeskSite, window: Window
) -> None:
    async with opened(browser, **window) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note", "A long story.")
        site.behind.time.now += IDLE
        await page.click("button[value=reached]")
        await expect(page.locator("h1")).to_have_text("Please sign in again")
        await page.go_back()
        await expect(page.locator("#note")).to_have_value("A long story.")
    assert site.behind.memory.owners.decided == []


async def test_the_approved_reply_is_copied_as_it_is_and_its_site_opens_elsewhere(
    browser: Browser, site: DeskSite
) -> None:
    async with opened(browser, **WIDE) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await site.sign_in(page, ASH, "/tasks/t-posting")
        await page.click("[data-copy]")
        await expect(page.locator("[data-words]")).to_have_text("Copied")
        assert await page.evaluate("navigator.clipboard.readText()") == REPLY
        link = page.locator("text=Open Google")
        assert await link.get_attribute("href") == "https://reviews.example/g-71"
        assert await link.get_attribute("rel") == "noopener noreferrer"
        await page.click("button[value=posted]")
        await expect(page.locator(".flash")).to_contain_text("Posted.")


async def test_a_double_click_is_one_note(browser: Browser, site: DeskSite) -> None:
    async with opened(browser, **WIDE, js=False) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note-text", "Once.")
        await page.dblclick("#note-form button")
        await expect(page.locator(".history blockquote")).to_have_count(1)
    assert len(site.behind.memory.office.all(NOTES)) == 1
