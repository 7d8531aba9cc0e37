"""Does a running service simulate a change on its own stream, in a process of its own?"""

import json
import sys
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.reminders.domain import simulation
from services.reminders.gateways import simulations
from shared.clock import real_now
from shared.contracts.firm import MatterClosed
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import OPENED, client
from tests.reminders.test_editions_running import LEO, asked

LATER = "changes: closing\nrules:\n  matter-closed: off\n"
FILES = {"playbooks/closing.yaml": LATER}


async def proposed(installation: Installation) -> dict[str, Any]:
    """The folder as a proposal, and what it is bound to."""
    await installation.ask(ask="editions", do="propose", by="ada", files=FILES)
    shown = await asked(installation, LEO, ask="edition", edition="1")
    return {"edition": "1", "content_hash": shown["content_hash"]}


async def stands(installation: Installation, state: str) -> bool:
    told = await asked(installation, LEO, ask="simulation", edition="1")
    return bool(told["run"]["state"] == state)


async def test_who_would_not_be_written_to_any_more_is_found_and_nobody_is(
    installation: Installation,
) -> None:
    await installation.start()
    closed = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=real_now())
    await installation.publish(client(), OPENED, closed)
    lived = len(await installation.received(1))
    known = await proposed(installation)
    await asked(installation, LEO, ask="simulate", days=30, **known)
    await until(partial(stands, installation, "done"))
    found = (await asked(installation, LEO, ask="simulation", edition="1"))["run"]["found"]
    assert {(each["rule_id"], each["what"]) for each in found["counts"]} == {
        ("matter-closed", "would-stop")
    }
    assert found["examples"][0]["client_id"] == "c-1"
    assert len(installation.inbox.messages) == lived
    row = await installation.db.collection("simulations").find_one({})
    assert "c-1" not in json.dumps(row, default=str)


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("raise SystemExit(1)", "ended without a word"),
        ('print(\'{"failed": "x:1"}\')', "x:1"),
    ],
)
async def test_a_process_that_ends_too_early_is_said(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, program: str, says: str
) -> None:
    monkeypatch.setattr(simulations, "WORKER", (sys.executable, "-c", program))
    await installation.start()
    await asked(installation, LEO, ask="simulate", days=30, **await proposed(installation))
    await until(partial(stands, installation, "failed"))
    told = await asked(installation, LEO, ask="simulation", edition="1")
    assert says in told["run"]["why"]


async def test_who_cancels_ends_the_process_and_a_restart_begins_anew(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulations, "WORKER", ("sleep", "60"))
    await installation.start()
    known = await proposed(installation)
    for _ in range(2):
        await asked(installation, LEO, ask="simulate", days=30, **known)
        await until(partial(stands, installation, "running"))
        await asked(installation, LEO, ask="cancel-simulation", edition="1")
        assert await stands(installation, "cancelled")
    await asked(installation, LEO, ask="simulate", days=30, **known)
    await until(partial(stands, installation, "running"))
    await installation.stop()
    monkeypatch.setattr(simulations, "WORKER", (sys.executable, "-c", ""))
    monkeypatch.setattr(simulation, "SILENT", timedelta(0))
    await installation.start()
    await until(partial(stands, installation, "failed"))
    told = await asked(installation, LEO, ask="simulation", edition="1")
    assert told["run"]["tries"] == 2
