"""Is a changed playbook tried on the firm's own past, without a word to anybody?"""

import asyncio
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.main import app
from services.reminders.app import HERE
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm

DAY = timedelta(days=1)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The shipped playbooks, to be changed."""
    return Path(shutil.copytree(HERE / "playbooks", tmp_path / "mine"))


def simulate(installation: Installation, *arguments: object) -> Any:
    words = ["playbook", "simulate", *map(str, arguments), "--json",
             "--data-dir", str(installation.folder)]  # fmt: skip
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output + str(result.exception)
    return json.loads(result.stdout)


async def test_a_change_is_shown_on_what_really_happened_and_sends_nothing(
    firm: Firm, installation: Installation, mine: Path
) -> None:
    await firm.morning()
    client_id = await firm.a_client()
    starts = await firm.now() + 5 * DAY
    await firm.say("appointment-scheduled", client_id, {
        "appointment_id": firm.id("a"), "client_id": client_id, "starts_at": starts.isoformat(),
        "timezone": "Europe/London", "kind": "consultation"})  # fmt: skip
    await firm.idle()
    await firm.advance(6 * DAY)
    lived = firm.how_many_mails()
    file = mine / "appointments.yaml"
    file.write_text(file.read_text().replace("offset: -1d", "offset: -2d"))

    found = await asyncio.to_thread(simulate, installation, mine, "--since", "7d")
    ours = [each for each in found["differences"] if each["client_id"] == client_id]
    assert [(each["rule_id"], each["what"]) for each in ours] == [
        ("appointment-day-before", "would-move")
    ]
    went = [e["at"] for e in await firm.timeline(client_id) if e["kind"] == "contact-sent"]
    assert any(ours[0]["before"][:16] == at[:16] for at in went), (ours, went)
    assert firm.how_many_mails() == lived


async def test_the_rules_in_force_differ_from_themselves_in_nothing(
    firm: Firm, installation: Installation
) -> None:
    found = await asyncio.to_thread(simulate, installation, HERE / "playbooks")
    assert found["differences"] == []
    assert found["events"] > 0
