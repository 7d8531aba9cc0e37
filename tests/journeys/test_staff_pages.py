"""Can staff see a thing through to its end on the desk's pages, in a real browser?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import chromium, findings, fits, opened
from tests.journeys.firm import Firm, until
from tests.journeys.test_refusals import a_review, closed_matter_with_a_low_score, the_task

ROW_OF_WENDELIN = ".row:has-text('Wendelin Brack')"
FORBIDDEN = "We are sorry that your divorce case took so long when we represented you."
ALLOWED = "Thank you for your feedback. Please call our office so that we can listen to you."


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@asynccontextmanager
async def at_the_desk(
    browser: Browser, firm: Firm, role: str, place: str = "/inbox?view=team", **window: Any
) -> AsyncIterator[Page]:
    """A window in which somebody of this role has signed in as they would."""
    login = firm.connect["logins"][role]
    async with opened(browser, **({"width": 1280, "height": 800} | window)) as page:
        await page.goto(f"{firm.connect['desk']}{place}")
        await page.fill("#user", login["user"])
        await page.fill("#password", login["password"])
        await page.click("main button[type=submit]")
        await expect(page.locator("#main h1")).not_to_have_text("Sign in to the desk")
        yield page


async def test_a_conflict_is_found_decided_and_the_inquirer_is_heard(
    browser: Browser, firm: Firm
) -> None:
    known = f"Ottilie Zvara{firm.id('z').replace('-', '')}"
    await firm.a_client(name=known)
    await firm.idle()
    before = {task["task_id"] for task in await firm.tasks("conflicts-officer")}
    async with opened(browser, js=False) as inquirer:
        await inquirer.goto(f"{firm.connect['intake']}/f/contact")
        await inquirer.fill("#name", "Wendelin Brack")
        await inquirer.fill("#email", "wendelin@example.com")
        await inquirer.select_option("#area", "tenancy")
        await inquirer.fill("#others", known.replace("Ottilie", "Otilie"))
        await inquirer.check("#agreed")
        await inquirer.click("button[type=submit]")
        await expect(inquirer.locator("h1")).to_have_text("We have received your inquiry")

        async def found() -> bool:
            tasks = await firm.tasks("conflicts-officer", state="open")
            return any(each["task_id"] not in before for each in tasks)

        await until(found, "the conflict check")
        async with at_the_desk(browser, firm, "conflicts-officer", js=False) as page:
            await page.click(f"{ROW_OF_WENDELIN} .title")
            hit = page.locator(".hit").filter(has_text="Ottilie")
            await expect(hit.locator(".party mark").first).to_be_visible()
            await expect(hit).to_contain_text("On opposite sides")
            await expect(hit).to_contain_text("a similar")
            await page.select_option("#grounds", "another-person")
            await page.fill("#reason", "Two people: born in 1951 and in 1990.")
            await page.click("button[value=clear]")
            await expect(page.locator(".flash")).to_contain_text("Clear: not the same party.")
        await firm.decided()
        found_by_name = "/inbox?view=team&q=Wendelin"  # others wait before it
        async with at_the_desk(browser, firm, "assistant", found_by_name, js=False) as page:
            await page.click(f"{ROW_OF_WENDELIN} .title:has-text('Answer an inquiry')")
            await expect(page.locator("main")).to_contain_text("Wendelin Brack")
            link = await page.locator("#story-title ~ p code").inner_text()
        await inquirer.goto(link)
        await expect(inquirer.locator("h1")).to_have_text("Tell us what it is about")


async def test_a_reply_is_refused_by_the_guard_approved_by_a_second_person_and_posted(
    browser: Browser, firm: Firm
) -> None:
    review_id = await a_review(firm, 2, url="https://reviews.example/1")
    task = await the_task(firm, "review_id", review_id, "review-response")
    place = f"/tasks/{task['task_id']}?back=/inbox%3Fview%3Dteam"
    async with at_the_desk(browser, firm, "lawyer", place) as page:
        await expect(page.locator("#review-title ~ blockquote")).to_contain_text("Nobody called")
        await page.click("summary:has-text('Change the reply')")
        await page.fill("#text-edit", FORBIDDEN)
        await page.click("button[value=edit]")
        await expect(page.locator(".findings mark").first).to_be_visible()
        assert await page.locator(".findings mark").first.inner_text() in FORBIDDEN
        await expect(page.locator("#text-edit")).to_have_value(FORBIDDEN)
        assert await findings(page) == []
        await page.fill("#text-edit", ALLOWED)
        await page.click("button[value=edit]")
        await expect(page.locator(".flash")).to_contain_text("Save the changed reply.")
        await expect(page.locator(".letter")).to_have_text(ALLOWED)
        await page.click("button[value=approve]")
        refused = page.locator("#error-summary")
        await expect(refused).to_contain_text("a colleague has to approve it")
    async with at_the_desk(browser, firm, "partner", place) as page:
        await expect(page.locator(".letter")).to_have_text(ALLOWED)
        await page.click("button[value=approve]")
        await expect(page.locator(".flash")).to_contain_text("Approve this reply.")
    await firm.decided()
    posting = await the_task(firm, "review_id", review_id, "review-posting")
    async with at_the_desk(browser, firm, "assistant", f"/tasks/{posting['task_id']}") as page:
        await expect(page.locator("#approved")).to_have_text(ALLOWED)
        link = page.locator("a:has-text('Open Google')")
        assert await link.get_attribute("href") == "https://reviews.example/1"
        await page.click("button[value=posted]")
        await expect(page.locator(".flash")).to_contain_text("Posted.")
    await firm.decided()
    done = await firm.tasks_about("review_id", review_id, state="done")
    assert {each["kind"] for each in done} == {"review-response", "review-posting"}


@pytest.mark.whole
async def test_a_recovery_runs_against_its_clocks_and_ends_only_once_the_client_was_told(
    browser: Browser, firm: Firm
) -> None:
    matter_id = await closed_matter_with_a_low_score(firm, firm.connect["staff"]["lawyer"])
    task = await the_task(firm, "matter_id", matter_id, "service-recovery")
    place = f"/tasks/{task['task_id']}"
    async with at_the_desk(browser, firm, "lawyer", place) as page:
        await expect(page.locator("h1")).to_have_text("This is not yours to do")
    phone = {"width": 320, "height": 640, "scheme": "dark"}
    async with at_the_desk(browser, firm, "partner", place, **phone) as page:
        await expect(page.locator("#said-title + .big")).to_have_text("3 of 10")
        clocks = page.locator(".clock-row > div")
        await expect(clocks).to_have_count(3)
        await expect(clocks.nth(1)).to_contain_text("left")
        assert await fits(page)
        assert await findings(page) == []
        await page.click("summary:has-text('Resolve')")
        await page.select_option("#outcome", "apologised")
        await page.select_option("#cause_code", "not-called-back")
        await page.check("[name=client_told][value=no]")
        await page.fill("#note", "Rang, no answer.")
        await page.click("button[value=resolve]")
        await page.click("#error-summary a")
        await expect(page.locator("#client_told")).to_be_focused()
        await expect(page.locator("#note")).to_have_value("Rang, no answer.")
        await page.check("[name=client_told][value=yes]")
        await page.click("button[value=resolve]")
        await expect(page.locator(".flash")).to_contain_text("Resolve.")
    await firm.decided()
    told = await firm.timeline(task["about"]["client_id"])
    assert "service-recovery-resolved" in {entry["kind"] for entry in told}
