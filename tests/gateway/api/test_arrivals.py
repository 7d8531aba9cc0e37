"""Are deliveries kept together, each answered by what became of it, none spoiled by another?"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from services.gateway.api.arrivals import MOST_AT_ONCE, Arrivals
from services.gateway.domain.deliveries import Delivery, delivery_of, emails_in
from services.gateway.ports import DELIVERIES
from shared.contracts.envelope import Cause
from shared.errors import TemporaryError
from tests.fakes.memory import START, MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.doors import new_office


class Choosy(MemoryRuntime):
    """A database that keeps nothing in which a certain word stands."""

    def __init__(self, office: MemoryService, never: bytes = b"poison") -> None:
        super().__init__(office)
        self.never = never
        self.sizes: list[int] = []

    async def act(
        self, step: Callable[[Any], Any], needs: Callable[[Any], Iterable[Any]], *, cause: Cause,
        aside: bool = False,
    ) -> Any:  # fmt: skip
        """One step, unless the word is in it."""
        deliveries: tuple[Delivery, ...] = step.args[0]  # type: ignore[attr-defined]
        self.sizes.append(len(deliveries))
        if any(self.never in each.body for each in deliveries):
            raise ValueError("the word is in it")
        return await super().act(step, needs, cause=cause, aside=aside)


def delivery(number: int, body: bytes = b"{}") -> Delivery:
    return delivery_of("billing", f"msg-{number}", body, START)


@pytest.fixture
def database() -> Choosy:
    return Choosy(new_office()[0])


@pytest.fixture
def arrivals(database: Choosy) -> Arrivals:
    runtime: Any = database
    return Arrivals(runtime, lambda own_id: Cause("urn:t", own_id, "t", own_id, None, START))


async def test_what_arrives_during_a_commit_is_kept_by_the_next(
    arrivals: Arrivals, database: Choosy
) -> None:
    kept = await asyncio.gather(*(arrivals.keep(delivery(number)) for number in range(50)))
    assert kept == [True] * 50
    assert database.acts <= 2
    assert len(database.office.all(DELIVERIES)) == 50


async def test_a_repeated_one_is_new_once(arrivals: Arrivals) -> None:
    kept = await asyncio.gather(*(arrivals.keep(delivery(1)) for _ in range(5)))
    assert sorted(kept) == [False, False, False, False, True]


async def test_one_that_cannot_be_kept_spoils_no_other(
    arrivals: Arrivals, database: Choosy
) -> None:
    some = [delivery(number, b"poison" if number == 7 else b"{}") for number in range(20)]
    kept = await asyncio.gather(*map(arrivals.keep, some), return_exceptions=True)
    assert [number for number, each in enumerate(kept) if each is not True] == [7]
    assert isinstance(kept[7], ValueError)
    assert len(database.office.all(DELIVERIES)) == 19


async def test_while_the_database_is_away_nobody_waits_for_each_other(
    arrivals: Arrivals, database: Choosy
) -> None:
    database.failure = TemporaryError("away")
    told = await asyncio.gather(
        *(arrivals.keep(delivery(number)) for number in range(20)), return_exceptions=True
    )
    assert all(isinstance(each, TemporaryError) for each in told)
    assert database.acts <= 2
    database.failure = None
    assert await arrivals.keep(delivery(1))


async def test_a_sender_that_has_gone_takes_nothing_along(
    arrivals: Arrivals, database: Choosy
) -> None:
    gone = asyncio.create_task(arrivals.keep(delivery(1)))
    stays = asyncio.create_task(arrivals.keep(delivery(2)))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays
    assert len(database.office.all(DELIVERIES)) == 2


async def test_a_transaction_is_bounded_in_number_and_in_bytes(
    arrivals: Arrivals, database: Choosy
) -> None:
    many = [delivery(number) for number in range(MOST_AT_ONCE + 50)]
    large = [delivery(1000 + number, b"x" * 1024 * 1024) for number in range(10)]
    await asyncio.gather(*(arrivals.keep(each) for each in many + large))
    assert sum(database.sizes) == len(many) + len(large)
    assert max(database.sizes) == MOST_AT_ONCE
    assert all(size <= 4 for size in database.sizes[2:])


def test_addresses_are_found_wherever_they_stand() -> None:
    body = (
        b'{"a": "Ada@Client.example", "b": "x@", "c": "bob+1@mail.example.org, ada@client.example"}'
    )
    assert emails_in(body) == ("ada@client.example", "bob+1@mail.example.org")
    assert emails_in(b"@" * 100_000) == ()


def test_a_long_word_that_is_no_address_holds_nobody_up() -> None:
    """A pattern begun anew at each letter would take seconds for this."""
    looked: list[tuple[str, ...]] = []
    looked += [emails_in(b"x" * 1024 * 1024) for _ in range(100)]
    assert looked == [()] * 100
