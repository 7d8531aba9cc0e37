"""How does one service start, run and stop?"""

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from shared.bus.connection import Bus
from shared.bus.publisher import Publisher
from shared.bus.requests import NatsConnection
from shared.clock import Clock, host_now, monotonic, real_now, set_by
from shared.engine.consuming import Consumer
from shared.engine.dead_letters import DeadLetters
from shared.engine.due_watch import DueWatch, in_lanes
from shared.engine.leases import Leases
from shared.engine.outbox import Outbox
from shared.engine.parked_events import ParkedEvents
from shared.engine.received_events import Outcome, Received, Work
from shared.engine.records_ends import clear_what_ended
from shared.engine.records_work import OF_RECORDS, keep_records
from shared.engine.runtime import Runtime
from shared.engine.system_limits import SystemLimits
from shared.engine.tracing import Tracing
from shared.errors import TemporaryError
from shared.firm.folder_in_force import forget
from shared.mongo import connect
from shared.process.answering import answers_of, requests_of
from shared.process.app import App
from shared.process.asyncapi import asyncapi_of
from shared.process.garbage import collect_rarely
from shared.process.health import Health
from shared.process.measuring import Measuring
from shared.process.patience import end, every, patiently
from shared.process.settings import Settings
from shared.process.values_in_force import (
    VALUES_MAPPING,
    Begun,
    Build,
    GoneBy,
    ValuesWatch,
    begin,
    of_folder,
)
from shared.process.web import OpenPorts, open_for, ops_app, server, web_app
from shared.state.keys import KeyRing
from shared.state.mappings import DocumentMapping
from shared.state.store import Store
from shared.tasks import TASKS
from shared.telemetry import logs, traces
from shared.telemetry.fingerprints import fingerprint

TASK_MAPPING: DocumentMapping[Any] = DocumentMapping(TASKS, indexes=([("d.about.client_id", 1)],))
MARK_SECONDS, SWEEP_SECONDS, CLOCK_SECONDS, LOOK_SECONDS, STOP_SECONDS = 0.2, 5.0, 2.0, 1.0, 15.0
log = logs.log


def mappings_of(app: App) -> Sequence[DocumentMapping[Any]]:
    """How a service keeps its documents, and those of the tasks it asks for."""
    return [*app.mappings, TASK_MAPPING, VALUES_MAPPING, *OF_RECORDS]


def run(name: str, build: Build) -> None:
    """Run one service until it is told to stop (SIGTERM or Ctrl-C); leaves with 0.

    What the firm or the environment said wrongly ends the start in words, never in a traceback.
    Where other values of the firm come into force, it goes on by these, behind the same ports.
    """
    begun: Begun | None = begin(name, build)
    ports = OpenPorts()
    while begun is not None:
        process = ServiceProcess(begun.app, begun.settings, begun.by, ports)
        asyncio.run(process.run())
        forget(begun.by.folder)
        begun = process.values.following
    ports.close()


