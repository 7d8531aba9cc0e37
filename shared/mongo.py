# reason: one module knows the driver, so connecting, reading and committing stand together
"""How does a service reach MongoDB?

The only module, with each service's ``storage``, that knows the driver (motor today; see the
decision record on leaving it). Writes are majority and journaled, always; a process that connects
without that does not start.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC
from typing import Any, NamedTuple

from bson.codec_options import CodecOptions
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection
from pymongo import DeleteOne, IndexModel, InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    ConnectionFailure,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
    WriteConcernError,
)
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.errors import ClienteleError, TemporaryError

Document = dict[str, Any]
Collection = AsyncIOMotorCollection
Operation = InsertOne[Document] | ReplaceOne[Document] | UpdateOne | DeleteOne
Writes = Mapping[str, Sequence[Operation]]


class Query(NamedTuple):
    """A collection, what to find in it, and how many documents at most; 0: all."""

    collection: str
    filter: Document
    most: int = 0


Aggregation = tuple[str, Sequence[Document]]  # a collection, and the stages to go through

__all__ = [
    "Aggregation",
    "AlreadyThereError",
    "Collection",
    "Database",
    "DeleteOne",
    "Document",
    "IndexModel",
    "InsertOne",
    "Operation",
    "Query",
    "RepeatError",
    "ReplaceOne",
    "UpdateOne",
    "Writes",
    "answering",
    "connect",
    "lost_race",
]

MAJORITY = WriteConcern(w="majority", j=True)
DUPLICATE_KEY = 11000
LOOKED_UP = "x"  # values a document is found by: of no use once it is found
ASKED_BY = "asked_by"  # a field no document of ours has
EVERYTHING = 2**31 - 1  # a limit that is none
AT_ONCE = 5000  # documents the server sends without being asked for more (its own default: 101)
NOT_NOW = (91, 189, 10107, 11600, 11602, 13435, 13436)  # stepping down, shutting down, recovering
TOO_LARGE = 388  # TransactionTooLargeForCache; older servers say so in words only
EVICTED = ("cache", "eviction")
NO_SNAPSHOT = (239, 246)  # too old, or a collection is just being made: there will be one


class RepeatError(ClienteleError):
    """Somebody else changed a document of this batch; read it again and repeat."""


class TooLargeError(RepeatError):
    """The transaction outgrew the database's cache; the same in smaller parts will succeed."""


class AlreadyThereError(RepeatError):
    """A document that was to be new exists already."""

    def __init__(self, collection: str, keys: list[Any]) -> None:
        super().__init__(f"{collection} already holds a document that was to be new")
        self.collection = collection
        self.keys = keys


class UnsafeWritesError(ClienteleError):
    """MongoDB must acknowledge writes by majority and journal: set w=majority&journal=true."""


class Database:
    """One service's database and its key store, with all-or-nothing writes."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self.name = name
        options: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
        self._options = options
        self._own = client.get_database(name, codec_options=options, write_concern=MAJORITY)
        self._keys = client.get_database(
            f"{name}_keys", codec_options=options, write_concern=MAJORITY
        )
        self._collections: dict[str, Any] = {}

    def collection(self, name: str) -> Any:
        """A collection of this service; ``keys`` is the one of its separate key store."""
        found = self._collections.get(name)
        if found is None:
            found = self._collections[name] = (self._keys if name == "keys" else self._own)[name]
        return found

    async def read(self, queries: Sequence[Query], *, few: bool = False) -> list[list[Document]]:
        """Everything each of these queries finds; raises TemporaryError when MongoDB is away.

        Where they find ``few`` documents, asking at all is what costs: they are asked as one.
        """
        read = self._read_as_one if few and len(queries) > 1 else self._read
        return await asyncio.to_thread(read, queries)

    def _read(self, queries: Sequence[Query]) -> list[list[Document]]:
        """One visit to a thread for all of them: each alone costs more than the query itself."""
        with answering():
            return [
                list(self.collection(name).delegate.find(query, batch_size=AT_ONCE, limit=most))
                for name, query, most in queries
            ]

    def _read_as_one(self, queries: Sequence[Query]) -> list[list[Document]]:
        return self._as_one(
            [(name, [{"$match": query}, {"$limit": most or EVERYTHING}, {"$unset": LOOKED_UP}])
             for name, query, most in queries]
        )  # fmt: skip

    async def as_one(self, asked: Sequence[Aggregation]) -> list[list[Document]]:
        """What each of these finds, asked with one statement; TemporaryError: MongoDB is away."""
        return await asyncio.to_thread(self._as_one, asked) if asked else []

    def _as_one(self, asked: Sequence[Aggregation], session: Any = None) -> list[list[Document]]:
        """One statement for all of them; each document comes with the number of its question."""
        parts = [[*stages, {"$set": {ASKED_BY: at}}] for at, (_, stages) in enumerate(asked)]
        others = [{"$unionWith": {"coll": name, "pipeline": part}}
                  for (name, _), part in zip(asked[1:], parts[1:], strict=True)]  # fmt: skip
        found: list[list[Document]] = [[] for _ in asked]
        with answering():
            first = self.collection(asked[0][0]).delegate
            statement = [*parts[0], *others]
            for document in first.aggregate(statement, session=session, batchSize=AT_ONCE):
                found[document.pop(ASKED_BY)].append(document)
        return found

    async def at_one_instant(self, asked: Sequence[Aggregation]) -> list[list[Document]]:
        """What each of these finds, all as it was at one instant: no commit falls in between.

        Raises TemporaryError when MongoDB is away, or has no such view just now.
        """
        return await asyncio.to_thread(self._at_one_instant, asked)

    def _at_one_instant(self, asked: Sequence[Aggregation]) -> list[list[Document]]:
        with answering(), self._client.delegate.start_session(snapshot=True) as session:
            return self._as_one(asked, session)

    @asynccontextmanager
    async def instant(self) -> AsyncIterator[Any]:
        """A session to whose looks all is as it was at one instant, by what a majority has."""
        with answering():
            session = await asyncio.to_thread(self._client.delegate.start_session, snapshot=True)
        try:
            yield session
        finally:
            await asyncio.to_thread(session.end_session)

    async def transaction(self, writes: Writes) -> None:
        """Do all of these writes, or none.

        Raises RepeatError when a version has moved or another writer was there,
        AlreadyThereError when a new document exists, TemporaryError when MongoDB is away.
        """
        await asyncio.to_thread(self._transact, writes)

    def _transact(self, writes: Writes) -> None:
        """All statements of a transaction in one visit to the driver's thread, not one each."""
        with answering(), self._client.delegate.start_session() as session:
            session.start_transaction(ReadConcern("snapshot"), MAJORITY)
            for name, operations in writes.items():
                if operations:
                    self._write(name, list(operations), session)
            _commit(session)

    def _write(self, name: str, operations: list[Operation], session: Any) -> None:
        checked = sum(not isinstance(operation, InsertOne) for operation in operations)
        collection = self.collection(name).delegate
        try:
            result = collection.bulk_write(operations, ordered=False, session=session)
        except BulkWriteError as failure:
            raise _meaning_of(failure, name) from failure
        if result.matched_count + result.upserted_count + result.deleted_count != checked:
            raise RepeatError

    async def now(self) -> Any:
        """The database's own clock: leases and due times are judged by it, not by replicas'."""
        with answering():
            return (await self._own.command("hello", codec_options=self._options))["localTime"]

    async def ping(self) -> bool:
        """Whether the database answers now."""
        try:
            await self._own.command("ping")
        except PyMongoError:
            return False
        return True

    def close(self) -> None:
        """Let go of every connection."""
        self._client.close()


