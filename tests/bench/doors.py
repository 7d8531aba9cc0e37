"""Part 11: how many webhooks does the gateway take in, each durable before it is answered?

Beside it, on the same servers, a bare endpoint that only stores: a plain Starlette route, one
insert by motor for each request, answered once the journal has it. Both meet the same deliveries
from the same senders, who keep their connections and wait for each answer.
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence

import yaml

from deploy.trial.child_process import ChildProcess
from shared.clock import monotonic, real_now
from tests.bench.bench import Bench
from tests.bench.measuring import check, cpu_seconds, quantile, until
from tests.bench.rig import REPLICA_OFFSET, Rig, answers_ok
from tests.gateway.doors import BILLING, SECRETS, signed

DELIVERIES, AT_ONCE = 10_000, 64
GOAL, MS = 1_000.0, 1000.0
SAYS = "invoice-paid"


async def measure(bench: Bench) -> None:
    """The gateway, then the bare endpoint."""
    count = bench.times(DELIVERIES, 100)
    async with bench.rig() as rig:
        with bench.step(f"{count} webhooks to the gateway"):
            ours = await _to_gateway(bench, rig, count)
        await rig.stop_services()
        with bench.step(f"{count} webhooks to an endpoint that only stores"):
            bare = await _to_bare(bench, rig, count)
    bench.clear(rig)
    bench.found("doors", "ratio to the bare endpoint", ours / bare)


async def _to_gateway(bench: Bench, rig: Rig, count: int) -> float:
    folder = bench.folder / "doors"
    for name, text in (("sources", yaml.safe_dump(BILLING)), ("secrets", SECRETS["billing"])):
        (folder / name).mkdir(parents=True)
        (folder / name / ("billing.yaml" if name == "sources" else "billing")).write_text(text)
    rig.start_service(
        "gateway",
        CLIENTELE_SOURCES_DIR=str(folder / "sources"),
        CLIENTELE_SOURCE_SECRETS_DIR=str(folder / "secrets"),
    )
    await rig.ready()
    await send(rig.plan.ports["gateway"], AT_ONCE, "warm")
    before, began = rig.processor(), monotonic()
    delays = await send(rig.plan.ports["gateway"], count, "first")
    seconds = monotonic() - began
    await until(lambda: _has_said(rig, count + AT_ONCE), "every delivery being read")
    whole = monotonic() - began
    used = {name: now - before[name] for name, now in rig.processor().items()}
    rate = count / seconds
    bench.found("doors", "webhooks accepted", rate, "/s", at_least=GOAL,
                note=f"{AT_ONCE} connections, one gateway")  # fmt: skip
    bench.found("doors", "answered after, p50", quantile(delays, 0.5) * MS, "ms")
    bench.found("doors", "answered after, p99", quantile(delays, 0.99) * MS, "ms")
    bench.found("doors", "accepted, read and said", count / whole, "/s")
    for name, each in used.items():
        bench.found("doors", f"processor time of {name}, until said", each / count * MS,
                    "ms/webhook")  # fmt: skip
    said = await rig.database("gateway").collection("deliveries").count_documents({})
    bench.found("doors", "kept and not sent", said - count - AT_ONCE, at_most=0, must=True)
    return rate


async def _has_said(rig: Rig, count: int) -> bool:
    read = rig.database("gateway").collection("deliveries")
    return bool(await read.count_documents({"d.state": "read"}) >= count)


async def _to_bare(bench: Bench, rig: Rig, count: int) -> float:
    port = rig.plan.ports["gateway"] + REPLICA_OFFSET
    argv = [sys.executable, "-m", "tests.bench.bare_door", rig.mongo_server.url(), str(port)]
    process = ChildProcess("bare", argv, log=rig.folder / "logs" / "bare.log", env=dict(os.environ))
    process.start()
    try:
        await until(lambda: asyncio.to_thread(answers_ok, port, "/readyz"), "the bare endpoint", 60)
        await send(port, AT_ONCE, "warm")
        assert process.pid is not None
        before, began = cpu_seconds(process.pid), monotonic()
        delays = await send(port, count, "bare")
        seconds, used = monotonic() - began, cpu_seconds(process.pid) - before
    finally:
        process.stop()
    bench.found("doors", "bare endpoint, webhooks stored", count / seconds, "/s")
    bench.found("doors", "bare endpoint, p99", quantile(delays, 0.99) * MS, "ms")
    bench.found("doors", "bare endpoint, its processor time", used / count * MS, "ms/webhook")
    return count / seconds


async def send(port: int, count: int, name: str) -> list[float]:
    """Deliver so many, some at once; how long each waited for its answer."""
    requests = [request(f"{name}-{number}") for number in range(count)]
    parts = [requests[at::AT_ONCE] for at in range(AT_ONCE)]
    return [each for some in await asyncio.gather(*(_one(port, part) for part in parts))
            for each in some]  # fmt: skip


def request(own_id: str) -> bytes:
    """One signed delivery, as it travels."""
    paid = {"kind": "paid", "when": real_now().isoformat(), "note": "x" * 600,
            "invoice": {"ref": own_id, "client": f"c-{own_id}"}}  # fmt: skip
    body = json.dumps(paid).encode()
    headers = signed(body, own_id, str(int(real_now().timestamp())))
    lines = [f"{each}: {value}\r\n" for each, value in headers.items()]
    head = f"POST /in/billing HTTP/1.1\r\nHost: firm\r\nContent-Length: {len(body)}\r\n"
    return (head + "".join(lines) + "Content-Type: application/json\r\n\r\n").encode() + body


async def _one(port: int, requests: Sequence[bytes]) -> list[float]:
    if not requests:
        return []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    delays = []
    for each in requests:
        started = monotonic()
        writer.write(each)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line[15:]) for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )  # fmt: skip
        answer = await reader.readexactly(length)
        delays.append(monotonic() - started)
        check(b" 202 " in head.partition(b"\r\n")[0], f"answered {head!r} {answer!r}")
    writer.close()
    return delays
