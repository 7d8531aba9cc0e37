"""Is nothing lost and nothing done twice when a process fails at any one step of its work?"""

import asyncio
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest

from deploy.asking import RefusedError, ServiceAwayError
from deploy.grants import SERVICES
from deploy.local import connection
from shared.failpoints import ACTIONS, NAMES
from tests.faults.noon import noon_zone
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, until

WHOLE = os.environ.get("CLIENTELE_FAULTS") == "whole"  # `make faults`
SERVICE_OF: dict[str, str] = {str(name): "reminders" for name in NAMES}
SERVICE_OF["act-committed"] = "intake"
PLACES = [name for name in NAMES if name != "act-committed"]
MOST_TELLING = ("batch-committed", "due-committed", "message-handing-over", "message-handed-over")
SCENARIOS = (
    list(itertools.product(PLACES, [each for each in ACTIONS if each != "stop"], (1, 2)))
    if WHOLE
    else [(name, "kill", 1) for name in MOST_TELLING]
)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose processes may be told to fail."""
    folder = tmp_path_factory.mktemp("failpoints") / "data"
    folder.mkdir()
    running = Installation(folder, CLIENTELE_FAILPOINTS="1")
    running.start()
    yield running
    running.stop()


async def arm(firm: Firm, name: str, action: str, hit: int) -> None:
    """Tell the process that the next time it comes by here, it fails."""
    question = {"ask": "failpoint", "name": name, "action": action, "hit": hit}
    await firm.services.ask(SERVICE_OF[name], question)


async def ledgers(firm: Firm) -> dict[str, Counter[str]]:
    """What became of events, per consumer; waits for a process that is being started again."""
    found: dict[str, Counter[str]] = {}

    async def answered() -> bool:
        with suppress(ServiceAwayError, RefusedError):
            answers = await firm.services.ask_all({"ask": "ledger"})
            found.update({name: Counter(each["ledger"]) for name, each in answers.items()})
            return True
        return False

    await until(answered, "every service answering")
    return found


async def idle(firm: Firm) -> None:
    """Wait until nothing is left to do, through restarts."""

    async def still() -> bool:
        with suppress(ServiceAwayError, RefusedError):
            answers = await firm.services.ask_all({"ask": "idle"})
            return all(answer["idle"] for answer in answers.values())
        return False

    await until(still, "idleness")
    await until(still, "idleness")


@pytest.mark.parametrize(("name", "action", "hit"), SCENARIOS)
async def test_one_failure_at_any_place_changes_nothing_in_the_end(
    failing: Installation, name: str, action: str, hit: int
) -> None:
    async with Firm(connection.read(failing.folder)) as firm:
        before = await ledgers(firm)
        await arm(firm, name, action, hit)
        clients = await asyncio.gather(*(firm.a_client(timezone=noon_zone()) for _ in range(6)))
        await firm.say_raw("events.client-updated.nobody", b"{")
        late = [await firm.a_client(timezone=noon_zone()) for _ in range(2)]
        await idle(firm)
        after = await ledgers(firm)
        for service in SERVICES:
            moved = after[service] - before[service]
            settled = moved["applied"] + moved["duplicate"] + moved["ignored"] + moved["dead"]
            assert moved["received"] == settled, (service, moved)
            assert not moved["parked"], (service, moved)
        assert (after["reminders"] - before["reminders"])["dead"] == 1
        for client_id in (*clients, *late):
            await the_welcome_is_accounted_for(firm, client_id, name)


async def the_welcome_is_accounted_for(firm: Firm, client_id: str, place: str) -> None:
    """One welcome each: sent once, or unknown and then settled as its rule says."""
    kinds = Counter(
        entry["kind"]
        for entry in await firm.timeline(client_id)
        if (entry["why"].get("rule_id") or "").startswith("welcome")
        and entry["kind"].startswith("contact-")
    )
    mails = firm.mails(client_id)
    unsure = place.startswith("message-")
    assert kinds["contact-sent"] + kinds["contact-unknown"] >= 1, kinds
    assert len(mails) <= 1 + (kinds["contact-unknown"] if unsure else 0), kinds
    assert mails or kinds["contact-unknown"], kinds


def test_every_failpoint_has_a_scenario() -> None:
    assert set(SERVICE_OF) == set(NAMES)
    assert {*PLACES, "act-committed"} == set(NAMES)
    assert set(MOST_TELLING) <= set(PLACES)