class ServiceProcess:
    """One service as a running process."""

    def __init__(
        self, app: App, settings: Settings, by: GoneBy | None = None, ports: OpenPorts | None = None
    ) -> None:
        self._app = app
        self.values = ValuesWatch(app, settings, by or of_folder(settings))
        self._ports = ports
        self._settings = settings
        self._database = connect(settings.mongo_url, app.name)
        self._leases = Leases(self._database, settings.replica, self._unfit)
        self._bus = Bus(
            settings.nats_url, app.name, self._leases.consuming, lambda: self._leases.turn
        )
        self._loops: list[asyncio.Task[None]] = []
        self._tracing = Tracing(traces.from_environment(app.name, settings.replica))
        self._stop = asyncio.Event()
        self._left = False
        self._turn = 0  # as consumer, for which parked events were looked through

    async def run(self) -> None:
        """Start everything, wait to be stopped, finish what is in flight."""
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, self.stop)
        await self.start()
        collect_rarely()
        log.info("started", port=self._settings.http_port)
        await self._stop.wait()
        await self.leave()
        log.info("stopped")

    def stop(self) -> None:
        """It is told to stop: it goes on as nothing else, even where it was about to."""
        self.values.go_on_no_more()
        self._stop.set()

    async def start(self) -> None:
        """Connect, serve, and consume."""
        nats = await self._bus.connect()
        origin_key = self._settings.origin_key()
        publisher = Publisher(nats, origin_key)
        await publisher.start()
        connection = NatsConnection(nats, lambda: self._bus.is_connected)
        clock = Clock(travel_allowed=self._settings.time_travel)
        keys = KeyRing(self._database, self._settings.master_key())
        await patiently(keys.check)
        await patiently(partial(_wrap_anew, keys))
        store = Store(self._database, keys, mappings_of(self._app), self._settings.who_decides())
        self._outbox = Outbox(self._database, publisher, keys)
        self.runtime = Runtime(
            self._app.name, self._settings, connection, self._database, keys, store,
            self._outbox, clock, self._leases, self._tracing,
        )  # fmt: skip
        await patiently(self.runtime.resume_travel)
        self._health = Health(
            connection, self._database, self.runtime.progress, self.runtime.metrics
        )
        self._consumer = Consumer(
            self._app.name, store, self._outbox, clock, self._app.listeners, self.runtime.metrics,
            origin_key, SystemLimits(self._settings.system_limits), lambda: self._leases.turn,
            self._tracing,
        )  # fmt: skip
        self._consumer.on_answered = self._stream_moved
        self.dead_letters = DeadLetters(self._database, keys, self._consumer.take)
        self.parked = ParkedEvents(self._database, keys, self._consumer.take)
        await self._start_app()
        self._measuring = Measuring(
            self.runtime, self.dead_letters, self.parked, [due.kind for due in self._app.due],
            lambda: self._bus.permission_violations, lambda: publisher.taken_ids, self.values,
        )  # fmt: skip
        self.due = [work for due in self._app.due for work in in_lanes(self.runtime, due)]
        await self._serve_requests()
        await self._serve_http()
        self._start_loops()
        self._loop("events", self._bus.feed(nats, self._take).run())
        self._health.starting = False

    async def _be_asked_or_not(self) -> None:
        await self._bus.be_asked(await self._health.can_answer())

    async def _set_clock(self) -> None:
        """All replicas go by the database's clock, as leases and due work do."""
        asked = host_now()
        set_by(asked, await self._database.now(), host_now())

    async def _start_app(self) -> None:
        await patiently(self._set_clock)
        start = self._app.start
        if start is not None:
            await patiently(lambda: start(self.runtime))

    def _unfit(self) -> str | None:
        """Why another replica should have this one's leases."""
        return None if self._bus.is_connected else "NATS is away"

    async def _take(self, batch: Sequence[Received]) -> None:
        started = monotonic()
        works = await self._consumer.take(batch)
        self._note(works)
        self._health.progressed()
        self.runtime.metrics.batch_seconds.observe(monotonic() - started)

    def _stream_moved(self) -> None:
        for work in self.due:
            work.stream_moved()

    def _note(self, works: Sequence[Work]) -> None:
        """How far in the stream we are, and how long the events took to get here."""
        now = real_now()
        for work in works:
            if work.outcome is Outcome.APPLIED and work.received.stored_at is not None:
                lag = (now - work.received.stored_at).total_seconds()
                self.runtime.metrics.lag.observe(max(lag, 0.0))
        last = max((work.received for work in works), key=lambda received: received.sequence)
        if last.stored_at is not None:
            self.runtime.progress.committed(last.sequence, last.stored_at)

    async def _serve_requests(self) -> None:
        requests = requests_of(self._app, may_fail=self._settings.failpoints)
        answers = answers_of(
            self._app, self.runtime, self.dead_letters, self.parked, self.due,
            self._settings,
        )  # fmt: skip
        await self._bus.answer(requests, answers, self.runtime.metrics.registry)

    async def _serve_http(self) -> None:
        release = version("clientele")
        web = web_app(self._app.title, release, self._health)
        if self._app.pages is not None:
            self._app.pages(web, self.runtime)
        settings = self._settings
        servers = [server(web, settings.http_host, settings.http_port, settings.proxies())]
        if settings.ops_port:
            described = cache(lambda: asyncapi_of(self._app))
            ops = ops_app(web, self._health, self.runtime.metrics, described)
            servers.append(server(ops, settings.ops_host, settings.ops_port))
        serving = (each.serve(open_for(self._ports, each)) for each in servers)
        self._http = dict(zip(servers, map(asyncio.create_task, serving), strict=True))

    async def _go_by_others(self) -> None:
        """Where other values of the firm are in force by now, end, to go on by these."""
        if await self.values.are_others(self.runtime):
            self._stop.set()

    def _start_loops(self) -> None:
        self._loop("pulse", self._bus.keep_pulse())
        self._loop("leases", self._leases.keep())
        self._loop("clock", every(CLOCK_SECONDS, self._set_clock))
        self._loop("health", self._health.watch())
        self._loop("asked", every(LOOK_SECONDS, self._be_asked_or_not))
        self._loop("mark", every(MARK_SECONDS, self._outbox.mark_published))
        self._loop("sweep", every(SWEEP_SECONDS, self._outbox.sweep))
        self._loop("parked", every(SWEEP_SECONDS, self._take_up_parked))
        self._loop("measure", every(SWEEP_SECONDS, self._measuring.once))
        self._due_tasks = [self._loop(work.kind.collection, work.keep()) for work in self.due]
        self._loop("due", DueWatch(self.runtime, self.due).keep())
        self._loop("values", every(LOOK_SECONDS, self._go_by_others))
        self._loop("records", keep_records(self.runtime, self._app.records))
        self._loop("ends", clear_what_ended(self.runtime, self._app.records))
        for loop in self._app.loops:
            self._loop("own", loop(self.runtime))

    async def _take_up_parked(self) -> None:
        self._health.busy_elsewhere = not self._leases.consuming.is_set()
        if self._health.busy_elsewhere:
            return
        if (turn := self._leases.turn) != self._turn:
            await self.parked.after_an_upgrade()
            self._turn = turn
        await self.parked.take_up()

    def _loop(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._loop_ended)
        self._loops.append(task)
        return task

    def _loop_ended(self, task: asyncio.Task[None]) -> None:
        """A loop that ends by itself is a defect: leave, so that the process is started anew."""
        if task.cancelled() or self._stop.is_set():
            return
        failure = task.exception()
        where = fingerprint(failure) if failure else "returned"
        log.error("loop_ended", reason=task.get_name(), fingerprint=where)
        self._stop.set()

    async def leave(self) -> None:
        """Unready, stop fetching, finish what is in flight, publish, give the leases back."""
        if self._left:
            return
        self._left = True
        self._health.draining = True
        self._stop.set()
        self.runtime.leave()
        if self._due_tasks:
            await asyncio.wait(self._due_tasks, timeout=STOP_SECONDS)
        await self._bus.stop()
        await self._consumer.answered()
        await end(self._loops)
        with suppress(TemporaryError):
            await self._outbox.mark_published()
        await self._bus.finish()
        for each in self._http:
            each.should_exit = True
        await asyncio.wait(self._http.values(), timeout=6.0)
        await self._bus.disconnect()
        with suppress(TemporaryError):
            await self._outbox.mark_published()
            await self._leases.release()
        self._database.close()
        await asyncio.to_thread(self._tracing.close)


async def _wrap_anew(keys: KeyRing) -> None:
    """After a rotation of the master key, once at start: then the key before is needed no more."""
    if count := await keys.wrap_anew():
        log.info("keys_wrapped_anew", size=count)
