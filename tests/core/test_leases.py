"""Does exactly one replica consume, and do replicas share the shards fairly?"""

import asyncio
from datetime import UTC, datetime
from socket import gethostname

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.engine import leases
from shared.engine.leases import Leases
from shared.mongo import connect
from shared.process.settings import Settings
from shared.state.mappings import SHARDS
from tests.core.conftest import until


async def test_a_second_replica_gets_its_share_and_the_first_keeps_consuming(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    first, second = Leases(database, "0"), Leases(database, "1")
    await first.tend()
    assert len(first.shards) == SHARDS
    await second.tend()
    await first.tend()
    await second.tend()
    assert sorted(first.shards + second.shards) == list(range(SHARDS))
    assert len(first.shards) == len(second.shards)
    assert first.consuming.is_set()
    assert not second.consuming.is_set()
    database.close()


async def test_a_restarted_replica_takes_over_at_once_and_its_zombie_loses(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    zombie, restarted = Leases(database, "0"), Leases(database, "0")
    await zombie.tend()
    await restarted.tend()
    await zombie.tend()
    assert len(restarted.shards) == SHARDS
    assert zombie.shards == []
    assert not zombie.consuming.is_set()
    database.close()


async def test_a_released_lease_is_free_for_the_next(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    first, second = Leases(database, "0"), Leases(database, "1")
    await first.tend()
    await first.release()
    await second.tend()
    assert second.consuming.is_set()
    database.close()


async def test_a_replica_that_cannot_work_gives_its_leases_to_one_that_can(
    mongo_server: EmbeddedMongo, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "UNFIT_SECONDS", 0.0)
    monkeypatch.setattr(leases, "TEND_SECONDS", 0.05)
    database = connect(mongo_server.url(), database_name)
    reasons: list[str | None] = [None]
    cut, other = Leases(database, "0", lambda: reasons[-1]), Leases(database, "1")
    await cut.tend()
    keeping = asyncio.create_task(cut.keep())
    reasons.append("NATS is away")

    async def given_back() -> bool:
        return not cut.shards and not cut.consuming.is_set()

    await until(given_back)
    await other.tend()
    assert other.consuming.is_set()
    assert len(other.shards) == SHARDS
    keeping.cancel()
    await asyncio.wait({keeping})
    database.close()


async def test_what_a_replica_is_called_goes_when_it_leaves_or_has_long_been_gone(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    rows = database.collection("leases")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    await rows.insert_one({"_id": "replica:gone", "until": long_ago})
    left, stays = Leases(database, "left"), Leases(database, "stays")
    await left.tend()
    await left.release()
    await stays.tend()
    names = {row["_id"] for row in await rows.find({"_id": {"$regex": "^replica:"}}).to_list(None)}
    assert names == {"replica:stays"}
    await left.tend()  # fit again
    await stays.tend()
    await left.tend()
    assert len(left.shards) == len(stays.shards) == SHARDS // 2
    database.close()


def test_a_replica_is_called_like_its_host_unless_it_is_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLIENTELE_REPLICA", raising=False)
    assert Settings().replica == gethostname()
    assert Settings(replica="2").replica == "2"
