"""How do documents that an earlier release wrote become as this one writes them?

Some at a time, in key order: those of an older schema, and those that were filed by other look-ups,
are written anew under their versions. Whoever changes a document meanwhile wins, and has thereby
written it as this release does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.mongo import Document, Operation, RepeatError, ReplaceOne, answering
from shared.state.keys import NewKeys
from shared.state.mappings import DocumentMapping
from shared.state.store import Store

PUT_OFF = ("failures", "due", "shard")  # what failed when it was due stays as it was left


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents of a collection: the last key, how many, and how many were written anew."""

    last: str | None  # None: there were none left
    checked: int = 0
    rewritten: int = 0


async def rewrite_some(
    store: Store, mapping: DocumentMapping[Any], after: str | None, limit: int
) -> Part:
    """Bring the documents that follow this key up to date, ``limit`` at most.

    Raises TemporaryError when the database is away. Safe to repeat, and beside running services.
    """
    beyond: Document = {"_id": {"$gt": after}} if after is not None else {}
    found = store.database.collection(mapping.collection).find(beyond).sort("_id", 1).limit(limit)
    with answering():
        rows: list[Document] = await found.to_list(limit)
    if not rows:
        return Part(None)
    older = [row for row in rows if not mapping.is_current(row)]
    return Part(rows[-1]["_id"], len(rows), await _rewrite(store, mapping, older))


async def _rewrite(
    store: Store, mapping: DocumentMapping[Any], older: Sequence[Document]
) -> int:  # fmt: skip
    """All of them at once, or where somebody else has changed one, each by itself."""
    if not older:
        return 0
    try:
        await _write(store, mapping, older)
    except RepeatError:
        if len(older) == 1:
            return 0
        return sum([await _rewrite(store, mapping, [each]) for each in older])
    return len(older)


async def _write(store: Store, mapping: DocumentMapping[Any], older: Sequence[Document]) -> None:
    if mapping.person:
        with answering():
            await store.keys.fetch(row["p"] for row in older if "p" in row)
    read = [(row, *mapping.read(row, store.keys)) for row in older]
    owners = {owner for _, value, _ in read if (owner := mapping.owner(value)) is not None}
    with answering():
        await store.keys.fetch(owners)
    new: NewKeys = store.keys.prepare(owners)
    operations: list[Operation] = []
    for row, value, rest in read:
        document = mapping.to_document(value, row["v"] + 1, store.keys, new, rest)
        if "failures" in row:
            document = {name: each for name, each in document.items() if name not in PUT_OFF}
            document |= {name: row[name] for name in PUT_OFF if name in row}
        operations.append(ReplaceOne({"_id": row["_id"], "v": row["v"]}, document))
    await store.database.transaction({"keys": new.operations, mapping.collection: operations})
    store.keys.adopt(new)
