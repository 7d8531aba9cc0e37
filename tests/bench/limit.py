"""Part 1: what could this machine do at most for the work that part 2 does?

Run right after the real services, on the same servers: the documents they wrote are taken out, the
databases emptied, and plain nats-py and motor write them again, a process per service.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from nats.js.api import AckPolicy, ConsumerConfig

from deploy.infra.grants import STREAM
from deploy.infra.stream import consumer
from tests.bench.bare import Share
from tests.bench.copying import copy_documents, empty
from tests.bench.rig import Rig

SAYS = {"intake": "conflict-cleared", "reminders": "contact-planned"}
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Bare:
    """What the plainest program took."""

    seconds: float
    processor_seconds: float  # its own and the servers'


async def bare_limit(
    rig: Rig, clients: int, messages: dict[str, int], folder: Path, *, together: bool
) -> Bare:
    """How long the plainest program takes for what the services did for so many clients.

    ``folder`` keeps the documents it copies: a second call finds them there.
    """
    if not folder.exists():
        for service in SAYS:
            await copy_documents(rig, service, folder / service)
    await empty(rig)
    work = [
        await _share(rig, name, clients, messages[name], folder, together=together)
        for name in SAYS
    ]  # fmt: skip
    processes = [await _start(share, folder) for share in work]
    before = rig.servers_processor()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
    outputs = await asyncio.gather(*(process.communicate() for process in processes))
    if any(process.returncode for process in processes):
        raise RuntimeError(f"the bare program failed: {outputs}")
    said = [[float(word) for word in output.split()] for output, _ in outputs]
    used = sum(own for _, own in said) + rig.servers_processor() - before
    return Bare(max(seconds for seconds, _ in said), used)


async def _share(
    rig: Rig, service: str, clients: int, messages: int, folder: Path, *, together: bool
) -> Share:
    durable = f"bare-{service}-{'together' if together else 'each'}"
    filters = consumer(service, _types(rig, service)).filter_subjects
    await rig.nats.jetstream().add_consumer(
        STREAM,
        ConsumerConfig(durable_name=durable, filter_subjects=filters, max_ack_pending=5000,
                       ack_policy=AckPolicy.EXPLICIT, ack_wait=30),
    )  # fmt: skip
    return Share(
        nats_url=rig.nats_server.url(), mongo_url=rig.mongo_server.url(), service=service,
        durable=durable, folder=str(folder / service), messages=messages, says=SAYS[service],
        follow_ups=clients, together=together,
    )  # fmt: skip


async def _start(share: Share, folder: Path) -> Process:
    path = folder / f"{share.durable}.json"
    share.write(path)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bare", str(path), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    return process


def _types(rig: Rig, service: str) -> set[str] | None:
    app = rig.apps[service]
    return None if app.hears_all else {listener.event.TYPE for listener in app.listeners}
