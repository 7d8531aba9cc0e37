"""Does a service notice that it was given another master key than its database knows?"""

from collections.abc import AsyncIterator

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.mongo import Database, connect
from shared.state.keys import KeyRing, WrongKeyError

OURS, FOREIGN = b"a" * 32, b"b" * 32


@pytest.fixture
async def database(mongo_server: EmbeddedMongo) -> AsyncIterator[Database]:
    """A service's database without any key in it."""
    admin = connect(mongo_server.url(), "intake")
    await admin.collection("keys").delete_many({})
    yield admin
    admin.close()


async def test_the_key_of_the_first_start_is_the_key_of_every_other(database: Database) -> None:
    await KeyRing(database, OURS).check()
    await KeyRing(database, OURS).check()
    with pytest.raises(WrongKeyError, match="CLIENTELE_MASTER_KEY_FILE"):
        await KeyRing(database, FOREIGN).check()


async def test_a_database_that_already_has_keys_knows_its_master_key(database: Database) -> None:
    ring = KeyRing(database, OURS)
    await ring.fetch(["client:c-1"])
    new = ring.prepare(["client:c-1"])
    await database.transaction({"keys": new.operations})
    with pytest.raises(WrongKeyError):
        await KeyRing(database, FOREIGN).check()
    await KeyRing(database, OURS).check()


async def test_replicas_that_start_at_once_agree(database: Database) -> None:
    first, second = KeyRing(database, OURS), KeyRing(database, OURS)
    await first.check()
    await second.check()
    assert await database.collection("keys").count_documents({}) == 1
