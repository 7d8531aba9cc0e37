"""Is each claimed document handed over once or put back, whatever goes wrong around it?"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.channels import HAND_OVER_TIME, HandsOver, Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed, HandOver
from shared.engine.tracing import Tracing
from shared.errors import RuleError, TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Parcel:
    """Something to be handed over."""

    name: str
    to: str
    mine: bool = True


class Carrier:
    """A channel that does as told, parcel by parcel."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.does: dict[str, Outcome | Exception] = {}
        self.after_each: Any = lambda: None

    async def hand_over(self, message: str, _: float = 0.0) -> Outcome:
        await asyncio.sleep(0)
        self.given.append(message)
        self.after_each()
        found = self.does.get(message, Outcome(Result.HANDED_OVER))
        if isinstance(found, Exception):
            raise found
        return found


class Parcels:
    """The work of a service that hands parcels over."""

    at_once = 1

    def __init__(self) -> None:
        self.carrier = Carrier()
        self.outcomes: dict[str, Outcome] = {}
        self.made_of: dict[str, Exception] = {}
        self.held: bool | Exception = False
        self.unrecordable: set[str] = set()
        self.looks = 0

    def is_mine(self, document: Parcel) -> bool:
        return document.mine

    def claimed_until(self, document: Parcel) -> datetime | None:
        assert document.mine
        return NOW + HAND_OVER_TIME

    def recipient(self, document: Parcel) -> str:
        return document.to

    def channel(self, _: Parcel) -> HandsOver[str]:
        return self.carrier

    async def message(self, _: Any, document: Parcel) -> str | Outcome:
        await asyncio.sleep(0)
        if document.name in self.made_of:
            raise self.made_of[document.name]
        return document.name

    async def is_held(self, _: Any) -> bool:
        await asyncio.sleep(0)
        self.looks += 1
        if isinstance(self.held, Exception):
            raise self.held
        return self.held

    def needs(self, document: Parcel, _: ReadSoFar) -> Iterable[Need]:
        assert document.mine
        return []

    def cause(self, _: Any, document: Parcel) -> Cause:
        return Cause("urn:test", document.name, "handed-over", document.name, None, NOW)

    def record(self, handed: Handed[Parcel, str], unit: UnitOfWork) -> None:
        assert unit.now == NOW
        if handed.document.name in self.unrecordable:
            raise RuleError("not this one")
        self.outcomes[handed.document.name] = handed.outcome

    def timing(self) -> AbstractContextManager[object]:
        return nullcontext()

    def count(self, batch: Sequence[Handed[Parcel, str]]) -> None:
        """Nobody counts."""

    def results(self) -> dict[str, str]:
        return {name: outcome.result.value for name, outcome in sorted(self.outcomes.items())}


class Process:
    """What the hand-over uses of a running service."""

    name = "parcels"
    leaving = False
    tracing = Tracing()

    async def database_now(self) -> datetime:
        return NOW

    async def act(self, step: Any, _: Any, *, cause: Cause) -> None:
        unit = UnitOfWork(self.name, NOW)
        with unit.working_on(cause):
            step(unit)


@pytest.fixture
def parcels() -> Parcels:
    return Parcels()


async def hand_over(parcels: Parcels, *names: str, to: str | None = None) -> None:
    process: Any = Process()
    await HandOver(parcels)(process, [Parcel(name, to or name) for name in names])


async def test_each_is_handed_over_once(parcels: Parcels) -> None:
    await hand_over(parcels, "a", "b", "c")
    assert parcels.carrier.given == ["a", "b", "c"]
    assert parcels.results() == {"a": "sent", "b": "sent", "c": "sent"}


async def test_what_is_in_other_hands_is_left_alone(parcels: Parcels) -> None:
    process: Any = Process()
    await HandOver(parcels)(process, [replace(Parcel("a", "a"), mine=False)])
    assert (parcels.carrier.given, parcels.outcomes) == ([], {})


async def test_a_hold_in_the_middle_of_a_batch_stops_the_rest(
    parcels: Parcels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.engine.hold.FRESH_SECONDS", 0.0)

    def hold() -> None:
        parcels.held = True

    parcels.carrier.after_each = hold
    await hand_over(parcels, "a", "b", "c")
    assert parcels.results() == {"a": "sent", "b": "not-tried", "c": "not-tried"}


async def test_nobody_can_say_whether_all_is_held_so_nothing_goes(parcels: Parcels) -> None:
    parcels.held = TemporaryError("the database is away")
    await hand_over(parcels, "a")
    assert parcels.results() == {"a": "not-tried"}


async def test_a_new_batch_asks_anew_whether_all_is_held(parcels: Parcels) -> None:
    process: Any = Process()
    handing_over = HandOver(parcels)
    await handing_over(process, [Parcel("a", "a")])
    parcels.held = True
    await handing_over(process, [Parcel("b", "b")])
    assert parcels.results() == {"a": "sent", "b": "not-tried"}


async def test_one_look_serves_many_messages(parcels: Parcels) -> None:
    await hand_over(parcels, *(str(number) for number in range(50)))
    assert parcels.looks < 50


async def test_a_channel_that_breaks_on_one_message_ends_nothing(parcels: Parcels) -> None:
    parcels.carrier.does["b"] = UnicodeError("no such label")
    await hand_over(parcels, "a", "b", "c")
    assert parcels.results() == {"a": "sent", "b": "unknown", "c": "sent"}
    assert parcels.outcomes["b"].reason == "hand-over-failed"


@pytest.mark.parametrize(
    ("failure", "result", "reason"),
    [
        (RuleError("none", code="no-link"), Result.REFUSED_HERE, "no-link"),
        (TemporaryError("away"), Result.RETRY, "away"),
        (ValueError("a bug"), Result.REFUSED_HERE, "cannot-be-made"),
    ],
)
async def test_a_message_that_cannot_be_made_ends_nothing(
    parcels: Parcels, failure: Exception, result: Result, reason: str
) -> None:
    parcels.made_of["a"] = failure
    await hand_over(parcels, "a", "b")
    assert parcels.outcomes["a"] == Outcome(result, reason)
    assert parcels.carrier.given == ["b"]


async def test_an_outcome_that_cannot_be_recorded_loses_no_other(parcels: Parcels) -> None:
    parcels.unrecordable = {"b"}
    await hand_over(parcels, "a", "b", "c")
    assert parcels.results() == {"a": "sent", "c": "sent"}


async def test_once_refused_the_others_to_the_same_recipient_are_put_back(
    parcels: Parcels,
) -> None:
    parcels.carrier.does["a"] = Outcome(Result.REFUSED, "550")
    await hand_over(parcels, "a", "b", to="x")
    assert parcels.results() == {"a": "refused", "b": "not-tried"}
