"""Which collections and indexes does a service's database need?

Made by ``clientele migrate``, never by services that might race each other.
"""

from collections.abc import Sequence
from typing import Any

from shared.mongo import Database
from shared.state.mappings import DocumentMapping

DAY = 24 * 3600
HANDLED_DAYS, OUTBOX_DAYS = 100, 7

PLUMBING: dict[str, list[tuple[list[tuple[str, int]], dict[str, Any]]]] = {
    "handled_events": [([("at", 1)], {"expireAfterSeconds": HANDLED_DAYS * DAY})],
    "outbox": [
        ([("at", 1)], {"expireAfterSeconds": OUTBOX_DAYS * DAY}),
        ([("waiting", 1)], {"partialFilterExpression": {"waiting": True}}),
    ],
    "dead_letters": [
        ([("status", 1), ("last_at", -1)], {}),
        ([("fingerprint", 1)], {}),
        ([("stream_seq", 1)], {}),
    ],
    "parked": [([("next_at", 1)], {}), ([("subject", 1)], {})],
    "decisions": [([("at", 1)], {"expireAfterSeconds": HANDLED_DAYS * DAY})],
    "ledger": [],
    "leases": [],
    "settings": [],
    "keys": [([("until", 1)], {"expireAfterSeconds": 0})],
}


async def ensure(database: Database, mappings: Sequence[DocumentMapping[Any]]) -> None:
    """Make every collection and index that is missing; safe to repeat, also while services run."""
    for name, wanted in PLUMBING.items():
        await _make(database, name, wanted)
    for mapping in mappings:
        await _make(database, mapping.collection, _of(mapping))


def _of(mapping: DocumentMapping[Any]) -> list[tuple[list[tuple[str, int]], dict[str, Any]]]:
    wanted: list[tuple[list[tuple[str, int]], dict[str, Any]]] = [
        ([(f"x.{lookup}", 1)], {}) for lookup in mapping.kind.lookups
    ]
    if mapping.due:
        partial = {"partialFilterExpression": {"due": {"$exists": True}}}
        wanted.append(([("shard", 1), ("due", 1)], partial))
    if mapping.expire:
        wanted.append(([("until", 1)], {"expireAfterSeconds": 0}))
    wanted.extend((list(index), {}) for index in mapping.indexes)
    return wanted


async def _make(
    database: Database, name: str, wanted: list[tuple[list[tuple[str, int]], dict[str, Any]]]
) -> None:
    collection = database.collection(name)
    if name not in await collection.database.list_collection_names():
        await collection.database.create_collection(name)
    for keys, options in wanted:
        await collection.create_index(keys, **options)
