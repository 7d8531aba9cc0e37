"""Does a firm change its words and its rules without a restart, by browser and by files?"""

import asyncio
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect
from typer.testing import CliRunner

from deploy.cli.main import app
from tests.browser.chromium import chromium, opened
from tests.journeys.firm import Firm, until
from tests.journeys.test_staff_pages import at_the_desk

INVITED = "How did we do?"
OWN_WORDS = "four words of her own"
CHANGED = (
    "/studio/rules/survey-due",
    "/studio/rules/review-ask-due",
    "/studio/text?language=en&message=survey-invitation",
)


async def approved(browser: Browser, firm: Firm, number: int) -> None:
    """The second person approves, and every process goes by it."""
    place = f"/studio/editions/{number}"
    async with at_the_desk(browser, firm, "ops", place, js=False) as page:
        await page.click("button[value=approve]")
        await expect(page.locator("main")).to_contain_text("In force")

    async def in_force() -> bool:
        told = await firm.services.ask("reminders", {"ask": "editions"})
        return bool(told["goes_by"] == number)

    await until(in_force, f"edition {number}")


def clientele(firm: Firm, *words: str) -> str:
    folder = Path(firm.connect["data_dir"])
    result = CliRunner().invoke(app, ["firm", *words, "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    return result.output.replace("\n", " ")


@pytest.mark.whole
async def test_a_survey_mail_and_a_rule_change_without_a_restart_and_back_by_files(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_FIRM_DIR", raising=False)
    client_id = await firm.a_client()
    await firm.morning()
    await firm.idle()
    async with chromium() as browser:
        async with at_the_desk(browser, firm, "partner", "/studio", js=False) as page:
            await page.click("#rule-survey-due a")
            await page.fill("#offset", "+3d")
            await page.click("button[value=keep]")
            desk = firm.connect["desk"]
            await page.goto(f"{desk}/studio/text?language=en&message=survey-invitation")
            written = await page.input_value("#text")
            text = "\n".join([f"Subject: {INVITED}", *written.splitlines()[1:]])
            await page.fill("#text", text)
            await page.click("button[value=keep]")
            await page.goto(f"{desk}/studio/editions/draft")
            await page.click("button[value=propose]")
            await expect(page.locator("h1")).to_have_text(re.compile("Edition [0-9]+"))
            number = int((await page.inner_text("h1")).removeprefix("Edition "))
        await approved(browser, firm, number)
        matter_id = firm.id("m")
        opened = {"matter_id": matter_id, "client_id": client_id, "owner_id": "s-1"}
        await firm.say("matter-opened", client_id, opened | {"practice_area": "family"})
        closed = {"matter_id": matter_id, "client_id": client_id,
                  "closed_at": (await firm.now()).isoformat()}  # fmt: skip
        await firm.say("matter-closed", client_id, closed)
        await firm.idle()
        await firm.advance(timedelta(days=2))
        assert INVITED not in firm.subjects(client_id)
        await firm.advance(timedelta(days=2))
        assert INVITED in firm.subjects(client_id)

        exported = tmp_path / "exported"
        await asyncio.to_thread(clientele, firm, "export", str(exported))
        assert {each.name for each in exported.rglob("*.*") if each.parent.name != "imports"} == {
            "closing.yaml", "survey-invitation.txt",
        }  # fmt: skip
        shutil.rmtree(exported / "languages")
        shutil.rmtree(exported / "playbooks")
        words = ("import", str(exported), "--by", "ada", "--note", "As shipped.")
        said = await asyncio.to_thread(clientele, firm, *words)
        assert f"/studio/editions/{number + 1}" in said
        await approved(browser, firm, number + 1)


@pytest.mark.whole
async def test_a_new_firm_of_two_makes_its_rules_its_own_in_the_browser_alone(firm: Firm) -> None:
    client_id, user = await firm.a_client(), f"{firm.id('eva')}@firm.example"
    await firm.morning()
    await firm.idle()
    desk = firm.connect["desk"]
    async with chromium() as browser, at_the_desk(browser, firm, "partner", js=False) as page:
        link = await invited(page, desk, firm.id("eva"), user)
        async with opened(browser, js=False) as second:
            await comes_in(second, link, desk, user)
            number = await proposed(page, desk, "Asked sooner, and for no review.")
            await simulated(page, f"{desk}/studio/editions/{number}/simulation")
            await second.goto(f"{desk}/inbox?view=team&kind=edition-approval")
            await second.click(".row .title >> nth=0")
            await second.click("#edition")
            await expect(second.locator("main")).to_contain_text("Simulated exactly as it stands")
            await approves(second, firm, number)
            await asked_after_three_days(firm, client_id)
            for place in CHANGED:
                await page.goto(f"{desk}{place}")
                await page.click("button[value=as-shipped]")
            await page.goto(f"{desk}/studio/editions/draft")
            await page.click("button[value=propose]")
            await second.goto(f"{desk}/studio/editions/{number + 1}")
            await approves(second, firm, number + 1)


async def invited(page: Page, desk: str, staff_id: str, user: str) -> str:
    """The partner lets a second partner in."""
    await page.goto(f"{desk}/people")
    await page.fill("#staff_id", staff_id)
    await page.fill("#name", "Eva Second")
    await page.fill("#user", user)
    await page.check("input[value=partner]")
    await page.click("form[action='/people'] button")
    return await page.inner_text("#link")


async def comes_in(page: Page, link: str, desk: str, user: str) -> None:
    """She sets a password of her own, and signs in with it."""
    await page.goto(link)
    await page.fill("#password", OWN_WORDS)
    await page.fill("#again", OWN_WORDS)
    await page.click("main button[type=submit]")
    await page.goto(f"{desk}/inbox")
    await page.fill("#user", user)
    await page.fill("#password", OWN_WORDS)
    await page.click("main button[type=submit]")
    await expect(page.locator("#main h1")).to_have_text("Inbox")


async def proposed(page: Page, desk: str, note: str) -> int:
    """A rule moved, a rule off, a text in other words; the number it waits under."""
    await page.goto(desk + CHANGED[0])
    await page.fill("#offset", "+3d")
    await page.click("button[value=keep]")
    await page.goto(desk + CHANGED[1])
    await page.check("input[name=switch][value=off]")
    await page.click("button[value=keep]")
    await page.goto(desk + CHANGED[2])
    written = await page.input_value("#text")
    await page.fill("#text", "\n".join([f"Subject: {INVITED}", *written.splitlines()[1:]]))
    await page.click("button[value=keep]")
    await page.goto(f"{desk}/studio/editions/draft")
    await page.fill("#note", note)
    await page.click("button[value=propose]")
    return int((await page.inner_text("h1")).removeprefix("Edition "))


async def simulated(page: Page, place: str) -> None:
    """Started, and watched without a script until it is done."""
    await page.goto(place)
    await page.click("button[value=start]")

    async def done() -> bool:
        await page.goto(place)
        return await page.locator("#counts-title").count() == 1

    await until(done, "the simulation")


async def approves(page: Page, firm: Firm, number: int) -> None:
    """The second person, and every process goes by it."""
    await page.click("button[value=approve]")
    await expect(page.locator("main")).to_contain_text("In force")

    async def in_force() -> bool:
        told = await firm.services.ask("reminders", {"ask": "editions"})
        return bool(told["goes_by"] == number)

    await until(in_force, f"edition {number}")


async def asked_after_three_days(firm: Firm, client_id: str) -> None:
    """In the firm's own words, and no review after it."""
    matter_id = firm.id("m2")
    opened_ = {"matter_id": matter_id, "client_id": client_id, "owner_id": "s-1"}
    await firm.say("matter-opened", client_id, opened_ | {"practice_area": "family"})
    closed = {"matter_id": matter_id, "client_id": client_id,
              "closed_at": (await firm.now()).isoformat()}  # fmt: skip
    await firm.say("matter-closed", client_id, closed)
    await firm.idle()
    await firm.advance(timedelta(days=4))
    assert INVITED in firm.subjects(client_id)
