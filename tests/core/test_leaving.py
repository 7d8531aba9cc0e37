"""Does a service that is told to stop finish what it has in hand?"""

from tests.core.conftest import Running, until
from tests.core.test_consuming import contact, contacts_of


async def test_a_stop_under_load_leaves_nothing_half_done(running: Running) -> None:
    for _ in range(300):
        await running.publish(contact())

    async def begun() -> bool:
        return (await running.ledger()).get("received", 0) > 0

    await until(begun)
    await running.process.leave()
    ledger = await running.ledger()
    info = await running.streams.consumer_info("EVENTS", "intake")
    stream = await running.streams.stream_info("EVENTS")
    settled = ledger["received"]
    assert stream.state.messages == settled + info.num_pending + info.num_ack_pending


async def test_a_replica_that_leaves_gives_its_leases_back(running: Running) -> None:
    await running.publish(contact())
    await running.settled(1)
    await running.process.leave()
    held = await running.db.collection("leases").count_documents({"until": {"$ne": None}})
    assert held == 0


__all__ = ["contacts_of"]
