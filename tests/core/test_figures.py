"""Does a running service tell how it fares, and let only ops settle what it kept?"""

import json
from socket import gethostname
from typing import Any

import pytest

from shared.errors import PermanentError
from shared.state.mappings import SHARDS
from tests.core.conftest import Running, until
from tests.core.sample import FAILURES
from tests.core.test_consuming import contact

OSKAR = {"id": "oskar", "roles": ["ops"]}
LEO = {"id": "leo", "roles": ["lawyer"]}


async def ask(running: Running, verb: str, **asked: Any) -> dict[str, Any]:
    """Ask over NATS, as the desk does."""
    reply = await running.nats.request(f"{verb}.intake", json.dumps(asked).encode(), timeout=20)
    answer: dict[str, Any] = json.loads(reply.data)
    return answer


async def two_letters(running: Running) -> str:
    """Two dead letters of one cause; their fingerprint."""
    FAILURES["c-1"] = [PermanentError("cannot be"), PermanentError("cannot be")]
    await running.publish(contact())
    await running.publish(contact())
    await running.settled(2)
    figures = await ask(running, "figures")
    (group,) = figures["dead"]
    assert (group["count"], group["reason"]) == (2, "permanent")
    assert group["event_types"] == ["client-contact-logged"]
    assert figures["dead_open"] == 2
    return str(group["fingerprint"])


async def test_a_service_at_rest_says_so(running: Running) -> None:
    await running.publish(contact())
    await running.settled(1)

    async def all_held() -> bool:
        return len((await ask(running, "figures"))["leases"]) == SHARDS + 2

    await until(all_held)
    figures = await ask(running, "figures")
    names = ("pending", "ack_pending", "unaccounted", "dead_open", "parked")
    assert {figures[name] for name in names} == {0}
    assert figures["overdue"] == {"cards": 0.0}
    assert {lease["replica"] for lease in figures["leases"]} == {gethostname()}


async def test_letters_of_one_cause_are_told_without_what_they_said(running: Running) -> None:
    fingerprint = await two_letters(running)
    answer = await ask(running, "figures", ask="letters", fingerprint=fingerprint)
    assert {each["id"] for each in answer["items"]} == {"intake-1", "intake-2"}
    assert all("raw" not in each for each in answer["items"])


async def test_a_person_of_ops_tries_letters_again_and_it_is_written_down(running: Running) -> None:
    fingerprint = await two_letters(running)
    answer = await ask(running, "settlements", do="replay", fingerprint=fingerprint, actor=OSKAR)
    assert answer == {"outcomes": {"applied": 2}}
    shown = await running.process.dead_letters.chosen({})
    assert {(each["status"], each["settled_by"]) for each in shown} == {("replayed", "oskar")}
    assert (await ask(running, "figures"))["dead"] == []


async def test_one_letter_alone_is_put_aside(running: Running) -> None:
    await two_letters(running)
    answer = await ask(running, "settlements", do="discard", id="intake-1", actor=OSKAR)
    assert answer == {"outcomes": {"discarded": 1}}
    shown = {each["id"]: each for each in await running.process.dead_letters.chosen({})}
    assert (shown["intake-1"]["status"], shown["intake-1"]["settled_by"]) == ("discarded", "oskar")
    assert shown["intake-2"]["status"] == "open"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"do": "replay", "id": "intake-1", "actor": LEO}, "wrong-role"),
        ({"do": "discard", "id": "intake-1", "actor": {"id": "leo", "roles": []}}, "wrong-role"),
        ({"do": "replay", "id": "intake-1"}, "invalid"),
        ({"do": "erase", "id": "intake-1", "actor": OSKAR}, "invalid"),
        ({"do": "replay", "actor": OSKAR}, "choose"),
    ],
)  # fmt: skip
async def test_nobody_else_settles_anything(
    running: Running, asked: dict[str, Any], code: str
) -> None:
    await two_letters(running)
    answer = await ask(running, "settlements", **asked)
    assert answer["refused"]["code"] == code
    assert {each["status"] for each in await running.process.dead_letters.chosen({})} == {"open"}


async def test_figures_change_nothing_whatever_is_asked(running: Running) -> None:
    await two_letters(running)
    answer = await ask(running, "figures", ask="replay", do="replay", id="intake-1", actor=OSKAR)
    assert answer["refused"]["code"] == "unknown-request"
    assert {each["status"] for each in await running.process.dead_letters.chosen({})} == {"open"}
