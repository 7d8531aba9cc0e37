"""What becomes of a due document whose step fails again and again?"""

from datetime import timedelta

from shared.engine.failed_due import MOST_FAILURES
from shared.state.unit_of_work import UnitOfWork
from tests.core.conftest import Running, until
from tests.core.sample import Card
from tests.core.test_due_work import keep, rung


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
    assert await running.runtime.store.next_due(running.process.due[0].kind) is None


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
