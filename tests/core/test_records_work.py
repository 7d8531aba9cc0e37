"""Is what was ordered about a person's records carried out at once, and each order by itself?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.envelope import Cause
from shared.engine import records_work
from shared.engine.records import ORDERS, Order, Part
from shared.engine.runtime import Runtime
from shared.state.unit_of_work import UnitOfWork
from tests.core.conftest import Running, until

LONG = 3600.0


async def ordered(running: Running, *ids: str, same_person: Sequence[str] = ()) -> None:
    """These orders come by an event that this process has consumed."""
    now = running.runtime.clock.now()

    async def consumes() -> bool:
        return running.runtime.leases.consuming.is_set()

    await until(consumes)

    def step(unit: UnitOfWork) -> None:
        for n, id in enumerate(ids):
            unit.put(ORDERS, Order(
                order_id=id, request_id=id, do="export", correlation_id=id,
                ordered_at=now + n * timedelta(milliseconds=1),
                client_id="c-same" if id in same_person else f"c-{id}",
                source="urn:clientele:intake", event_id=f"e-{id}",
            ))  # fmt: skip

    cause = Cause("urn:clientele:intake", ids[0], "records-ordered", ids[0], None, now)
    needs = [ORDERS.one(id) for id in ids]
    await running.runtime.act(step, lambda _: needs, cause=cause)


async def state_of(running: Running, id: str) -> str:
    """What has become of an order."""
    row = await running.db.collection(ORDERS.collection).find_one({"_id": id})
    return str(row["d"]["state"])


@pytest.fixture
def looks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks when it begins, and then only when it is told to."""
    monkeypatch.setattr(records_work, "LOOK_SECONDS", LONG)


@pytest.mark.usefixtures("looks_once")
async def test_an_order_is_carried_out_without_waiting_for_the_next_look(
    running: Running,
) -> None:
    await ordered(running, "r-1")

    async def done() -> bool:
        return await state_of(running, "r-1") == "done"

    await until(done)


@pytest.mark.usefixtures("looks_once")
async def test_an_order_that_fails_keeps_no_order_about_others_waiting(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = records_work.carry_out

    async def one_fails(runtime: Runtime, parts: Sequence[Part[Any]], order: Order) -> bool:
        if order.order_id == "r-1":
            raise ValueError("a defect")
        return await carry_out(runtime, parts, order)

    monkeypatch.setattr(records_work, "carry_out", one_fails)
    await ordered(running, "r-1", "r-2", "r-3", same_person=("r-1", "r-3"))

    async def done() -> bool:
        return await state_of(running, "r-2") == "done"

    await until(done)
    assert await state_of(running, "r-1") == "open"
    assert await state_of(running, "r-3") == "open"  # about whom something waits
