"""How late is a crowd of timers that fall due at one instant, and how quickly are all fired?"""

from datetime import datetime, timedelta

from nats.js.api import AckPolicy, ConsumerConfig

from deploy.infra.grants import STREAM
from shared.clock import monotonic, real_now, to_millisecond
from shared.contracts.firm import MatterClosed
from tests.bench import firm
from tests.bench.against.ratios import Better, Measure
from tests.bench.against.side import Side
from tests.bench.measuring import check, quantile, until
from tests.bench.rig import Rig

TIMERS = 5_000
AFTER = timedelta(hours=1)  # as the comparison's playbook says
LEAD_SECONDS, SPARE = 3.0, 2.0
READER, FETCH = "comparison", 500
MS = 1000.0


async def measure(side: Side) -> list[Measure]:
    """A burst: lateness, rate and processor time."""
    count = side.times(TIMERS, 20)
    async with side.rig() as rig:
        side.start(rig, "reminders")
        await rig.ready()
        await _read_from(rig)
        begin = await _planned(side, rig, count)
        await until(lambda: _past(begin), "the due instant")
        before = sum(rig.processor().values())
        await until(lambda: _all_fired(rig, count), "every timer having fired", look=0.05)
        used = sum(rig.processor().values()) - before
        late = await _lateness(rig, begin, count)
    return [
        Measure("lateness p50", quantile(late, 0.5) * MS, "ms"),
        Measure("fired per second", count / max(late), "/s", Better.MORE),
        Measure("processor time for the burst", used, "s"),
    ]


async def _planned(side: Side, rig: Rig, count: int) -> datetime:
    """Have every matter's timer planned before the instant at which all are due."""
    started = monotonic()
    await firm.publish(rig.nats, firm.letters(firm.clients(count)))
    await side.drained(rig, "reminders")
    lead = LEAD_SECONDS + (monotonic() - started) * SPARE
    begin = to_millisecond(real_now() + timedelta(seconds=lead))
    closed = (
        MatterClosed(client_id=f"c-{n}", matter_id=f"m-{n}", closed_at=begin - AFTER)
        for n in range(count)
    )
    await firm.publish(rig.nats, [firm.letter(each, each.matter_id) for each in closed])
    await side.drained(rig, "reminders")
    check(real_now() < begin, "the timers fell due before all of them were planned")
    return begin


async def _read_from(rig: Rig) -> None:
    """A reader of the announcements; what it has not read yet is how many were fired."""
    await rig.nats.jetstream().add_consumer(
        STREAM,
        ConsumerConfig(durable_name=READER, ack_policy=AckPolicy.NONE,
                       filter_subject="events.survey-due.>"),
    )  # fmt: skip


async def _past(instant: datetime) -> bool:
    return real_now() >= instant


async def _all_fired(rig: Rig, count: int) -> bool:
    info = await rig.nats.jetstream().consumer_info(STREAM, READER)
    return (info.num_pending or 0) >= count


async def _lateness(rig: Rig, due: datetime, count: int) -> list[float]:
    """From the due instant to the arrival of each announcement in the stream."""
    pull = await rig.nats.jetstream().pull_subscribe_bind(READER, STREAM)
    late: list[float] = []
    while len(late) < count:
        for message in await pull.fetch(min(FETCH, count - len(late)), timeout=10):
            late.append((message.metadata.timestamp - due).total_seconds())
    return late
