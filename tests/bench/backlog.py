"""Part 5: after an outage, how soon is everything done, and does memory stay bounded?

A hundred thousand events wait for intake, reminders and desk while fifty new ones a second go on
arriving. Events are worked on in stream order, so a new one waits for all before it: its delay is
that of the drain, and back to normal right after.
"""

import asyncio
from collections.abc import Sequence

from nats.aio.msg import Msg

from shared.clock import monotonic
from shared.contracts.base import EventData
from tests.bench import firm
from tests.bench.bench import Bench
from tests.bench.measuring import memory_mib, quantile, until
from tests.bench.rig import Rig
from tests.bench.through import PLAYBOOKS

WAITING, FRESH_PER_SECOND, AFTERWARDS_SECONDS = 100_000, 50, 5.0
CLIENTS_SHARE = 0.2  # of the waiting events; the rest are contacts with those clients
SERVICES = ("intake", "reminders", "desk")
MEMORY_LIMIT = 200.0


async def measure(bench: Bench) -> None:
    """Fill the stream, start the services, keep on publishing."""
    count = bench.times(WAITING, 200)
    async with bench.rig() as rig:
        with bench.step(f"publishing {count} events that will wait"):
            await firm.publish(rig.nats, firm.letters(_crowd(count)))
        for service in SERVICES:
            rig.start_service(service, CLIENTELE_PLAYBOOKS_DIR=str(PLAYBOOKS))
        await rig.ready()
        fresh = Fresh(rig)
        await fresh.start()
        with bench.step("draining", count) as step:
            started = monotonic()

            async def drained() -> bool:
                step.at((await rig.ledger("desk")).get("received", 0))
                return not any([await _waiting(rig, service) for service in SERVICES])

            await until(drained, "the back-log being worked off", 1800.0, look=0.25)
            seconds = monotonic() - started
        ended = monotonic()
        with bench.step("afterwards"):
            await asyncio.sleep(bench.seconds(AFTERWARDS_SECONDS))
            await fresh.stop()
        _note(bench, rig, count, seconds, fresh, ended)
    bench.clear(rig)


def _note(bench: Bench, rig: Rig, count: int, seconds: float, fresh: "Fresh", ended: float) -> None:
    rate = f"{count / seconds:.0f} events/s through {len(SERVICES)} services"
    bench.found("back-log", f"{count} waiting: worked off in", seconds, "s", note=rate)
    during = [delay for at, delay in fresh.delays if at < ended]
    after = [delay for at, delay in fresh.delays if at >= ended]
    for label, delays in (("meanwhile", during), ("right after", after)):
        bench.found("back-log", f"fresh events, {label}, p99", quantile(delays, 0.99), "s")
    for service in SERVICES:
        bench.found("back-log", f"most memory of {service}",
                    memory_mib(rig.pid(f"{service}-0"), peak=True), "MiB",
                    at_most=MEMORY_LIMIT)  # fmt: skip


class Fresh:
    """New clients arriving at a steady rate, and how long each waits to be cleared."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._sent: dict[str, float] = {}
        self._going = True
        self.delays: list[tuple[float, float]] = []  # when published, and the delay

    async def start(self) -> None:
        """Begin to publish and to listen."""
        await self._rig.nats.subscribe("events.conflict-cleared.*", cb=self._cleared)
        self._task = asyncio.create_task(self._publish())

    async def stop(self) -> None:
        """Publish no more; wait for those on their way."""
        self._going = False
        await self._task
        await until(self._all_cleared, "the last fresh event", 120.0)

    async def _publish(self) -> None:
        started = monotonic()
        for number, client in enumerate(firm.clients(FRESH_PER_SECOND * 3600, "f")):
            if not self._going:
                return
            due = started + number / FRESH_PER_SECOND
            if (ahead := due - monotonic()) > 0:
                await asyncio.sleep(ahead)
            self._sent[client.client_id] = due
            letter = firm.letter(client)
            await self._rig.nats.publish(letter.subject, letter.body)

    async def _cleared(self, message: Msg) -> None:
        client_id = message.subject.rsplit(".", 1)[1]
        if client_id in self._sent:
            at = self._sent.pop(client_id)
            self.delays.append((at, monotonic() - at))

    async def _all_cleared(self) -> bool:
        return not self._sent


def _crowd(count: int) -> Sequence[EventData]:
    clients = firm.clients(max(round(count * CLIENTS_SHARE), 1), "b")
    contacts = [
        firm.contact(clients[number % len(clients)].client_id)
        for number in range(count - len(clients))
    ]
    return [*clients, *contacts]


async def _waiting(rig: Rig, service: str) -> bool:
    """Whether more waits for this service than has just arrived."""
    info = await rig.nats.jetstream().consumer_info("EVENTS", service)
    return (info.num_pending or 0) > FRESH_PER_SECOND * 2
