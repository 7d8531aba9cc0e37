"""What can plain nats-py and motor do, given the same durable work and nothing else?

Run as a process per service: it pulls and acknowledges the same messages in batches of 500,
bulk-inserts the same documents (all collections of a batch at once) and publishes the same
follow-ups, every acknowledgement awaited, with no rule, no decoding, no transaction and no check.
It publishes by nats-py's asynchronous publish, one by one, or ``together``: as atomic batches, for
which nats-py has no call. It waits for a line on stdin, and prints its seconds and its processor
seconds.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nats
from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.infra.grants import STREAM
from shared.clock import monotonic
from tests.bench.copying import read_copies

AT_ONCE = 500
FETCH_SECONDS = 10.0

OutgoingEvent = tuple[str, bytes, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Share:
    """One service's share of the work."""

    nats_url: str
    mongo_url: str
    service: str
    durable: str
    folder: str  # the documents to insert
    messages: int  # how many to pull
    says: str  # the type of the follow-ups
    follow_ups: int
    together: bool  # publish the follow-ups of a batch as one

    def write(self, path: Path) -> None:
        """For the process that does it."""
        path.write_text(json.dumps({name: getattr(self, name) for name in self.__slots__}))


class Bare:
    """One share, done in the plainest way."""

    def __init__(self, share: Share, client: Client) -> None:
        self._share = share
        self._nats = client
        self._streams = client.jetstream(publish_async_max_pending=AT_ONCE * 2)
        self._mongo: Any = AsyncIOMotorClient(share.mongo_url)
        self._documents = dict(read_copies(Path(share.folder)))
        self._bodies = [b"x" * 480] * share.follow_ups

    async def work(self) -> None:
        """Batch after batch."""
        share = self._share
        pull = await self._streams.pull_subscribe_bind(share.durable, STREAM)
        edges = [*range(0, share.messages, AT_ONCE), share.messages]
        for start, end in pairwise(edges):
            messages: list[Any] = []
            while len(messages) < end - start:
                left = end - start - len(messages)
                messages += await pull.fetch(left, timeout=FETCH_SECONDS)
            await self._insert(start, end)
            await self._publish(start, end)
            for message in messages:
                await message.ack()

    async def _insert(self, start: int, end: int) -> None:
        jobs = []
        for name, documents in self._documents.items():
            some = documents[self._part(documents, start) : self._part(documents, end)]
            if some:
                own = self._share.service + ("_keys" if name == "keys" else "")
                jobs.append(self._mongo[own][name].insert_many(some, ordered=False))
        await asyncio.gather(*jobs)

    async def _publish(self, start: int, end: int) -> None:
        first, last = self._part(self._bodies, start), self._part(self._bodies, end)
        letters = [
            (f"events.{self._share.says}.bare-{number}",
             self._bodies[number],
             {"Nats-Msg-Id": f"{self._share.durable}-{number}"})
            for number in range(first, last)
        ]  # fmt: skip
        if self._share.together:
            await self._publish_together(letters, f"{self._share.durable}-{start}")
            return
        send = self._streams.publish_async
        await asyncio.gather(*[await send(to, body, headers=more) for to, body, more in letters])

    async def _publish_together(self, letters: list[OutgoingEvent], batch: str) -> None:
        for number, (subject, body, headers) in enumerate(letters, start=1):
            headers |= {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number < len(letters):
                await self._nats.publish(subject, body, headers=headers)
                continue
            headers |= {"Nats-Batch-Commit": "1"}
            answer = await self._nats.request(subject, body, headers=headers, timeout=FETCH_SECONDS)
            if json.loads(answer.data).get("count") != len(letters):
                raise RuntimeError(f"the stream refused a batch: {answer.data!r}")

    def _part(self, things: list[Any], message: int) -> int:
        """How far into these things so many messages lead."""
        return len(things) * message // self._share.messages


async def main(path: Path) -> None:
    """Get ready, wait for the word, work, say how long it took."""
    share = Share(**json.loads(path.read_text()))
    client = await nats.connect(share.nats_url, inbox_prefix=b"inbox.admin")
    bare = Bare(share, client)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    before = time.process_time()
    started = monotonic()
    await bare.work()
    sys.stdout.write(f"{monotonic() - started} {time.process_time() - before}\n")
    await client.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
