"""Can staff do all their work with the keyboard alone, on any screen, without scripts too?"""

import re
from typing import Any

from playwright.async_api import Browser, Page, expect

from services.desk.domain.staff import StaffMember
from tests.browser.chromium import opened
from tests.browser.desk_day import REPLY, DeskSite
from tests.browser.desk_history import bring_trouble
from tests.browser.desk_inquiries import bring_inquiries
from tests.browser.hands import Hands
from tests.browser.readers import READERS, Reader
from tests.browser.site_menu import by_keys
from tests.desk.browsing import PASSWORD, invited
from tests.desk.facts import CLARA, LENA, OSKAR, PAT


async def signed_in(page: Page, site: DeskSite, person: StaffMember) -> Hands:
    """Hands of somebody who has come in by the keyboard."""
    hands = Hands(page)
    await page.goto(f"{site.url}/login")
    await hands.type("#user", person.staff_id)
    await hands.type("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("Inbox")
    return hands


def decided(site: DeskSite) -> tuple[str, dict[str, Any]]:
    """The one decision that was made, and what was filled in."""
    ((_, decision),) = site.behind.memory.owners.decided
    return decision["decision"], decision["fields"]


@READERS
async def test_signing_in_and_out(chrome: Browser, site: DeskSite, reader: Reader) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = Hands(page)
        await page.goto(f"{site.url}/login")
        await hands.type("#user", "leo")
        await hands.type("#password", "wrong")
        await hands.press("main button[type=submit]")
        await expect(page.locator("#error-summary")).to_contain_text("You are not signed in")
        await hands.type("#password", PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Inbox")
        await hands.press(".who button")
        await expect(page.locator("main")).to_contain_text("You are signed out.")


@READERS
async def test_a_password_is_chosen(chrome: Browser, site: DeskSite, reader: Reader) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = Hands(page)
        await page.goto(f"{site.url}{invited(site.behind)}")
        await hands.type("#password", "four plain words here")
        await hands.type("#again", "four plain words hear")
        await page.keyboard.press("Enter")
        await hands.press("#error-summary a")
        await expect(page.locator("#again")).to_be_focused()
        await hands.type("#password", "four plain words here")
        await hands.type("#again", "four plain words here")
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_contain_text("Your password is set.")


@READERS
async def test_a_conflict_is_decided(chrome: Browser, site: DeskSite, reader: Reader) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, CLARA)
        await hands.press("#view-team")
        await hands.press("#open-t-check")
        await expect(page.locator("main")).to_contain_text("Why they may be the same")
        await hands.press(".to-decide")
        await hands.press(page.locator("summary", has_text="signed waiver"))
        await hands.type("#reason-clear-with-waiver", "Both agreed in writing.")
        await hands.type("#document_ref-clear-with-waiver", "W-2026-17")
        await hands.type("#signed_on-clear-with-waiver", "2026-02-27")
        await hands.type("#affected-clear-with-waiver", "Harbour Trading Ltd")
        await hands.press("button[value=clear-with-waiver]")
        await expect(page.locator(".flash")).to_be_visible()
    assert decided(site) == (
        "clear-with-waiver", {
            "reason": "Both agreed in writing.", "document_ref": "W-2026-17",
            "signed_on": "2026-02-27", "affected": "Harbour Trading Ltd",
        },
    )  # fmt: skip


@READERS
async def test_an_inquiry_is_entered_and_another_becomes_a_client(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    bring_inquiries(site)
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await by_keys(hands, "Inquiries")
        await hands.press("#enter")
        await hands.type("#name", "Zoe Bauer")
        await hands.press("main form button[type=submit]")
        await hands.press("#error-summary a")
        await hands.type("#phone", "030 123456")
        await hands.press("main form button[type=submit]")
        await expect(page.locator("h1")).to_have_text("Zoe Bauer")
        await hands.press("#back")
        await hands.press(page.locator("th a", has_text="Jonas Weber"))
        await hands.press("a[href^='/tasks/t-met']")
        await hands.to("#lawyer")
        await page.keyboard.type("Leo")
        await hands.press("button[value=engaged]")
        await expect(page.locator(".flash")).to_be_visible()
    decision, fields = decided(site)
    assert (decision, fields["lawyer"], fields["client_name"]) == ("engaged", "leo", "Jonas Weber")


@READERS
async def test_a_reply_to_a_review_is_approved(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await hands.press("#view-team")
        await hands.press("#open-t-review")
        await expect(page.locator(".letter")).to_have_text(REPLY)
        await hands.press("button[value=approve]")
        await expect(page.locator(".flash")).to_be_visible()
    assert decided(site)[0] == "approve"


@READERS
async def test_a_reply_of_the_firm_is_picked(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await page.goto(f"{site.url}/tasks/t-review")
        await hands.press("article[aria-labelledby=variant-1] button")
        await expect(page.locator(".flash")).to_be_visible()
    assert decided(site) == (
        "edit", {"text": "Professional considerations do not permit us to respond here."},
    )  # fmt: skip


@READERS
async def test_a_review_is_reported_to_its_site(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await page.goto(f"{site.url}/tasks/t-review")
        await hands.press(page.locator("summary", has_text="Report the review"))
        await hands.to("#report_reason-report")
        await page.keyboard.type("Spam")
        await hands.type("#report_words-report", "It is about another town.")
        await hands.press("button[value=report]")
        await expect(page.locator(".flash")).to_be_visible()
    assert decided(site) == (
        "report", {"report_reason": "spam", "report_words": "It is about another town."},
    )  # fmt: skip


@READERS
async def test_what_an_unhappy_client_was_told_is_recorded(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await hands.press("#open-t-recovery")
        await expect(page.locator(".clocks")).to_be_visible()
        await expect(page.locator("[aria-current=step]")).to_contain_text("Acknowledged")
        await hands.press(page.locator("summary", has_text="Resolve"))
        await hands.to("#outcome")
        await page.keyboard.type("Expl")
        await hands.to("#cause_code")
        await page.keyboard.type("Not kept")
        await hands.press("#client_told", " ")  # the first of the two: yes
        await hands.press("button[value=resolve]")
        await expect(page.locator(".flash")).to_be_visible()
    assert decided(site) == (
        "resolve",
        {"outcome": "explained", "cause_code": "not-kept-informed", "client_told": True},
    )


@READERS
async def test_a_task_is_put_off_with_a_note_and_handed_on(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, LENA)
        await hands.press("#open-t-gap")
        await hands.type("#note-text", "On holiday until Monday.")
        await hands.press("#note-form button")
        await expect(page.locator(".history")).to_contain_text("On holiday until Monday.")
        await hands.press("#fold-snooze summary")
        await hands.press("#fold-snooze button[value=next-week]")
        await expect(page.locator(".flash")).to_contain_text("Snoozed")
        await hands.press(".flash button")
        await expect(page.locator(".flash")).to_contain_text("Taken back.")


@READERS
async def test_dead_letters_are_tried_again(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    bring_trouble(site)
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, OSKAR)
        await by_keys(hands, "Operations")
        await expect(page.get_by_text("intake does not answer")).to_be_visible()
        await hands.press(page.get_by_role("link", name="One by one"))
        await expect(page.get_by_role("heading", name="feedback-17")).to_be_visible()
        await page.go_back()
        await hands.press(page.locator("summary", has_text="Put aside"))
        await expect(page.get_by_text("They stay listed.")).to_be_visible()
        await page.reload()
        await hands.press(page.get_by_role("button", name="Try again"))
        await expect(page.get_by_text("Dead letters of feedback: 1 applied.")).to_be_visible()
    assert [each[1] for each in site.behind.memory.services.settled] == ["replay"]


@READERS
async def test_settings_are_changed(chrome: Browser, site: DeskSite, reader: Reader) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await by_keys(hands, "Settings")
        await hands.press("#keys button")
        await expect(page.locator("#keys")).to_contain_text("Single keys are off.")
        await hands.to("#digest_at")
        await page.keyboard.type("0645AM" if await _half_days(page) else "0645")
        await page.keyboard.press("Enter")
        await expect(page.locator(".flash")).to_contain_text("comes at 06:45")
        await hands.press(page.get_by_role("button", name="Make an address"))
        await expect(page.locator("#calendar-address")).to_have_value(re.compile(r"\.ics$"))
        await hands.press(page.locator("#calendar").get_by_role("button", name="Turn it off"))
        await expect(page.locator("#calendar-address")).to_have_count(0)


async def _half_days(page: Page) -> bool:
    """Whether this browser's time fields ask for morning or afternoon."""
    said: str = await page.evaluate("new Date(0).toLocaleTimeString(navigator.language)")
    return "M" in said.upper()


@READERS
async def test_a_client_is_found_and_what_was_said_is_read(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await by_keys(hands, "Clients")
        await hands.type("#q", "marsh")
        await page.keyboard.press("Enter")
        await hands.press(page.get_by_role("link", name="Eleanor Marsh"))
        await expect(page.locator("h1")).to_have_text("Eleanor Marsh")
        await hands.press(page.get_by_role("link", name="Full"))
        await hands.press(page.locator("#log > summary"))
        await hands.type("#words", "Calls back on Friday.")
        await hands.press(page.get_by_role("button", name="Log it"))
        await expect(page.get_by_text("The contact is logged.")).to_be_visible()


@READERS
async def test_the_statement_on_accessibility_is_reached(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    async with opened(chrome, **reader.at_the_desk) as page:
        hands = await signed_in(page, site, PAT)
        await hands.press(page.get_by_role("link", name="Accessibility"))
        await expect(page.locator("h1")).to_have_text("Accessibility of the desk")
        await page.keyboard.press("Tab")
        await expect(page.locator(".skip")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()
