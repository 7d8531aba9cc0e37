"""Is a complaint, a dispute or a low score led to its end, as other systems and people meet it?"""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.firm import Firm, Json
from tests.journeys.test_records import said_about
from tests.journeys.test_refusals import closed_matter_with_a_low_score, the_task
from tests.journeys.test_staff_pages import at_the_desk
from tests.journeys.test_staff_pages import browser as browser  # a fixture

WEEKS = timedelta(weeks=1)
END: Json = {"outcome": "apologised", "cause_code": "not-kept-informed", "client_told": True}


async def a_matter(firm: Firm) -> tuple[str, str]:
    """A client, and their matter, which is the lawyer's."""
    client_id, matter_id = await firm.a_client(), firm.id("m")
    owner = firm.connect["staff"]["lawyer"]
    about = {"client_id": client_id, "matter_id": matter_id, "practice_area": "family"}
    await firm.say("matter-opened", client_id, about | {"owner_id": owner})
    return client_id, matter_id


async def complained(firm: Firm, **more: Any) -> str:
    """Another system says that a client complained; who that is."""
    client_id, matter_id = await a_matter(firm)
    said = {"complaint_id": firm.id("cp"), "client_id": client_id, "matter_id": matter_id}
    now = await firm.now()
    told = {"type": "service", "channel": "post", "at": now.isoformat()} | more
    await firm.say("complaint-received", client_id, said | told)
    await firm.idle()
    return client_id


async def a_complaint(firm: Firm) -> tuple[str, Json]:
    """The same; the client and the task."""
    client_id = await complained(firm)
    return client_id, await the_task(firm, "client_id", client_id, "service-recovery")


async def fresh(firm: Firm, task: Json) -> Json:
    """The task as it is now."""
    return await firm.get(f"/api/v1/tasks/{task['task_id']}")


async def kinds(firm: Firm, client_id: str) -> list[str]:
    """What the client's timeline tells, in order."""
    return [str(each["kind"]) for each in await firm.timeline(client_id)]


async def test_a_complaint_needs_its_cause_and_neither_its_owner_nor_whom_it_is_about(
    firm: Firm,
) -> None:
    client_id, task = await a_complaint(firm)
    assert (await firm.decide(task, "acknowledge", "lawyer")).status_code == 403
    no_cause = {name: value for name, value in END.items() if name != "cause_code"}
    refused = await firm.decide(task, "resolve", "partner", no_cause)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "cause_code"
    for step in ("acknowledge", "told"):
        done = await firm.decide(await fresh(firm, task), step, "partner")
        assert done.status_code == 200, done.text
    closed = await firm.decide(await fresh(firm, task), "resolve", "partner", END)
    assert closed.status_code == 200, closed.text
    await firm.idle()
    told = await kinds(firm, client_id)
    assert told.count("concern-opened") == 1
    assert told.count("concern-advanced") == 3
    assert told.count("concern-closed") == 1


async def test_whom_a_complaint_is_about_does_not_see_it(firm: Firm) -> None:
    about = firm.connect["staff"]["partner"]
    client_id = await complained(firm, about_staff=about)
    assert await firm.tasks_about("client_id", client_id, kind="service-recovery") == []
    assert "concern-opened" in await kinds(firm, client_id)


@pytest.mark.whole
async def test_who_is_still_unhappy_two_weeks_later_is_heard_again(firm: Firm) -> None:
    client_id, task = await a_complaint(firm)
    assert (await firm.decide(task, "resolve", "partner", END)).status_code == 200
    await firm.idle()
    await firm.advance(2 * WEEKS)
    ask = await the_task(firm, "client_id", client_id, "verify")
    unhappy = await firm.decide(ask, "still-unhappy", "partner", {"note": "Nothing came of it."})
    assert unhappy.status_code == 200, unhappy.text
    await firm.idle()
    again = await the_task(firm, "client_id", client_id, "service-recovery")
    assert again["task_id"] != task["task_id"]
    assert (await kinds(firm, client_id)).count("concern-opened") == 2


