"""Does a service notice that it was given another master key than its database knows?"""

from collections.abc import AsyncIterator

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.mongo import Database, connect
from shared.state.key_files import Key
from shared.state.keys import ROOT, KeyRing, WrongKeyError

OURS, FOREIGN = b"a" * 32, b"b" * 32


@pytest.fixture
async def database(mongo_server: EmbeddedMongo) -> AsyncIterator[Database]:
    """A service's database without any key in it."""
    admin = connect(mongo_server.url(), "intake")
    await admin.collection("keys").delete_many({})
    yield admin
    await admin.collection("keys").delete_many({})
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


def both(new: bytes, old: bytes) -> Key:
    """A file after a rotation."""
    key = Key(new)
    key.older = ((old, None),)
    return key


async def known_person(database: Database, key: bytes) -> tuple[bytes, bytes]:
    """Something sealed for a person, and the hash by which they are found."""
    ring = KeyRing(database, key)
    await ring.check()
    await ring.fetch(["client:c-1"])
    new = ring.prepare(["client:c-1"])
    await database.transaction({"keys": new.operations})
    ring.adopt(new)
    return ring.seal("client:c-1", "clients/c-1", "Ada"), ring.blind("clients.name", "ada")


async def reads(ring: KeyRing, sealed: bytes) -> str | None:
    await ring.fetch(["client:c-1"])
    text: str | None = ring.open("client:c-1", "clients/c-1", sealed)
    return text


async def test_after_a_rotation_everything_is_read_and_found_as_before(database: Database) -> None:
    sealed, found_by = await known_person(database, OURS)
    letter = KeyRing(database, OURS).seal_outgoing("m-1", b"said")
    rotated = KeyRing(database, both(FOREIGN, OURS))
    await rotated.check()
    assert await reads(rotated, sealed) == "Ada"
    assert rotated.blind("clients.name", "ada") == found_by
    assert rotated.open_outgoing("m-1", letter) == b"said"
    assert rotated.id_key == KeyRing(database, OURS).id_key


async def test_once_all_is_wrapped_anew_the_key_before_is_needed_no_more(
    database: Database,
) -> None:
    sealed, found_by = await known_person(database, OURS)
    rotated = KeyRing(database, both(FOREIGN, OURS))
    await rotated.check()
    assert await rotated.wrap_anew() == 2  # the person's, and the one that tells the master key
    assert await rotated.wrap_anew() == 0
    alone = KeyRing(database, FOREIGN)
    await alone.check()
    assert await reads(alone, sealed) == "Ada"
    assert alone.blind("clients.name", "ada") == found_by
    with pytest.raises(WrongKeyError):
        await KeyRing(database, OURS).check()


async def test_a_second_rotation_keeps_what_the_first_kept(database: Database) -> None:
    third = b"c" * 32
    sealed, found_by = await known_person(database, OURS)
    for key in (both(FOREIGN, OURS), both(third, FOREIGN)):
        ring = KeyRing(database, key)
        await ring.check()
        await ring.wrap_anew()
    alone = KeyRing(database, third)
    await alone.check()
    assert await reads(alone, sealed) == "Ada"
    assert alone.blind("clients.name", "ada") == found_by


async def test_an_erased_person_stays_erased_over_a_rotation(database: Database) -> None:
    sealed, _ = await known_person(database, OURS)
    await database.collection("keys").update_one({"_id": "client:c-1"}, {"$unset": {"w": 1}})
    rotated = KeyRing(database, both(FOREIGN, OURS))
    await rotated.check()
    await rotated.wrap_anew()
    assert await reads(rotated, sealed) is None


async def test_a_line_that_was_never_in_use_changes_nothing(database: Database) -> None:
    _, found_by = await known_person(database, OURS)
    ring = KeyRing(database, both(OURS, FOREIGN))
    await ring.check()
    assert await ring.wrap_anew() == 0
    assert ring.blind("clients.name", "ada") == found_by
    assert await database.collection("keys").find_one({"_id": ROOT}) is None
