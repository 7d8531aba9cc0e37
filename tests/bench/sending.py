"""Part 4: how many messages a second are handed to a mail server, and is any sent twice?

The timers of ten thousand closing messages fall due at one instant: each fires, passes every gate,
is worded, kept as handing-over, handed to a real SMTP server, and recorded as sent.
"""

import json
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from deploy.infra.ports import answers
from deploy.trial.child_process import ChildProcess
from shared.clock import monotonic, real_now, to_millisecond
from tests.bench.bench import Bench
from tests.bench.measuring import check, until
from tests.bench.planting import Planted, another, office_of, plant, sample
from tests.bench.rig import Rig

RULE = "matter-closed"
MESSAGES = 10_000
PROBE, SPARE, LEAD_SECONDS = 300, 2.0, 3.0


async def measure(bench: Bench) -> None:
    """All due at once."""
    count = bench.times(MESSAGES, 20)
    async with bench.rig() as rig:
        box = _mailbox(rig)
        box.start()
        await until(lambda: _takes_mail(rig), "the mail server")
        rig.start_service("reminders")
        await rig.ready()
        like = sample(rig, RULE)
        lead = LEAD_SECONDS + count * SPARE * await _seconds_for_one(rig, like)
        begin = to_millisecond(real_now() + timedelta(seconds=lead))
        with bench.step(f"planting {count} messages"):
            await plant(office_of(rig), (another(like, f"s-{n}", begin) for n in range(count)))
            check(real_now() < begin, "planting was overtaken by the due instant")
            await until(lambda: _past(begin), "the due instant")
        started, before = monotonic(), rig.processor()
        with bench.step(f"sending {count} messages", count) as step:

            async def all_sent() -> bool:
                done = await _sent(rig)
                step.at(done)
                return done >= count

            await until(all_sent, "every message being sent", 60.0 + count * 0.1, look=0.25)
        used = {name: now - before[name] for name, now in rig.processor().items()}
        box.stop()
        _note(bench, json.loads((rig.folder / "mailbox.json").read_text()), count, started, used)
    bench.clear(rig)


def _note(
    bench: Bench, found: dict[str, list[tuple[str, float]]], count: int, started: float,
    used: dict[str, float],
) -> None:  # fmt: skip
    ids = Counter(message_id for message_id, _ in found["arrived"])
    last = max(at for _, at in found["arrived"])
    bench.found("sending", "handed over", count / (last - started), "messages/s",
                note=f"{count} messages, {found['connections']} connections")  # fmt: skip
    bench.found("sending", "sent twice", sum(ids.values()) - len(ids), at_most=0,
                must=True)  # fmt: skip
    bench.found("sending", "never sent", count - len(ids), at_most=0, must=True)
    for name, seconds in used.items():
        bench.found("sending", f"processor time of {name}", seconds / count * 1000, "ms/message")


async def _seconds_for_one(rig: Rig, like: Planted) -> float:
    """How long planting one takes now, found by some that are due much later."""
    later = to_millisecond(real_now() + timedelta(days=30))
    started = monotonic()
    await plant(office_of(rig), (another(like, f"later-{n}", later) for n in range(PROBE)))
    return (monotonic() - started) / PROBE


def _mailbox(rig: Rig) -> ChildProcess:
    out = rig.folder / "mailbox.json"
    program = [sys.executable, "-m", "tests.bench.mailbox", str(rig.plan.ports["smtp"]), str(out)]
    return ChildProcess("mailbox", program, log=Path(rig.folder / "logs" / "mailbox.log"))


async def _takes_mail(rig: Rig) -> bool:
    return answers(rig.plan.ports["smtp"])


async def _past(instant: object) -> bool:
    return bool(real_now() >= instant)  # type: ignore[operator]


async def _sent(rig: Rig) -> int:
    contacts = rig.database("reminders").collection("contacts")
    return int(await contacts.count_documents({"d.state": "sent"}))