async def test_a_dispute_closes_once_both_sides_said_that_it_is_settled(firm: Firm) -> None:
    staff, dispute_id = firm.connect["staff"], firm.id("dp")
    sides = [staff["lawyer"], staff["assistant"]]
    now = await firm.now()
    said = {"parties": "staff-staff", "staff_ids": sides, "by": staff["partner"]}
    await firm.say(
        "dispute-opened", dispute_id, {"dispute_id": dispute_id, "at": now.isoformat()} | said
    )
    await firm.idle()
    (task,) = [
        each
        for each in await firm.tasks(state="open", kind="service-recovery")
        if each["about"].get("concern_id") and not each["about"].get("client_id")
    ]
    concern_id = task["about"]["concern_id"]
    assert (await firm.decide(task, "told", "partner")).status_code == 200
    await firm.idle()
    settled: Json = {"outcome": "settled", "cause_code": "conduct", "client_told": False}
    for role in ("lawyer", "assistant"):
        early = await firm.decide(await fresh(firm, task), "resolve", "partner", settled)
        assert early.status_code == 409
        asked = [
            each
            for each in await firm.tasks(role, state="open", kind="confirm")
            if each["owner_id"] == staff[role] and each["about"].get("concern_id") == concern_id
        ]
        assert len(asked) == 1
        confirmed = await firm.decide(asked[0], "settled", role)
        assert confirmed.status_code == 200, confirmed.text
        await firm.idle()
    done = await firm.decide(await fresh(firm, task), "resolve", "partner", settled)
    assert done.status_code == 200, done.text


async def test_a_score_of_three_opens_exactly_one(firm: Firm) -> None:
    matter_id = await closed_matter_with_a_low_score(firm, firm.connect["staff"]["lawyer"])
    task = await the_task(firm, "matter_id", matter_id, "service-recovery")
    told = await kinds(firm, task["about"]["client_id"])
    assert told.count("service-recovery-opened") == told.count("concern-opened") == 1


async def test_a_complaint_is_led_from_the_first_call_to_the_verified_end(
    browser: Browser, firm: Firm
) -> None:
    client_id, matter_id = await a_matter(firm)
    await firm.idle()
    async with at_the_desk(browser, firm, "assistant", f"/clients/{client_id}") as page:
        await page.click("#log summary")
        await page.check("input[name=direction][value=in]")
        await page.select_option("#complaint", "fees")
        await page.fill("#matter", matter_id)
        await page.fill("#words", "The bill was twice what they had been told.")
        await page.click("#log button[type=submit]")
        await expect(page.locator(".flash")).to_contain_text("lead the complaint")
    await firm.idle()
    task = await the_task(firm, "client_id", client_id, "service-recovery")
    place = f"/tasks/{task['task_id']}"
    async with at_the_desk(browser, firm, "lawyer", place) as page:  # whose matter it is
        await expect(page.locator("h1")).to_have_text("This is not yours to do")
    async with at_the_desk(browser, firm, "partner", place) as page:
        await expect(page.locator("#steps-title")).to_have_text("A complaint about fees")
        await expect(page.locator("[aria-current=step]")).to_contain_text("Acknowledged")
        await page.click("button[value=acknowledge]")
        await expect(page.locator("[aria-current=step]")).to_contain_text("Looked into")
        await page.fill("#note-told", "Told them that the estimate had not been renewed.")
        await page.click("button[value=told]")
        await page.select_option("#outcome", "apologised")
        await page.select_option("#cause_code", "cost-not-explained")
        await page.check("#client_told")
        await page.click("button[value=resolve]")
        await expect(page.locator(".flash")).to_contain_text("Resolve")
    await firm.idle()
    await firm.advance(2 * WEEKS)
    ask = await the_task(firm, "client_id", client_id, "verify")
    async with at_the_desk(browser, firm, "partner", f"/tasks/{ask['task_id']}") as page:
        await expect(page.locator("main")).to_contain_text("Apologised")
        await page.fill("textarea[name=note] >> nth=0", "She is content with the new bill.")
        await page.click("button[value=right-now]")
        await expect(page.locator(".flash")).to_contain_text("It is right now")
    await firm.decided()
    assert "Complaint: the client says that it is right now." in [
        each["text"] for each in await firm.timeline(client_id)
    ]
    written = [each["letter"] for each in await said_about(firm, "letter-drafted", client_id)]
    assert written == ["complaint-acknowledgement", "final-response"]
