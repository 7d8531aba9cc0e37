"""Is nothing lost and nothing said twice, whatever happens to what comes in or goes out by HTTP?"""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from shared.clock import monotonic, real_now
from tests.bench.measuring import until
from tests.faults.doors import HurtDoors
from tests.gateway.doors import KEY, onboarded, signed
from tests.gateway.receiver import receiving
from tests.journeys.firm import cloud_event

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAMPLES = Path(__file__).parents[2] / "services" / "gateway" / "samples" / "calendly"
ARROWS = ("act-committed", "due-fetched", "due-committed", "due-published")
MANY = 30


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def doors(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[HurtDoors]:
    """One gateway for all scenarios."""
    async with HurtDoors(tmp_path_factory.mktemp("doors")) as opened:
        yield opened


def keys(prefix: str) -> list[str]:
    """The ids of so many deliveries."""
    return [f"{prefix}-{number}" for number in range(MANY)]


async def once_each(doors: HurtDoors, some: list[str]) -> None:
    """Each of these has been said, once."""
    wanted = {f"c-{each}" for each in some}
    said = await doors.says("invoice-paid", wanted)
    assert {key: said["invoice-paid", key] for key in wanted} == dict.fromkeys(wanted, 1)


@pytest.mark.parametrize(("name", "action"), [
    pytest.param(name, action, id=f"{name}-{action}",
                 marks=() if (name, action) in {("act-committed", "kill")} else pytest.mark.whole)
    for name in ARROWS for action in ("kill", "raise")
])  # fmt: skip
async def test_one_failure_at_an_arrow_loses_nothing_and_says_nothing_twice(
    doors: HurtDoors, name: str, action: str
) -> None:
    some = keys(f"{name}-{action}")
    await doors.arm(name, action)
    answers = await asyncio.gather(*map(doors.deliver, some))
    assert set(answers) == {202}
    await doors.was_reached(name)
    await once_each(doors, some)


async def test_repeated_and_reordered_is_said_once(doors: HurtDoors, chance: random.Random) -> None:
    some = keys("repeated")
    sent = some * 4
    chance.shuffle(sent)
    assert set(await asyncio.gather(*map(doors.deliver, sent))) == {202}
    await once_each(doors, some)


async def test_one_of_yesterday_is_refused_and_taken_once_it_is_signed_anew(
    doors: HurtDoors,
) -> None:
    assert await doors.deliver("yesterday-0", late=timedelta(days=1)) == 401
    assert await doors.deliver("yesterday-0") == 202
    await once_each(doors, ["yesterday-0"])


@pytest.mark.whole
async def test_what_is_not_signed_right_is_never_said(
    doors: HurtDoors, chance: random.Random
) -> None:
    good, at = keys("forged"), str(int(real_now().timestamp()))
    for number, own_id in enumerate(good):
        body = json.dumps({"kind": "paid", "invoice": {"ref": own_id, "client": "c-f"}}).encode()
        headers = signed(body, own_id, at, KEY)
        if number % 3 == 0:
            headers = signed(body, own_id, at, chance.randbytes(32))
        elif number % 3 == 1:
            body = body.replace(b"paid", b"Paid")
        else:
            del headers[chance.choice(sorted(headers))]
        assert await doors.post("/in/billing", body, headers) == 401
    assert (await doors.said())["invoice-paid", "c-f"] == 0


@pytest.mark.whole
async def test_who_speaks_slowly_keeps_nobody_else_from_being_heard(doors: HurtDoors) -> None:
    port = doors.plan.ports["gateway"]
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
    for number, (_, writer) in enumerate(slow):
        head = b"POST /in/billing HTTP/1.1\r\nHost: firm\r\nContent-Length: 900\r\n"
        writer.write(head if number % 2 else head + b"\r\n{")
    since = monotonic()
    assert await doors.deliver("beside-slow") == 202
    ends = await asyncio.wait_for(asyncio.gather(*(reader.read() for reader, _ in slow)), 40)
    assert monotonic() - since < 40
    assert {each[:12] for each in ends} <= {b"", b"HTTP/1.1 408"}
    for _, writer in slow:
        writer.close()
    await once_each(doors, ["beside-slow"])


@pytest.mark.whole
async def test_while_the_database_stands_still_nobody_is_told_that_it_is_kept(
    doors: HurtDoors,
) -> None:
    some = keys("no-database")
    doors.mongo_server.kill()
    sending = [asyncio.create_task(doors.deliver(each)) for each in some]
    _, waiting = await asyncio.wait(sending, timeout=5)
    assert len(waiting) == MANY
    await asyncio.to_thread(doors.mongo_server.start)
    assert set(await asyncio.gather(*sending)) == {202}
    await once_each(doors, some)


@pytest.mark.whole
async def test_a_booking_moved_while_the_gateway_dies_is_one_appointment_in_either_order(
    doors: HurtDoors, chance: random.Random
) -> None:
    client = onboarded("c-moved", "ada@client.example")
    told = cloud_event(client.TYPE, "c-moved", dict(client.to_wire()), id="moved")
    await doors.nats.jetstream().publish(
        "events.client-onboarded.c-moved", json.dumps(told).encode()
    )
    known = doors.database("gateway").collection("known_clients")
    while not await known.count_documents({"_id": "c-moved"}):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.1)
    parts: list[Any] = [
        json.loads((SAMPLES / f"{each}.json").read_text())["received"]
        for each in ("booked", "moved-old", "moved-new")
    ]
    chance.shuffle(parts)
    await doors.arm("due-committed", "kill")
    for each in parts:
        while await doors.book(each) != 202:  # noqa: ASYNC110 - a sender that tries again
            await asyncio.sleep(0.2)
    said = await doors.says("appointment-rescheduled", {"c-moved"})
    assert said["appointment-scheduled", "c-moved"] == 1
    assert said["appointment-rescheduled", "c-moved"] == 1
    assert said["appointment-cancelled", "c-moved"] == 0


OUT = ("batch-committed", "due-committed", "message-handing-over", "message-handed-over",
       "message-recorded")  # fmt: skip


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=() if name == "message-handed-over" else pytest.mark.whole)
    for name in OUT
])  # fmt: skip
async def test_killed_on_the_way_out_it_sends_all_and_a_repeat_has_the_same_id(
    doors: HurtDoors, name: str
) -> None:
    clients = [f"c-{name}-{number}" for number in range(MANY)]
    async with receiving() as receiver:
        await doors.subscribe(name, receiver.port)
        await doors.arm(name, "kill")
        await doors.close_matters(clients)
        await doors.was_reached(name)

        async def everything() -> bool:
            return {json.loads(each.body)["subject"] for each in receiver.got} >= set(clients)

        await until(everything, "every event arriving", 60)
        ids = {each.headers["webhook-id"] for each in receiver.got}
        assert len(ids) == len(clients)  # however often one came
        await doors.services.ask("gateway", {"ask": "subscriptions", "do": "remove", "name": name})
