"""Has this event been settled before, and how does this arrival of it relate to that?

| found | the event is | outcome |
|---|---|---|
| its place in the stream | what the stream delivers again | redelivered |
| its identity, from the same place | kept, and taken up again | redelivered, if applied |
| its identity, from another place, saying the same | published twice | duplicate |
| its identity, saying something else | a contradiction | dead letter |
| its kept row, settled by somebody else meanwhile | taken up twice at once | redelivered |
"""

from typing import Any

from shared.engine.batch_records import BatchRecords
from shared.engine.received_events import Outcome, Work
from shared.state.store import Store

KEPT_IN = {"dead": "dead_letters", "parked": "parked"}


class HandledBefore:
    """Concludes the works of a batch that have an outcome already."""

    def __init__(self, store: Store, records: BatchRecords) -> None:
        self._store = store
        self._records = records

    async def note(self, works: list[Work]) -> None:
        """Find out which of these events were settled before, and how this one relates to it."""
        places = {self._records.place(work.received): work for work in works}
        identities = [(self._records.identity(work.event), work) for work in works if work.event]
        wanted = [*places, *(identity for identity, _ in identities)]
        found = {bytes(row["_id"]): row for row in await self._store.handled(wanted)}
        for place, work in places.items():
            if place in found and work.received.origin == "stream":
                work.conclude(Outcome.REDELIVERED, "handled")
        seen: dict[bytes, Work] = {}
        for identity, work in identities:
            self._relate(work, found.get(identity), seen.get(identity))
            seen.setdefault(identity, work)

    async def note_taken_up(self, works: list[Work]) -> None:
        """A kept row is its own lock: what somebody else has settled meanwhile is left alone."""
        for origin, collection in KEPT_IN.items():
            mine = {self._records.row_of(work.received): work for work in works
                    if work.received.origin == origin}  # fmt: skip
            if mine:
                waiting = await self._store.waiting_rows(collection, list(mine))
                for row_id in mine.keys() - waiting:
                    mine[row_id].conclude(Outcome.REDELIVERED, "taken-up")

    def _relate(self, work: Work, row: Any, before: Work | None) -> None:
        """Sort out a second arrival of one identity: redelivered, duplicate or contradiction."""
        if work.event is None or work.outcome is Outcome.REDELIVERED:
            return
        if row is not None and row["s"] == work.received.sequence:
            if work.received.origin == "stream" or row.get("o") == Outcome.APPLIED:
                work.conclude(Outcome.REDELIVERED, "handled")
            return
        if row is None and before is None:
            return
        said = bytes(row["h"]) if row is not None else self._content(before)
        if said == self._records.content(work.event):
            work.conclude(Outcome.DUPLICATE, "duplicate")
        else:
            work.conclude(Outcome.DEAD, "identity-collision",
                          "Another event with this source and id says something else.")  # fmt: skip

    def _content(self, work: Work | None) -> bytes:
        return self._records.content(work.event) if work and work.event else b""
