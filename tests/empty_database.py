"""How does a test get an empty database with its indexes without making them all anew?

To make the indexes of one service takes MongoDB a third of a second of work. Those that an earlier
test of the same worker needed are kept, and only what stands in the collections is thrown away.
"""

from collections.abc import Sequence
from typing import Any

from pymongo import WriteConcern

from shared.mongo import Database
from shared.state.indexes import PLUMBING, ensure
from shared.state.mappings import DocumentMapping

AT_ONCE = WriteConcern(w=1)


async def emptied(database: Database, mappings: Sequence[DocumentMapping[Any]]) -> None:
    """The collections and indexes of these mappings are there, and nothing else is."""
    wanted = {*PLUMBING, *(each.collection for each in mappings)}
    stores = [database.collection(name).database for name in ("outbox", "keys")]
    there = {name: each for each in stores for name in await each.list_collection_names()}
    if not wanted <= set(there):
        for each in stores:
            await each.client.drop_database(each.name)
        await ensure(database, mappings)
        return
    for name, store in there.items():
        if name in wanted:
            await store.get_collection(name, write_concern=AT_ONCE).delete_many({})
        else:
            await store.drop_collection(name)
