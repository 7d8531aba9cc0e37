"""What do dead letters and parked events have in common: rows whose event is taken up again?"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from shared.engine.batch_records import open_raw
from shared.engine.received_events import Outcome, Received, Work
from shared.mongo import Document, answering
from shared.state.keys import KeyRing

Take = Callable[[Sequence[Received]], Awaitable[list[Work]]]
AT_ONCE = 500
ERASED = "erased"
MOST_GROUPS, MOST_TYPES = 50, 10


class KeptRows:
    """One collection of kept events; ``origin`` says which: "dead" or "parked"."""

    def __init__(self, collection: Any, origin: str, keys: KeyRing, take: Take) -> None:
        self._collection = collection
        self._origin = origin
        self._keys = keys
        self._take = take

    async def again(self, row: Document) -> str:
        """Have the consumer settle this event anew: its outcome, or ERASED (its key is gone)."""
        received = open_raw(self._keys, row, self._origin) if await self._have_key(row) else None
        if received is None:
            return ERASED
        [work] = await self._take([received])
        return str(work.outcome or Outcome.FAILED)

    async def grouped(self, which: Document, each: Document, order: Document) -> list[Document]:
        """The rows of ``which``, grouped as ``each`` says, fifty groups at most."""
        steps = [{"$match": which}, {"$group": each}, {"$sort": order}, {"$limit": MOST_GROUPS}]
        with answering():
            found: list[Document] = await self._collection.aggregate(steps).to_list(MOST_GROUPS)
        return found

    async def _have_key(self, row: Document) -> bool:
        with answering():
            await self._keys.fetch([row["p"]])
        return self._keys.has(row["p"])


def group_of(row: Document) -> dict[str, Any]:
    """A group as it is told: its cause beside its counts, ten event types at most."""
    types = sorted(each for each in row.pop("event_types") if each)
    return {**row.pop("_id"), **row, "event_types": types[:MOST_TYPES]}
