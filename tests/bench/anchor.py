"""How soon would the plainest program have had the same effect?

Run as a process per service beside the delays of the real ones: nats-py and motor with nothing
around them, on the same servers, the same events, the same rate. It takes whatever has come, and in
one transaction makes as many reads and updates as the service made and inserts the very documents
the service wrote; then it publishes the same follow-ups and acknowledges. It decides nothing,
decodes nothing, seals nothing and checks no version. It ends when it is told to.
"""

import asyncio
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nats
from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NothingCameError
from nats.js.api import ConsumerConfig
from pymongo import UpdateOne

from deploy.infra.grants import STREAM
from tests.bench.copying import read_copies

AT_MOST, WAIT_SECONDS = 500, 0.5
BODY = b"x" * 480


@dataclass(frozen=True, slots=True)
class Task:
    """What one anchor does for each message."""

    nats_url: str
    mongo_url: str
    service: str
    durable: str
    inbox: str  # where the server delivers
    folder: str  # the documents to insert
    messages: int  # over how many messages they are spread
    on: str  # the type of the events that have a follow-up
    says: str  # the follow-up's type
    reads: dict[str, dict[str, float]]  # by load and collection, how many finds for each message
    updates: dict[str, dict[str, float]]

    def write(self, path: Path) -> None:
        """For the process that does it."""
        path.write_text(json.dumps(asdict(self)))


class Anchor:
    """One service's work, done in the plainest way."""

    def __init__(self, task: Task, client: Client) -> None:
        self._task = task
        self._streams = client.jetstream(publish_async_max_pending=AT_MOST * 2)
        self._mongo: Any = AsyncIOMotorClient(task.mongo_url)
        self._documents = dict(read_copies(Path(task.folder)))
        self._done = 0
        self._owed: Counter[tuple[str, str]] = Counter()  # reads and updates, in fractions

    async def work(self, ended: asyncio.Event) -> None:
        """Whatever has come, again and again."""
        task = self._task
        subscription = await self._streams.subscribe_bind(
            STREAM, ConsumerConfig(deliver_subject=task.inbox), task.durable, manual_ack=True
        )
        while not ended.is_set():
            try:
                some = [await subscription.next_msg(WAIT_SECONDS)]
            except NothingCameError:
                continue
            while subscription.pending_msgs and len(some) < AT_MOST:
                some.append(await subscription.next_msg())
            await self._do(some)

    async def _do(self, some: list[Msg]) -> None:
        async with await self._mongo.start_session() as session, session.start_transaction():
            await self._statements(some, session)
        await self._publish([each.subject for each in some])
        for message in some:
            await message.ack()

    async def _statements(self, some: list[Msg], session: Any) -> None:
        load = some[-1].subject.rsplit(".", 1)[1].partition("-")[0]
        for name, each in self._task.reads.get(load, {}).items():
            for _ in range(self._due("read", name, each * len(some))):
                ids = [document["_id"] for document in self._of(name, len(some))]
                await self._collection(name).find(
                    {"_id": {"$in": ids or [0]}}, session=session
                ).to_list(None)  # fmt: skip
        for name in self._documents:
            if written := self._of(name, len(some)):
                await self._collection(name).insert_many(written, ordered=False, session=session)
        for name, each in self._task.updates.get(load, {}).items():
            if count := self._due("update", name, each * len(some)):
                ids = [document["_id"] for document in self._of(name, len(some))] or [0]
                jobs = [UpdateOne({"_id": ids[n % len(ids)]}, {"$set": {"at": n}})
                        for n in range(count)]  # fmt: skip
                await self._collection(name).bulk_write(jobs, ordered=False, session=session)
        self._done += len(some)

    async def _publish(self, subjects: list[str]) -> None:
        task = self._task
        keys = [each.rsplit(".", 1)[1] for each in subjects if each.split(".")[1] == task.on]
        sent = [
            await self._streams.publish_async(
                f"events.{task.says}.{key}", BODY, headers={"Nats-Msg-Id": f"{task.durable}-{key}"}
            )
            for key in keys
        ]
        await asyncio.gather(*sent)

    def _collection(self, name: str) -> Any:
        own = self._task.service + ("_keys" if name == "keys" else "")
        return self._mongo[own][name]

    def _of(self, name: str, messages: int) -> list[dict[str, Any]]:
        """The documents of a collection that belong to the next so many messages."""
        documents = self._documents.get(name, [])
        first, last = (
            min(len(documents) * at // self._task.messages, len(documents))
            for at in (self._done, self._done + messages)
        )
        return documents[first:last]

    def _due(self, kind: str, name: str, more: float) -> int:
        """How many whole ones are due now; the rest is kept for later."""
        self._owed[kind, name] += more  # type: ignore[assignment]  # fractions add up
        whole = int(self._owed[kind, name])
        self._owed[kind, name] -= whole
        return whole


async def main(path: Path) -> None:
    """Get ready, say so, work until a line comes on stdin."""
    task = Task(**json.loads(path.read_text()))
    client = await nats.connect(task.nats_url, inbox_prefix=b"inbox.admin")
    ended = asyncio.Event()
    work = asyncio.create_task(Anchor(task, client).work(ended))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    told = asyncio.create_task(asyncio.to_thread(sys.stdin.readline))
    await asyncio.wait((work, told), return_when=asyncio.FIRST_COMPLETED)
    ended.set()
    await work
    await client.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
