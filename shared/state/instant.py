"""What was in the database at one instant, with no commit falling in between?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

from shared.mongo import Database, Document, answering


@asynccontextmanager
async def at_one_instant(database: Database) -> AsyncIterator["Instant"]:
    """The database as it is now, for as long as one looks; only what a majority has."""
    async with database.instant() as session:
        yield Instant(database, session)


class Instant:
    """What was there then. Looking raises TemporaryError where MongoDB is away or cannot say."""

    def __init__(self, database: Database, session: Any) -> None:
        self._database, self._session = database, session

    async def one(self, name: str, key: Any) -> Document | None:
        """The document with this key."""
        found = await self._rows(self._find(name, {"_id": key}, {}).limit(1), 1)
        return found[0] if found else None

    async def last(self, name: str, field: str) -> Document | None:
        """Key and field of the document in which this indexed field is highest."""
        query = {field: {"$exists": True}}
        found = self._find(name, query, {field: 1}).sort(field, -1).limit(1)
        return next(iter(await self._rows(found, 1)), None)

    async def parts(
        self, name: str, query: Document, fields: Document, at_once: int
    ) -> AsyncIterator[list[Document]]:
        """All that this finds, so many at a time."""
        cursor = self._find(name, query, fields).batch_size(at_once)
        while rows := await self._rows(cursor, at_once):
            yield rows

    def _find(self, name: str, query: Document, fields: Document) -> Any:
        collection = self._database.collection(name).delegate
        return collection.find(query, fields or None, session=self._session)

    async def _rows(self, cursor: Any, most: int) -> list[Document]:
        with answering():
            return await asyncio.to_thread(lambda: list(islice(cursor, most)))