@contextmanager
def answering() -> Iterator[None]:
    """Give the driver's failures our names: away is temporary, a lost race is to be repeated."""
    try:
        yield
    except ConnectionFailure as failure:
        raise TemporaryError("the database is away") from failure
    except ConfigurationError as failure:  # "sessions are not supported", while it starts
        raise TemporaryError("the database is not, or not yet, a replica set") from failure
    except WriteConcernError as failure:
        raise TemporaryError("the database does not confirm what was written") from failure
    except OperationFailure as failure:
        if failure.code in NO_SNAPSHOT:
            raise TemporaryError("the database has no view of one instant just now") from failure
        if failure.code in NOT_NOW:
            raise TemporaryError("the database is changing hands") from failure
        if failure.has_error_label("TransientTransactionError"):
            raise _repeat(failure) from failure
        raise


@contextmanager
def lost_race() -> Iterator[None]:
    """To insert what is there already means that somebody else was quicker, no more."""
    with suppress(DuplicateKeyError):
        yield


def connect(url: str, name: str) -> Database:
    """Reach the database of one service; refuses settings under which a write could be lost."""
    client: Any = AsyncIOMotorClient(
        url, tz_aware=True, tzinfo=UTC, serverSelectionTimeoutMS=5000, retryWrites=True,
        w="majority", journal=True, appname=f"clientele-{name}",
    )  # fmt: skip
    concern = client.write_concern.document
    if concern.get("w") != "majority" or concern.get("j") is False:
        raise UnsafeWritesError
    return Database(client, name)


def _meaning_of(failure: BulkWriteError, collection: str) -> Exception:
    if failure.has_error_label("TransientTransactionError"):
        return _repeat(failure)
    errors = failure.details.get("writeErrors", [])
    if errors and all(error.get("code") == DUPLICATE_KEY for error in errors):
        keys = [error.get("keyValue", {}).get("_id") for error in errors]
        return AlreadyThereError(collection, [key for key in keys if key is not None])
    return failure


def _repeat(failure: OperationFailure) -> RepeatError:
    """Lost to somebody else, or rolled back by the server because it was too large."""
    said = str(failure).lower()
    if failure.code == TOO_LARGE or any(word in said for word in EVICTED):
        return TooLargeError()
    return RepeatError()


def _commit(session: Any) -> None:
    """Commit; an unknown result is asked for again, which is safe: a commit is idempotent.

    A server that stood still for a transaction's life commits and then gives up waiting for the
    majority, and puts no label on that.
    """
    for attempt in range(5):
        try:
            session.commit_transaction()
        except (OperationFailure, ConnectionFailure) as failure:
            unknown = failure.has_error_label("UnknownTransactionCommitResult")
            if attempt == 4 or not (unknown or isinstance(failure, WriteConcernError)):
                raise
        else:
            return
