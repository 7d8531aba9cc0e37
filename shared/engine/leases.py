"""Which replica consumes, and which owns which shards of the due work?

Leases live in the service's database and are judged by its clock alone. A restarted replica takes
its own leases over at once; another one waits until they have run out. Every taking raises the
fence, so a process that slept through its lease cannot renew it.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from shared.clock import monotonic
from shared.errors import TemporaryError
from shared.mongo import Database, answering, lost_race
from shared.state.mappings import SHARDS
from shared.telemetry.logs import log

LEASE_SECONDS = 10.0
TEND_SECONDS = 2.0
ANSWER_SECONDS = 6.0  # how long the database may think about it
UNFIT_SECONDS = 4.0
GONE_SECONDS = 3600.0
CONSUMER = "consumer"


def _fit() -> str | None:
    return None


class Leases:
    """What this replica holds: the right to consume, and some shards."""

    def __init__(
        self, database: Database, replica: str, unfit: Callable[[], str | None] = _fit
    ) -> None:
        """``unfit``: why this replica cannot do its work just now; None when it can."""
        self._leases = database.collection("leases")
        self._unfit = unfit
        self._unfit_since: float | None = None
        self._replica = replica
        self._own = f"replica:{replica}"
        self._holder = f"{replica}:{uuid4().hex[:8]}"
        self._held: dict[str, float] = {}  # name → monotonic instant until which it surely holds
        self._known: set[str] = set()
        self._first = True
        self.consuming = asyncio.Event()
        self._turn = 0

    @property
    def turn(self) -> int:
        """0 unless this replica surely consumes now; rises with every taking of that right."""
        return self._turn if self._held.get(CONSUMER, 0.0) > monotonic() else 0

    @property
    def shards(self) -> list[int]:
        """The shards whose due work this replica does."""
        now = monotonic()
        return [s for s in range(SHARDS) if self._held.get(_shard(s), 0.0) > now]

    async def held(self) -> list[dict[str, str]]:
        """Which replica holds which lease just now, by the database's clock."""
        with answering():
            rows = await self._leases.find({"$expr": {"$gt": ["$until", "$$NOW"]}}).to_list(None)
        return [{"name": row["_id"], "replica": str(row.get("replica", ""))} for row in rows]

    async def keep(self) -> None:
        """Renew and take leases for as long as the process runs."""
        while True:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await (self.release() if self._is_unfit() else self.tend())
            except (TemporaryError, TimeoutError):  # away, or frozen: what is held runs out
                log.warning("leases_not_renewed")
            self._note_consuming()
            await asyncio.sleep(TEND_SECONDS)

    async def tend(self) -> None:
        """Renew what is held, take what is free, give back more than a fair share."""
        with answering():
            if not await self._take(self._own):
                self._known.discard(self._own)  # removed meanwhile: to be made again
            await self._renew()
            if CONSUMER not in self._held:
                await self._take(CONSUMER)
            await self._balance()
            if self._first:
                await self._leases.delete_many(_LONG_GONE)
        self._first = False
        self._note_consuming()

    def _is_unfit(self) -> bool:
        """Whether this replica has been unable to work for longer than a short interruption.

        Another one may be able: what is cut from NATS must not keep what it cannot serve.
        """
        reason = self._unfit()
        if reason is None:
            self._unfit_since = None
            return False
        if self._unfit_since is None:
            self._unfit_since = monotonic()
        if monotonic() - self._unfit_since < UNFIT_SECONDS:
            return False
        if self._held:
            log.warning("leases_given_back", reason=reason)
        return True

    async def release(self) -> None:
        """Give everything back at once: the process is leaving, or cannot do its work."""
        self.consuming.clear()
        self._held.clear()
        self._known.discard(self._own)
        with answering():
            await self._leases.delete_one({"_id": self._own, "holder": self._holder})
            await self._leases.update_many({"holder": self._holder}, {"$set": {"until": None}})

    def _note_consuming(self) -> None:
        if self._held.get(CONSUMER, 0.0) > monotonic():
            self.consuming.set()
        else:
            self.consuming.clear()

    async def _renew(self) -> None:
        until = monotonic() + LEASE_SECONDS - 1
        change = [{"$set": {"until": _from_now(LEASE_SECONDS)}}]
        await self._leases.update_many({"holder": self._holder}, change)
        mine = await self._leases.find({"holder": self._holder}).to_list(None)
        held = {row["_id"] for row in mine}
        for name in set(self._held) - held:
            log.warning("lease_lost", reason=name)
        self._held = dict.fromkeys(held, until)

    async def _balance(self) -> None:
        live = await self._leases.count_documents(
            {"_id": {"$regex": "^replica:"}, "$expr": {"$gt": ["$until", "$$NOW"]}}
        )
        share = -(-SHARDS // max(live, 1))
        mine = [s for s in range(SHARDS) if _shard(s) in self._held]
        for surplus in mine[share:]:
            await self._give_back(_shard(surplus))
        for shard in range(SHARDS):
            if len(mine) >= share:
                return
            if shard not in mine and await self._take(_shard(shard)):
                mine.append(shard)

    async def _give_back(self, name: str) -> None:
        self._held.pop(name, None)
        await self._leases.update_one(
            {"_id": name, "holder": self._holder}, {"$set": {"until": None, "holder": None}}
        )

    async def _take(self, name: str) -> bool:
        free: list[dict[str, Any]] = [
            {"holder": self._holder},
            {"until": None},
            {"$expr": {"$lte": ["$until", "$$NOW"]}},
        ]
        if self._first:  # restarted: what this replica held before is free for it
            free.append({"replica": self._replica})
        change = {
            "holder": {"$literal": self._holder},
            "replica": {"$literal": self._replica},
            "until": _from_now(LEASE_SECONDS),
            "fence": {"$add": [{"$ifNull": ["$fence", 0]}, 1]},
        }
        until = monotonic() + LEASE_SECONDS - 1
        if name not in self._known:
            with lost_race():
                await self._leases.insert_one({"_id": name, "until": None})
            self._known.add(name)
        taken = await self._leases.update_one({"_id": name, "$or": free}, [{"$set": change}])
        if not taken.matched_count:
            return False
        self._held[name] = until
        if name == CONSUMER:
            self._turn += 1
        return True


def _from_now(seconds: float) -> dict[str, Any]:
    return {"$add": ["$$NOW", int(timedelta(seconds=seconds) / timedelta(milliseconds=1))]}


# Names of containers come and go; a replica away for an hour takes nothing over by its name.
_LONG_GONE: dict[str, Any] = {
    "_id": {"$regex": "^replica:"},
    "until": {"$type": "date"},
    "$expr": {"$lt": ["$until", _from_now(-GONE_SECONDS)]},
}


def _shard(number: int) -> str:
    return f"shard:{number:02}"
