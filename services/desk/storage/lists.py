"""How is a list read, a page at a time?

Every list is one query on one index and cut by value, so that a page costs the same among a
hundred tasks and among a hundred thousand. A filter is built from typed values only.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from services.desk.domain.due import DueWindow
from services.desk.domain.lists import Page
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering
from shared.state.document_types import DocumentType
from shared.state.mappings import DocumentMapping

T = TypeVar("T")
ASCENDING, DESCENDING = 1, -1
MOST_COUNTED = 1_000
MOST_CLIENTS = 100
QUERY_MILLISECONDS = 5000


def by_due(*first: str) -> list[tuple[str, int]]:
    """An index over these fields whose tasks lie by due instant."""
    fields = (*first, "d.due_at", "_id")
    return [(field, ASCENDING) for field in fields]


def bounds(window: DueWindow) -> Document:
    """The window, for the database; empty where it has no end."""
    bounds = {"$gte": window.since, "$lt": window.before}
    return {operator: instant for operator, instant in bounds.items() if instant is not None}


async def read_page(
    runtime: Runtime, kind: DocumentType[T], query: Document, field: str, page: Page
) -> Sequence[T]:
    """What fits, by this field and id, after the place the page begins at."""
    direction = DESCENDING if page.newest_first else ASCENDING
    wanted = {"$and": [query, _beyond(field, page)]} if page.after else query
    with answering():
        found = runtime.db.collection(kind.collection).find(wanted)
        ordered = found.sort([(field, direction), ("_id", direction)])
        limited = ordered.limit(page.limit).max_time_ms(QUERY_MILLISECONDS)
        documents = await limited.to_list(page.limit)
    return await runtime.store.opened(kind, documents)


async def called(runtime: Runtime, kind: DocumentType[Any], words: Sequence[str]) -> Sequence[str]:
    """Ids of those whose name has words that begin like these."""
    if not words:
        return []
    mapping: DocumentMapping[Any] = runtime.store.mappings[kind.collection]
    every = [mapping.find_by("word", [word], runtime.keys) for word in words]
    with answering():
        found = runtime.db.collection(kind.collection).find({"$and": every}, {"_id": 1})
        limited = found.limit(MOST_CLIENTS).max_time_ms(QUERY_MILLISECONDS)
        rows = await limited.to_list(MOST_CLIENTS)
    return [row["_id"] for row in rows]


def _beyond(field: str, page: Page) -> Document:
    """What comes after the place; the outer bound lets the index start there."""
    if page.after is None:
        return {}
    bound, past = ("$lte", "$lt") if page.newest_first else ("$gte", "$gt")
    at, id = page.after.at, page.after.id
    return {field: {bound: at}, "$or": [{field: {past: at}}, {field: at, "_id": {past: id}}]}
