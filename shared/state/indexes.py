"""Which collections and indexes does a service's database need?

Made by ``clientele migrate``, never by services that might race each other.
"""

from collections.abc import Sequence
from typing import Any

from shared.mongo import Database, Document, IndexModel
from shared.state.mappings import DocumentMapping

DAY = 24 * 3600
PAGES = "leaf_page_max=4KB,internal_page_max=4KB"
SMALL_PAGES = {"storageEngine": {"wiredTiger": {"configString": PAGES}}}
"""Where a document has many random values: each dirties a page of the cache, so pages are small."""
HANDLED_DAYS, OUTBOX_DAYS = 100, 7
SETTLED_DAYS = 100  # dead letters somebody has replayed or discarded; open ones wait for ever

Keys = list[tuple[str, int]]
PLUMBING: dict[str, list[tuple[Keys, dict[str, Any]]]] = {
    "handled_events": [([("at", 1)], {"expireAfterSeconds": HANDLED_DAYS * DAY})],
    "outbox": [
        ([("published_at", 1)], {"expireAfterSeconds": OUTBOX_DAYS * DAY}),
        ([("waiting", 1), ("at", 1)], {"partialFilterExpression": {"waiting": True}}),
    ],
    "dead_letters": [
        ([("status", 1), ("last_at", -1)], {}),
        ([("fingerprint", 1)], {}),
        ([("stream_seq", 1)], {}),
        ([("settled_at", 1)], {"expireAfterSeconds": SETTLED_DAYS * DAY}),
    ],
    "parked": [
        ([("next_at", 1)], {}),
        ([("subject", 1)], {}),
        ([("reason", 1)], {}),  # looked through whenever another process begins to consume
        ([("status", 1)], {}),
    ],
    "decisions": [([("at", 1)], {"expireAfterSeconds": HANDLED_DAYS * DAY})],
    "ledger": [],
    "leases": [([("holder", 1)], {})],
    "settings": [],
    "keys": [([("until", 1)], {"expireAfterSeconds": 0})],
}
OBSOLETE = {  # made by earlier releases
    "outbox": ("at_1", "waiting_1"),
    "facts": ("d.measure_1_d.counted.month_1_d.counted.labels_1__id_1",),
}


async def ensure(database: Database, mappings: Sequence[DocumentMapping[Any]]) -> None:
    """Make every collection and index that is missing; safe to repeat, also while services run."""
    there = await _collections(database)
    for name, wanted in PLUMBING.items():
        await _make(database, name, wanted, there)
    before_that_field: Document = {"waiting": None, "published_at": None}
    since = [{"$set": {"published_at": "$at"}}]
    await database.collection("outbox").update_many(before_that_field, since)
    for mapping in mappings:
        await _make(database, mapping.collection, _of(mapping), there)


async def _collections(database: Database) -> set[str]:
    """Those that are there: the key store's in its own database, the others beside the outbox."""
    stores = [database.collection(name).database for name in ("outbox", "keys")]
    return {name for each in stores for name in await each.list_collection_names()}


def _of(mapping: DocumentMapping[Any]) -> list[tuple[Keys, dict[str, Any]]]:
    wanted: list[tuple[Keys, dict[str, Any]]] = [
        ([(f"x.{lookup}", 1)], SMALL_PAGES if lookup in mapping.kind.most else {})
        for lookup in mapping.kind.lookups
    ]
    if mapping.due:
        partial = {"partialFilterExpression": {"due": {"$exists": True}}}
        wanted.append(([("shard", 1), ("due", 1)], partial))
        failing = {"partialFilterExpression": {"failures": {"$exists": True}}}
        wanted.append(([("failures", 1)], failing))
    if mapping.expire:
        wanted.append(([("until", 1)], {"expireAfterSeconds": 0}))
    wanted.extend((list(index), {}) for index in mapping.indexes)
    return wanted


async def _make(
    database: Database, name: str, wanted: list[tuple[Keys, dict[str, Any]]], there: set[str]
) -> None:
    collection = database.collection(name)
    if name not in there:
        await collection.database.create_collection(name)
    known = await collection.index_information() if name in there else {}
    for obsolete in [each for each in OBSOLETE.get(name, ()) if each in known]:
        await collection.drop_index(obsolete)
    missing = [
        IndexModel(keys, **options)
        for keys, options in wanted
        if not await _was_changed(collection, known, keys, options)
    ]
    if missing:
        await collection.create_indexes(missing)


async def _was_changed(
    collection: Any, known: dict[str, Any], keys: Keys, options: dict[str, Any]
) -> bool:
    """Whether an index was there and now keeps its documents for another time."""
    index = known.get("_".join(f"{key}_{way}" for key, way in keys))
    seconds = options.get("expireAfterSeconds")
    if index is None or seconds is None or index.get("expireAfterSeconds") == seconds:
        return False
    change = {"keyPattern": dict(keys), "expireAfterSeconds": seconds}
    await collection.database.command("collMod", collection.name, index=change)
    return True
