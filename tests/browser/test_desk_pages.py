"""Can staff do their work on any screen, with and without scripts?"""

from typing import Any

from playwright.async_api import Browser, Page, expect

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.sessions import IDLE
from services.desk.ports.answers import Answer, Refused
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED
from tests.browser.chromium import fits, opened
from tests.browser.desk_day import REPLY, DeskSite
from tests.browser.readers import READERS, Reader
from tests.desk.facts import ASH, CLARA, LENA, LEO, PAT, updated

WIDE: dict[str, Any] = {"width": 1280, "height": 800}


def task(site: DeskSite, task_id: str) -> ListedTask:
    found = site.behind.memory.office.get(LISTED, task_id)
    assert found is not None
    return found


def row(page: Page, task_id: str) -> Any:
    return page.locator(f"#row-{task_id}")


@READERS
async def test_a_task_is_claimed_opened_and_decided(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, LEO)
        await expect(page.locator("h1")).to_have_text("Inbox")
        await page.click("#view-unassigned")
        await page.click("#claim-t-unknown")
        await expect(page.locator(".flash")).to_contain_text("Claimed. You have it now.")
        await page.click("#view-mine")
        await expect(row(page, "t-unknown")).to_contain_text("Brauerei Sonnental GmbH")
        await page.click("#open-t-unknown")
        await expect(page.locator(".letter")).to_contain_text("Your appointment with us")
        await page.fill("#note", "The server's log has it.")
        await page.click("button[value=was-sent]")
        await expect(page.locator(".flash")).to_contain_text("It was sent.")
        following = "Call the client: no message can reach them"
        await expect(page.locator("h1")).to_have_text(following)
        assert await fits(page)
    ((service, decision),) = site.behind.memory.owners.decided
    assert (service, decision["decision"], decision["actor"]["id"]) == (
        "reminders", "was-sent", "leo",
    )  # fmt: skip
    assert decision["fields"] == {"note": "The server's log has it."}


@READERS
async def test_several_tasks_are_put_off_at_once_and_taken_back(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
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
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
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
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
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
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    no = Refused("missing", "Give the reference of the signed waiver.", "document_ref")
    site.behind.memory.owners.answer = Answer("open", 1, no)
    async with opened(chrome, **reader.at_the_desk) as page:
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
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    memory = site.behind.memory
    async with opened(chrome, **reader.at_the_desk) as page:
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


@READERS
async def test_whoever_was_signed_out_meanwhile_keeps_what_they_typed(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note", "A long story.")
        site.behind.time.now += IDLE
        await page.click("button[value=reached]")
        await expect(page.locator("h1")).to_have_text("Please sign in again")
        await expect(page.locator("#typed-note")).to_have_text("A long story.")
    assert site.behind.memory.owners.decided == []


@READERS
async def test_the_approved_reply_is_copied_as_it_is_and_its_site_opens_elsewhere(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await site.sign_in(page, ASH, "/tasks/t-posting")
        if reader.js:
            await page.click("[data-copy]")
            await expect(page.locator("[data-words]")).to_have_text("Copied")
            assert await page.evaluate("navigator.clipboard.readText()") == REPLY
        await expect(page.locator("main")).to_contain_text(REPLY)
        link = page.locator("text=Open Google")
        assert await link.get_attribute("href") == "https://reviews.example/g-71"
        assert await link.get_attribute("rel") == "noopener noreferrer"
        await page.click("button[value=posted]")
        await expect(page.locator(".flash")).to_contain_text("Posted.")


async def test_a_double_click_is_one_note(chrome: Browser, site: DeskSite) -> None:
    async with opened(chrome, **WIDE, js=False) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note-text", "Once.")
        await page.dblclick("#note-form button")
        await expect(page.locator(".history blockquote")).to_have_count(1)
    assert len(site.behind.memory.office.all(NOTES)) == 1


@READERS
async def test_the_morning_e_mail_is_chosen_and_a_slip_shows_at_its_field(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, PAT, "/settings")
        await page.fill("#digest_at", "")
        await page.click("#digest button:has-text('Save')")
        await expect(page.locator("#digest_at-error")).to_contain_text("like 07:30")
        await page.fill("#digest_at", "06:45")
        await page.click("#digest button:has-text('Save')")
        await expect(page.locator(".flash")).to_contain_text("comes at 06:45")
        await expect(page.locator("#digest_at")).to_have_value("06:45")
        await page.click("#digest button:has-text('Send me none')")
        await expect(page.locator("#digest")).to_contain_text("None: it is turned off")


@READERS
async def test_a_note_that_was_begun_goes_along_with_a_decision_of_its_own_form(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, LEO, "/tasks/t-call")
        await page.fill("#note-text", "She moves in May.")
        await page.click("button[value=reached]")
        await expect(page.locator(".flash")).to_be_visible()
    assert "She moves in May." in [each.text for each in site.behind.memory.office.all(NOTES)]


async def test_a_note_goes_along_with_a_decision_that_is_folded_away_too(
    chrome: Browser, site: DeskSite
) -> None:
    async with opened(chrome, **WIDE) as page:
        await site.sign_in(page, LENA, "/tasks/t-gap")
        await page.fill("#note-text", "They asked for peace until May.")
        await page.click("details.further summary")
        await page.fill("details.further textarea, details.further input[type=text]", "On holiday.")
        await page.click("button[value=not-needed]")
        await expect(page.locator(".flash")).to_be_visible()
    kept = [each.text for each in site.behind.memory.office.all(NOTES)]
    assert "They asked for peace until May." in kept
