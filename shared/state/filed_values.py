"""Which values of a look-up is anything filed under at all, whoever filed it?

Of a hundred keys a name is looked for under, most are those of nobody. What is filed under which
is held in memory as bits, so that these need not be asked for; but a value overlooked there would
be somebody overlooked. So whoever files something also counts it, in one document all writers
change in the same transaction (``Counted``), and the filed document says which of the count it was.
Whoever has read the count knows up to where all must be held: what came since is read first. As
long as anything is not as expected, nothing is left out and all is read anew in the background.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from shared.errors import TemporaryError
from shared.mongo import Database, Document
from shared.state.document_types import DocumentType
from shared.state.instant import Instant, at_one_instant
from shared.state.value_bits import ValueBits
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

MOST_BEHIND = 20_000  # documents filed since; if more, all is read anew, in the background
AT_ONCE = 500
ROOM_TO_GROW = 1.3


class Standing(NamedTuple):
    """How much has been filed, and whatever makes all that is held worthless when it changes."""

    epoch: tuple[Any, ...]
    filed: int


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Which document counts what is filed of a kind, and which field of that says its number."""

    by: DocumentType[Any]
    key: str
    standing: Callable[[Any], Standing | None]  # None: not to be relied upon now
    number: str  # a public field; index it
    lookups: tuple[str, ...]  # those of keyed hashes


class FiledValues:
    """What is known of the values of one kind's look-ups."""

    def __init__(
        self, database: Database, collection: str, counted: Counted,
        read_count: Callable[[Document], Any],
    ) -> None:  # fmt: skip
        self._database, self._collection, self.counted = database, collection, counted
        self._read_count = read_count
        self._held: Standing | None = None
        self._values: dict[str, ValueBits] = {}
        self._last: tuple[int, str] | None = None  # number and key of what was filed last
        self._lock = asyncio.Lock()
        self._loading: asyncio.Task[None] | None = None

    async def covers(self, counter: Any) -> bool:
        """Whether all is held that was filed when the counter stood so; reads what is not."""
        seen = self.counted.standing(counter) if counter is not None else None
        if seen is None:
            return False
        async with self._lock:
            if self._held is None:
                self._begin_to_load()
            elif self._held != seen:
                with suppress(TemporaryError):
                    await self._catch_up(self._held)
            held = self._held
            return held is not None and held.epoch == seen.epoch and held.filed >= seen.filed

    def among(self, lookup: str, values: Sequence[bytes]) -> list[bytes]:
        """Those of these values that something may be filed under, where all is covered.

        All of them where what was held has been dropped since.
        """
        held = self._values.get(lookup)
        return list(values) if held is None else held.among(values)

    def committed(self, counter: Any, documents: Sequence[Document]) -> None:
        """This process has just filed these, and the counter stands so: nobody else came between
        where their numbers go on from what is held. Else they are read when somebody looks.
        """
        held, now = self._held, self.counted.standing(counter)
        if held is None or now is None or now.epoch != held.epoch or self._lock.locked():
            return
        filed = [row for row in documents if self._number(row)[0] > held.filed]
        numbers = sorted(self._number(row)[0] for row in filed)
        if numbers and numbers == list(range(held.filed + 1, now.filed + 1)):
            self._take_in(self._values, filed)
            self._held, self._last = now, max(map(self._number, filed))
            if any(each.full for each in self._values.values()):
                self._drop("full")

    async def loaded(self) -> None:
        """Wait until nothing is being read anew: for tests and measurements."""
        if self._loading is not None:
            await self._loading

    # -- inside -------------------------------------------------------------------------------

    async def _standing(self, at: Instant) -> Standing | None:
        row = await at.one(self.counted.by.collection, self.counted.key)
        return self.counted.standing(self._read_count(row)) if row is not None else None

    async def _catch_up(self, held: Standing) -> None:
        """Take in what was filed since; drop everything where it does not go on from there."""
        last = self._last
        after = {"$gte": last[0]} if last is not None else {"$gt": 0}
        async with at_one_instant(self._database) as at:
            now = await self._standing(at)
            if now is None or now.epoch != held.epoch or now.filed < held.filed:
                self._drop("another-standing")
                return
            rows, seen = at.parts(self._collection, self._query(after), self._fields, AT_ONCE), 0
            goes_on, newest = last is None, last
            async for part in rows:
                seen += len(part)
                goes_on = goes_on or any(last == self._number(row) for row in part)
                if not goes_on or seen > MOST_BEHIND:
                    break
                self._take_in(self._values, part)
                newest = max(map(self._number, part), default=newest)
        if not goes_on or seen > MOST_BEHIND or any(v.full for v in self._values.values()):
            self._drop("far-behind" if goes_on else "another-past")
            return
        self._held, self._last = now, newest

    def _drop(self, why: str) -> None:
        log.info("filed_values_dropped", collection=self._collection, why=why)
        self._held, self._last, self._values = None, None, {}
        self._begin_to_load()

    def _begin_to_load(self) -> None:
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())

    async def _load(self) -> None:
        """Read all values there are; whoever looks meanwhile asks for all."""
        try:
            async with at_one_instant(self._database) as at:
                now = await self._standing(at)
                last = await at.last(self._collection, f"d.{self.counted.number}")
                if now is None:
                    return
                values = await self._read_all(at)
            self._held, self._values = now, values
            self._last = self._number(last) if last is not None else None
            self._last = self._last if self._last and self._last[0] else None
            log.info("filed_values_read", collection=self._collection,
                     values=sum(each.count for each in values.values()))  # fmt: skip
        except TemporaryError:  # whoever looks next begins again
            log.info("filed_values_not_read", collection=self._collection)
        except Exception as failure:  # the same; nothing is left out meanwhile
            log.error("filed_values_not_read", collection=self._collection,
                      fingerprint=fingerprint(failure))  # fmt: skip

    async def _read_all(self, at: Instant) -> dict[str, ValueBits]:
        rows = await self._database.collection(self._collection).estimated_document_count()
        values: dict[str, ValueBits] = {}
        async for part in at.parts(self._collection, {}, self._fields, AT_ONCE):
            if not values:
                values = self._with_room(part, rows)
            self._take_in(values, part)
        return values or self._with_room([], 0)

    def _with_room(self, some: Sequence[Document], rows: int) -> dict[str, ValueBits]:
        """Room for as many values as these documents, and as many more like them, would have."""
        more = ROOM_TO_GROW * rows / max(len(some), 1)
        return {
            name: ValueBits(int(more * sum(len(row.get("x", {}).get(name, ())) for row in some)))
            for name in self.counted.lookups
        }

    def _take_in(self, values: dict[str, ValueBits], rows: Iterable[Document]) -> None:
        for row in rows:
            filed = row.get("x", {})
            for name, present in values.items():
                present.add(filed.get(name, ()))

    def _query(self, number: Document) -> Document:
        return {f"d.{self.counted.number}": number}

    @property
    def _fields(self) -> Document:
        names = [f"x.{name}" for name in self.counted.lookups]
        return dict.fromkeys([f"d.{self.counted.number}", *names], 1)

    def _number(self, row: Document) -> tuple[int, str]:
        return row["d"].get(self.counted.number, 0), row["_id"]
