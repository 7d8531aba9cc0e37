"""Does a firm change its words and its rules without a restart, by browser and by files?"""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from typer.testing import CliRunner

from deploy.cli.main import app
from tests.browser.chromium import chromium
from tests.journeys.firm import Firm, until
from tests.journeys.test_staff_pages import at_the_desk

INVITED = "How did we do?"


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
            await expect(page.locator("h1")).to_have_text("Edition 1")
        await approved(browser, firm, 1)
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
        assert {each.name for each in exported.rglob("*.*")} == {
            "closing.yaml", "survey-invitation.txt",
        }  # fmt: skip
        shutil.rmtree(exported / "languages")
        shutil.rmtree(exported / "playbooks")
        words = ("import", str(exported), "--by", "ada", "--note", "As shipped.")
        said = await asyncio.to_thread(clientele, firm, *words)
        assert "/studio/editions/2" in said
        await approved(browser, firm, 2)
