"""Does one mixture of everything that may arrive end in the right state?

Each event up to ten times and in any order, among them what is no event at all, what is too large,
and what comes from the far past and the far future.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.clock import monotonic, real_now
from tests.faults.invariants import hold, look
from tests.faults.story import TWO_HOURS, Story, refuse_the_gone
from tests.faults.system import System
from tests.journeys.firm import cloud_event

pytestmark = pytest.mark.asyncio(loop_scope="session")

Record = Callable[[str, object], None]
CENTURY = timedelta(days=36525)
TOO_LARGE, STREAM_LIMIT = 300 * 1024, 500 * 1024
Letter = tuple[str, bytes]


def letters(story: Story, copies: int) -> list[Letter]:
    """Every event of the story as often as this, with the instants filled in."""
    found = []
    for event in story.events:
        event["time"] = real_now().isoformat()
        starts_in = event["data"].pop("starts_in", None)
        if starts_in is not None:
            begin = real_now() + TWO_HOURS + timedelta(seconds=starts_in)
            event["data"]["starts_at"] = begin.isoformat()
        subject = f"events.{event['type']}.{event['subject']}"
        found += [(subject, json.dumps(event).encode())] * copies
    return found


def nonsense(story: Story, chance: random.Random) -> list[Letter]:
    """What must become a dead letter, each with its reason, and nothing else."""
    good = next(event for event in story.events if event["type"] == "client-contact-logged")
    subject = f"events.client-contact-logged.{good['subject']}"

    def changed(number: int, **changes: Any) -> Letter:
        event = {**good, "id": f"bad-{story.run}-{number}", **changes}
        return subject, json.dumps(event).encode()

    data = good["data"]
    deep: Any = "x"
    for _ in range(200):
        deep = {"deeper": deep}
    bodies = [b"", b"{", b"null", b"[]", b"\xff\xfe\x00", b'{"a":' * 5000, bytes(64),
              chance.randbytes(500)]  # fmt: skip
    return [
        *((subject, body) for body in bodies),
        changed(1, specversion="0.3"),
        changed(2, time="yesterday"),
        changed(3, subject="somebody-else"),
        changed(4, data={**data, "channel": 7}),
        changed(5, data={**data, "at": None}),
        changed(6, data={**data, "client_id": "../etc"}),
        changed(7, data=deep),
        changed(8, id=""),
        changed(9, time=(real_now() + CENTURY).isoformat()),
        changed(10, data={**data, "padding": "x" * TOO_LARGE}),
        changed(11, data={**data, "padding": "x" * STREAM_LIMIT}),
    ]


def unheard_of(subject: str) -> Letter:
    """An event of a type no release knows: ignored, and counted."""
    event = cloud_event("no-such-thing", subject, {}, id=subject)
    return f"events.no-such-thing.{subject}", json.dumps(event).encode()


def from_the_past(story: Story) -> list[Letter]:
    """Valid, and a century old."""
    found = []
    for number, event in enumerate(story.events[:10]):
        old = {**event, "id": f"old-{story.run}-{number}",
               "time": (real_now() - CENTURY).isoformat()}  # fmt: skip
        found.append((f"events.{old['type']}.{old['subject']}", json.dumps(old).encode()))
    return found


@pytest.mark.whole
@pytest.mark.parametrize("run", range(4))
async def test_a_mixture_of_everything_ends_in_the_right_state(
    system: System, run: int, chance: random.Random, record_property: Record
) -> None:
    system.mailbox.choose = refuse_the_gone
    story = Story(chance, clients=8, reminders_after=(20.0, 30.0))
    unknown = [unheard_of(f"x-{story.run}-{number}") for number in range(3)]
    bad = nonsense(story, chance)
    mixture = [*letters(story, 10), *bad, *unknown, *from_the_past(story)]
    chance.shuffle(mixture)
    before = (await look(system)).ledgers
    await publish_all(system, mixture)
    since = monotonic()
    record_property("slowest recovery s", await hold(system, healed=since))
    seen = await look(system)
    moved = Counter(seen.ledgers["desk"]) - Counter(before["desk"])
    assert moved["dead"] == len(bad), moved
    assert moved["duplicate"] >= len(story.events) * 9, moved
    if run == 0:
        await the_order_does_not_matter(system, story)


async def publish_all(system: System, mixture: list[Letter]) -> None:
    """Without identities for the stream, so that every copy is stored."""
    streams = system.nats.jetstream()
    for start in range(0, len(mixture), 50):
        some = mixture[start : start + 50]
        await asyncio.gather(*(streams.publish(*each, timeout=20) for each in some))


async def the_order_does_not_matter(system: System, story: Story) -> None:
    """A cancelled appointment is reminded of by nobody, whatever came first."""
    seen = await look(system)
    cancelled = {e["data"]["appointment_id"] for e in story.events
                 if e["type"] == "appointment-cancelled"}  # fmt: skip
    timers = [timer["d"] for timer in seen.timers if timer["d"]["state"] == "planned"]
    waiting = [timer for timer in timers if timer["thread"].rpartition(":")[2] in cancelled]
    assert not waiting, waiting
