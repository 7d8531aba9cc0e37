"""What becomes of a due document whose step fails again and again?"""

from datetime import timedelta
from typing import Any

from shared.contracts.refusals import refuse
from shared.engine.failed_due import MOST_FAILURES, FailedDue, put_off
from shared.errors import PermanentError
from shared.state.due_documents import DueDocument
from shared.state.unit_of_work import UnitOfWork
from tests.core.conftest import Running, until
from tests.core.sample import CARD_MAPPING, Card
from tests.core.test_due_work import keep, rung
from tests.fakes.memory import START


async def fail_until_given_up(running: Running) -> None:
    """Ring for one card whose step fails each time it is due."""
    work = running.process.due[0]
    good = work._due.step

    def fail(_: Card, __: UnitOfWork) -> None:
        raise ValueError("a defect")

    object.__setattr__(work._due, "step", fail)
    await keep(running, Card(client_id="c-1", ring_at=running.runtime.clock.now()))
    rows = running.db.collection("cards")

    async def given_up() -> bool:
        row = await rows.find_one({"_id": "c-1"})
        if "due" in row:
            earlier = running.runtime.clock.now() - timedelta(seconds=1)
            await rows.update_one({"_id": "c-1", "due": row["due"]}, {"$set": {"due": earlier}})
            running.runtime.wake()
        return int(row.get("failures", 0)) >= MOST_FAILURES

    await until(given_up)
    object.__setattr__(work._due, "step", good)


async def test_it_becomes_a_dead_letter_and_is_due_no_more(running: Running) -> None:
    await fail_until_given_up(running)
    [letter] = await running.process.dead_letters.chosen({"status": "open"})
    assert letter["reason"] == "due-step-failed"
    assert letter["fingerprint"].startswith("ValueError@")
    assert await running.runtime.store.due_documents.next(running.process.due[0].kind) is None


def written(operation: Any) -> dict[str, Any]:
    """What an update sets."""
    found: dict[str, Any] = operation._doc["$set"]
    return found


def test_what_can_never_succeed_as_it_is_is_a_dead_letter_at_once() -> None:
    card = Card(client_id="c-1", ring_at=START)
    failed = FailedDue("sample", CARD_MAPPING, DueDocument(card, 1), START)
    for failure, reason in (
        (refuse("colour", "must be red"), "unreadable"),
        (PermanentError("It is over."), "permanent"),
    ):
        [letter] = put_off(failed, failure)["dead_letters"]
        said = written(letter)
        assert said["reason"] == reason
        assert said["message"] == failure.message
    [later] = put_off(failed, ValueError())["cards"]
    assert written(later)["failures"] == 1


async def test_while_it_fails_a_gauge_says_so_and_the_alert_can_fire(running: Running) -> None:
    await fail_until_given_up(running)
    await running.process._measuring.once()
    failing = running.process._measuring._failing.labels("cards")
    assert failing._value.get() == 1


async def test_replayed_after_the_mend_it_is_done(running: Running) -> None:
    await fail_until_given_up(running)
    [result] = await running.process.dead_letters.replay({"id": "cards-c-1"})
    assert result["outcome"] == "due-again"
    running.runtime.wake()

    async def done() -> bool:
        return await rung(running, "c-1") == 1

    await until(done)
    assert (await running.process.dead_letters.show("cards-c-1"))["status"] == "replayed"


async def test_of_two_replays_the_second_finds_it_gone(running: Running) -> None:
    await fail_until_given_up(running)
    [letter] = [row async for row in running.db.collection("dead_letters").find()]
    letters = running.process.dead_letters
    assert [await letters._due_again(letter), await letters._due_again(letter)] == [
        "due-again", "gone",
    ]  # fmt: skip
