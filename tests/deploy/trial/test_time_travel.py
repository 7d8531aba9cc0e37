"""Does time stop wherever something is due, and does nobody live in another's future?"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.infra.access.service_requests import Services
from deploy.infra.services import SERVICES
from deploy.trial.time_travel import (
    TOGETHER,
    NotIdleError,
    TravelNotAllowedError,
    advance,
    next_stop,
    order,
    wait_until_idle,
)
from shared.clock import real_now

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
INSTANTS = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(milliseconds=seconds))


class FakeServices:
    """Six services of which one has work that falls due; doing it takes it off the list."""

    def __init__(self, dues: Iterable[timedelta] = (), *, allowed: bool = True) -> None:
        self.offsets = dict.fromkeys(SERVICES, 0.0)
        self.dues = sorted(real_now() + due for due in dues)
        self.done: list[datetime] = []
        self.moves: list[tuple[str, float]] = []
        self.allowed = allowed
        self.busy = 0

    async def newest(self) -> int:
        return 1

    async def ask(self, service: str, question: dict[str, Any]) -> dict[str, Any]:
        if question["ask"] == "time":
            return self._time(service, question)
        self.busy = max(self.busy - 1, 0)
        idle = service != "reminders" or self.busy == 0
        if service == "reminders" and idle:
            self._work()
        due = self.dues[0].isoformat() if service == "reminders" and self.dues else None
        return {"idle": idle, "waiting_for": [] if idle else ["timers"], "next_due": due}

    async def ask_all(
        self, question: dict[str, Any], names: Iterable[str] = SERVICES
    ) -> dict[str, dict[str, Any]]:
        return {name: await self.ask(name, question) for name in names}

    def now(self, service: str = "reminders") -> datetime:
        return real_now() + timedelta(seconds=self.offsets[service])

    def _time(self, service: str, question: dict[str, Any]) -> dict[str, Any]:
        if "offset_seconds" in question:
            assert question["offset_seconds"] >= self.offsets[service], "time went back"
            self.offsets[service] = question["offset_seconds"]
            self.moves.append((service, question["offset_seconds"]))
        return {
            "now": self.now(service).isoformat(),
            "travel_allowed": self.allowed,
            "offset_seconds": self.offsets[service],
        }

    def _work(self) -> None:
        while self.dues and self.dues[0] <= self.now():
            assert all(self.now(each) >= self.dues[0] for each in SERVICES), "told of the future"
            self.done.append(self.dues.pop(0))


def as_services(fake: FakeServices) -> Services:
    return cast("Services", fake)


def nothing(stop: datetime, target: datetime) -> None:
    del stop, target


def test_the_next_stop_is_the_earliest_due_instant() -> None:
    due = {"reminders": NOON, "desk": NOON + timedelta(hours=1), "intake": None}
    assert next_stop(due, NOON + timedelta(days=1)) == NOON + TOGETHER


def test_without_anything_due_the_next_stop_is_the_target() -> None:
    assert next_stop(dict.fromkeys(SERVICES), NOON) == NOON


@given(st.dictionaries(st.sampled_from(SERVICES), st.none() | INSTANTS), INSTANTS)
def test_a_stop_never_lies_behind_the_target(due: Any, target: datetime) -> None:
    assert next_stop(due, target) <= target


@given(st.dictionaries(st.sampled_from(SERVICES), st.none() | INSTANTS), INSTANTS)
def test_whoever_has_something_to_do_is_moved_after_all_others(due: Any, stop: datetime) -> None:
    first, *then = order(due, stop)
    assert sorted([*first, *(name for group in then for name in group)]) == sorted(due)
    assert all(due[name] is None or due[name] > stop for name in first)
    assert all(len(group) == 1 for group in then)


async def test_everything_due_on_the_way_is_done_in_its_turn() -> None:
    fake = FakeServices([timedelta(hours=1), timedelta(days=2), timedelta(days=9)])
    journey = await advance(as_services(fake), timedelta(days=3), nothing)
    assert len(fake.done) == 2
    assert len(fake.dues) == 1
    assert journey.steps == 3


async def test_afterwards_every_service_has_the_same_time() -> None:
    fake = FakeServices([timedelta(hours=1)])
    journey = await advance(as_services(fake), timedelta(days=3), nothing)
    assert len(set(fake.offsets.values())) == 1
    assert abs(journey.now - fake.now()) < timedelta(seconds=1)


async def test_what_is_due_within_a_second_is_one_step() -> None:
    fake = FakeServices([timedelta(hours=1), timedelta(hours=1, milliseconds=400)])
    journey = await advance(as_services(fake), timedelta(hours=2), nothing)
    assert journey.steps == 2


async def test_a_service_that_stayed_behind_is_brought_along_first() -> None:
    fake = FakeServices()
    fake.offsets["reminders"] = 3600.0
    await advance(as_services(fake), timedelta(hours=1), nothing)
    assert min(fake.offsets.values()) >= 7200.0 - 1


async def test_where_time_may_not_be_moved_nothing_moves() -> None:
    fake = FakeServices(allowed=False)
    with pytest.raises(TravelNotAllowedError):
        await advance(as_services(fake), timedelta(days=1), nothing)
    assert fake.moves == []


async def test_rest_is_waited_for() -> None:
    fake = FakeServices()
    fake.busy = 12
    await wait_until_idle(as_services(fake))
    assert fake.busy == 0


async def test_rest_is_not_seen_in_one_look() -> None:
    """An event is stored a moment before it counts as waiting for somebody."""
    fake = FakeServices()
    stored = iter([1, 1, 2, 2, 2])

    async def newest() -> int:
        return next(stored)

    fake.newest = newest  # type: ignore[method-assign]  # one more event, after a calm round
    await wait_until_idle(as_services(fake))
    assert next(stored, None) is None


async def test_a_service_that_never_rests_is_named() -> None:
    fake = FakeServices()
    fake.busy = 10**9
    with pytest.raises(NotIdleError, match="reminders: timers"):
        await wait_until_idle(as_services(fake), seconds=0.1)
