"""How are a person's documents found, changed and deleted, whatever the service keeps in them?

Outside the steps, because nobody says beforehand how many there are: a part at a time, each write
under the version that was read. Whoever changes a document meanwhile wins; it is found again at the
next look.
"""

from collections.abc import Callable, Sequence
from typing import Any

from shared.engine.records import Order, Part
from shared.mongo import (
    DeleteOne,
    Document,
    InsertOne,
    Operation,
    ReplaceOne,
    answering,
)
from shared.state.mappings import DocumentMapping
from shared.state.store import Store

AT_ONCE = 200
Change = Callable[[Any], Any]


async def rows_of(
    store: Store, part: Part[Any], order: Order, after: str = "", limit: int = AT_ONCE
) -> list[Document]:
    """The documents of this part that follow a key, in key order; their keys are at hand.

    Where no index serves the query the whole collection is read: once for each request.
    """
    query: Document = {"$and": [part.found(order), {"_id": {"$gt": after}}]}
    found = store.database.collection(part.kind.collection).find(query).sort("_id", 1).limit(limit)
    with answering():
        rows: list[Document] = await found.to_list(limit)
        await store.keys.fetch(row["p"] for row in rows if "p" in row)
    return rows


async def delete(store: Store, part: Part[Any], rows: Sequence[Document]) -> None:
    """These are gone, whatever they have become meanwhile."""
    with answering():
        await store.database.collection(part.kind.collection).delete_many(
            {"_id": {"$in": [row["_id"] for row in rows]}}
        )


async def rewrite(store: Store, part: Part[Any], row: Document, change: Change) -> None:
    """Write a document anew as ``change`` has it: under another key where it then has one.

    Where ``change`` answers None it goes; where there is one of that key already, the two become
    one. RepeatError when somebody else changed either meanwhile.
    """
    mapping: DocumentMapping[Any] = store.mappings[part.kind.collection]
    value, rest = mapping.read(row, store.keys)
    after = change(value)
    if after is None:
        await delete(store, part, [row])
        return
    key = mapping.kind.key(after)
    gone: Operation = DeleteOne({"_id": row["_id"], "v": row["v"]})
    if key == row["_id"]:
        await _write(store, mapping, after, row["v"] + 1, [], row, rest)
        return
    with answering():
        there = await store.database.collection(part.kind.collection).find_one({"_id": key})
        await store.keys.fetch([there["p"]] if there is not None and "p" in there else [])
    if there is None:
        await _write(store, mapping, after, 1, [gone], None, rest)
        return
    own, beside = mapping.read(there, store.keys)
    joined = part.joined(own, after) if part.joined is not None else own
    await _write(store, mapping, joined, there["v"] + 1, [gone], there, beside)


async def _write(
    store: Store,
    mapping: DocumentMapping[Any],
    value: Any,
    version: int,
    besides: Sequence[Operation],
    before: Document | None,
    rest: Any,
) -> None:
    owner = mapping.owner(value)
    owners = [owner] if owner is not None else []
    await store.keys.fetch(owners)
    new = store.keys.prepare(owners)
    document = mapping.to_document(value, version, store.keys, new, rest)
    write: Operation = InsertOne(document)
    if before is not None:
        write = ReplaceOne({"_id": before["_id"], "v": before["v"]}, document)
    await store.database.transaction(
        {"keys": new.operations, mapping.collection: [*besides, write]}
    )
    store.keys.adopt(new)
