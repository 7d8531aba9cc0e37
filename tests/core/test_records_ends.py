"""Are working records that are over cleared on real servers, a part at a time, and nothing else?"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared.contracts.envelope import Cause, Event
from shared.contracts.records import RecordsEnded
from shared.contracts.tasks import About, Why
from shared.engine import records_ends
from shared.engine.records import needs_of_end, take_end
from shared.engine.runtime import Runtime
from shared.people import ENDS, End
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, Task, open_task
from tests.core.conftest import Running, until
from tests.fakes.memory import START, MemoryService

LONG = 3600.0
DAY = timedelta(days=1)


def task(number: int, due_at: datetime, **changes: Any) -> Task:
    """A task about a client, done unless it is said otherwise."""
    said: dict[str, Any] = {
        "task_id": f"t-{number:03}", "kind": "contact-gap", "ref": f"matter_id:m-{number}",
        "title": "Get in touch", "why": {"event_id": "e-1", "text": "Nobody was in touch."},
        "due_at": due_at, "role": "assistant", "about": {"client_id": "c-1", "matter_id": "m-1"},
        "owner_id": "s-1", "state": "done", "decision": "done", "decided_by": "s-1",
        "decided_at": due_at,
    }  # fmt: skip
    return Task(**{**said, **changes})


async def keep(running: Running, *tasks: Task, end: End | None = None) -> None:
    """These are kept here, and it is known by now what is over."""

    def step(unit: UnitOfWork) -> None:
        for each in tasks:
            unit.put(TASKS, each)
        if end is not None:
            unit.put(ENDS, end)

    now = running.runtime.clock.now()
    needs = [TASKS.one(each.task_id) for each in tasks]
    needs += [ENDS.one(end.client_id)] if end is not None else []
    cause = Cause("urn:clientele:intake", "e-1", "records-ended", "e-1", None, now)
    await running.runtime.act(step, lambda _: needs, cause=cause)


async def carried_out(running: Running) -> bool:
    """Whether nothing is to be cleared any more."""
    return await running.db.collection(ENDS.collection).find_one({}) is None


async def consumes(running: Running) -> bool:
    return running.runtime.leases.consuming.is_set()


@pytest.fixture
def looks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks when it begins, and then only when it is told to."""
    monkeypatch.setattr(records_ends, "LOOK_SECONDS", LONG)


def an_end(running: Running, days: int = 0, client_id: str = "c-1") -> End:
    now = running.runtime.clock.now()
    return End(client_id=client_id, until=now - days * DAY, at=now, correlation_id="k-1")


@pytest.mark.usefixtures("looks_once")
async def test_of_many_tasks_that_are_over_each_leaves_its_mark(running: Running) -> None:
    await until(lambda: consumes(running))
    now = running.runtime.clock.now()
    many = 2 * records_ends.AT_ONCE + 7
    await keep(running, *(task(number, now - DAY) for number in range(many)), end=an_end(running))
    await until(lambda: carried_out(running))
    rows = await running.db.collection("tasks").find({}).to_list(None)
    assert len(rows) == many
    for row in rows:
        assert (row["d"]["title"], row["d"]["why"], row["d"]["about"]) == ("", {}, {})
        assert (row["d"]["owner_id"], row["d"]["decided_by"]) == (None, None)


@pytest.mark.usefixtures("looks_once")
async def test_what_is_open_or_younger_or_of_somebody_else_stays(running: Running) -> None:
    await until(lambda: consumes(running))
    now = running.runtime.clock.now()
    staying = [
        task(1, now - 30 * DAY, state="open", decision=None, decided_at=None, decided_by=None),
        task(2, now - DAY),
        task(3, now - 30 * DAY, decided_at=now),
        task(4, now - 30 * DAY, about={"client_id": "c-2"}),
    ]
    await keep(running, *staying, task(5, now - 30 * DAY), end=an_end(running, days=10))
    await until(lambda: carried_out(running))
    rows = await running.db.collection("tasks").find({"d.title": {"$ne": ""}}).to_list(None)
    assert {row["_id"] for row in rows} == {each.task_id for each in staying}


@pytest.mark.usefixtures("looks_once")
async def test_what_was_broken_off_is_gone_on_with(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until(lambda: consumes(running))
    now = running.runtime.clock.now()
    act = Runtime.act
    tries: list[Any] = []

    async def breaks_once(self: Runtime, step: Any, needs: Any, **more: Any) -> Any:
        if more["cause"].id.startswith("records-ended") and not tries:
            tries.append(step)
            raise ValueError("a defect")
        return await act(self, step, needs, **more)

    monkeypatch.setattr(records_ends, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(Runtime, "act", breaks_once)
    await keep(running, task(1, now - DAY), end=an_end(running))
    await until(lambda: carried_out(running))
    row = await running.db.collection("tasks").find_one({"_id": "t-001"})
    assert (len(tries), row["d"]["title"]) == (1, "")


def said(until_: datetime, at: datetime) -> Event[RecordsEnded]:
    data = RecordsEnded(client_id="c-1", until=until_, at=at)
    return Event(
        id=f"e-{at}", source="urn:clientele:intake", type=data.TYPE, version=1, time=at,
        subject="c-1", data=data, correlation_id="k-1", causation_id=None, traceparent=None,
    )  # fmt: skip


def test_an_end_that_is_heard_late_takes_nothing_back_of_a_later_one() -> None:
    office = MemoryService("intake")
    for day in (2, 1):
        event = said(START + day * DAY, START + day * DAY)
        office.act(partial(take_end, event), partial(needs_of_end, event), event.cause)
    (end,) = office.all(ENDS)
    assert end.until == START + 2 * DAY


def test_a_task_that_was_cleared_is_not_asked_again() -> None:
    office = MemoryService("intake")

    def ask(unit: UnitOfWork) -> None:
        open_task(
            unit, kind="contact-gap", ref="matter_id:m-1", about=About(client_id="c-1"),
            title="Get in touch", why=Why(event_id="e-1", text="Nobody was."), due_at=START,
        )  # fmt: skip

    office.ask(ask, lambda _: [TASKS.by("ref", "matter_id:m-1")])
    (asked,) = office.all(TASKS)
    done = task(1, START, task_id=asked.task_id, ref=asked.ref)
    end = End(client_id="c-1", until=START, at=START, correlation_id="k-1")
    office.ask(lambda unit: unit.put(TASKS, done), lambda _: [TASKS.one(done.task_id)])
    office.ask(
        lambda unit: records_ends.clear_task(done.task_id, end, unit),
        lambda _: [TASKS.one(done.task_id)],
    )
    office.announced.clear()
    office.ask(ask, lambda _: [TASKS.by("ref", "matter_id:m-1")])
    (mark,) = office.all(TASKS)
    assert (mark.title, mark.state, office.announced) == ("", "done", [])


@pytest.mark.parametrize(
    ("ref", "about"), [("matter_id:m-1", {}), ("client_id:c-1", {"client_id": "c-1"})]
)
def test_a_mark_names_its_client_only_where_the_thing_does(ref: str, about: dict[str, str]) -> None:
    office = MemoryService("intake")
    end = End(client_id="c-1", until=START, at=START, correlation_id="k-1")
    done = task(1, START, ref=ref)
    office.ask(lambda unit: unit.put(TASKS, done), lambda _: [TASKS.one(done.task_id)])
    office.ask(
        lambda unit: records_ends.clear_task(done.task_id, end, unit),
        lambda _: [TASKS.one(done.task_id)],
    )
    assert [each.about for each in office.all(TASKS)] == [about]
