"""What does whoever asks a service hear, whatever they ask and whatever goes wrong?

Tried on FastStream's broker for tests: the models, the codec and the middlewares are the real ones.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from faststream.nats import NatsBroker, TestNatsBroker
from prometheus_client import CollectorRegistry
from pydantic import TypeAdapter

from deploy.infra.nats.configuration import MAX_PAYLOAD_KIB
from shared.bus.connection import broker_at
from shared.bus.request_metrics import metrics_of
from shared.bus.request_reply import AT_ONCE, MOST_BYTES, subscribe
from shared.contracts.requests import Answer, Asked, RequestType, one_of
from shared.errors import (
    NobodyAnswersError,
    PermanentError,
    RuleError,
    StaleVersionError,
    TemporaryError,
)
from shared.requests.decisions import DECISIONS


class Name(Asked):
    """The sample's question."""

    name: str
    number: int = 0


class Greeting(Answer):
    """The sample's answer."""

    text: str | None = None
    at: Any = None
    more: str = "never set"


class Hour(Asked):
    """One of two questions."""

    ask: Literal["hour"]
    zone: int


class Day(Asked):
    """The other."""

    ask: Literal["day"] = "day"


GREET = RequestType("greet", "Greets.", Name, (Greeting,))
WHEN = RequestType(
    "when", "Tells.", one_of("When", "When.", {"day": Day, "hour": Hour}, "day"), (Greeting,)
)
Greet = Callable[[Any], Awaitable[Answer]]


async def hello(asked: Name) -> Answer:
    """The sample's answer when nothing goes wrong."""
    return Greeting(text=f"hello {asked.name}", at=None)


@asynccontextmanager
async def serving(
    answer: Greet, registry: CollectorRegistry | None = None
) -> AsyncIterator[NatsBroker]:
    """The sample service, without a server."""
    broker = broker_at("nats://localhost:4222")
    answers = {"greet": answer, "when": answer, "decisions": answer}
    subscribe(broker, "sample", [GREET, WHEN, DECISIONS], answers)
    if registry is not None:
        broker.add_middleware(metrics_of("sample", registry))
    async with TestNatsBroker(broker) as serving:
        yield serving


async def ask(broker: NatsBroker, body: Any, subject: str = "greet.sample") -> Any:
    """The JSON of the answer."""
    reply = await broker.request(body, subject, timeout=30)
    return json.loads(reply.body)


def failing_with(failure: Exception) -> Greet:
    """An answer that fails."""

    async def fail(asked: Any) -> Answer:
        del asked
        raise failure

    return fail


async def test_an_answer_leaves_out_what_was_never_set_and_keeps_what_was_set_to_nothing() -> None:
    async with serving(hello) as broker:
        assert await ask(broker, {"name": "Ada"}) == {"text": "hello Ada", "at": None}


async def test_an_answer_that_no_message_can_carry_says_so_instead_of_nothing() -> None:
    async def answer(asked: Any) -> Answer:
        del asked
        return Greeting(text="x" * MOST_BYTES)

    async with serving(answer) as broker:
        told = await ask(broker, {"name": "Ada"})
    assert told["refused"]["code"] == "too-large"


def test_the_most_an_answer_may_have_is_what_the_server_takes() -> None:
    headers = 1024
    assert MOST_BYTES + headers == MAX_PAYLOAD_KIB * 1024


@pytest.mark.parametrize("depth", [200, 900, 5_000, 100_000])
async def test_a_request_nested_without_end_is_answered(depth: int) -> None:
    async with serving(hello) as broker:
        answer = await ask(broker, b'{"name": ' + b"[" * depth + b"]" * depth + b"}")
        assert answer["refused"]["code"] == "invalid"
        decided = await ask(broker, b"[" * depth + b"]" * depth, "decisions.sample")
        assert decided["refused"]["code"] == "invalid"


async def test_an_instant_is_told_as_people_read_it() -> None:
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

    async def answer(asked: Any) -> Answer:
        del asked
        return Greeting(at=at)

    async with serving(answer) as broker:
        assert await ask(broker, {"name": "Ada"}) == {"at": str(at)}


@pytest.mark.parametrize(
    ("failure", "no"),
    [
        (RuleError("Not so."), {"code": "refused", "message": "Not so."}),
        (
            RuleError("Not so.", code="missing", field="note"),
            {"code": "missing", "message": "Not so.", "field": "note"},
        ),
        (
            StaleVersionError("It was changed."),
            {"code": "stale-version", "message": "It was changed."},
        ),
        (TemporaryError("It is away."), {"code": "try-again", "message": "It is away."}),
        (NobodyAnswersError("Away."), {"code": "try-again", "message": "Away."}),
        (PermanentError("It cannot be."), {"code": "failed", "message": "It cannot be."}),
        (
            KeyError("a secret"),
            {"code": "failed", "message": "This could not be answered; see the logs."},
        ),
    ],
)
async def test_whatever_goes_wrong_is_an_answer_that_says_so(
    failure: Exception, no: dict[str, str]
) -> None:
    async with serving(failing_with(failure)) as broker:
        assert await ask(broker, {"name": "Ada"}) == {"refused": no}


@pytest.mark.parametrize(
    ("asked", "field"),
    [({}, "name"), ({"name": 7}, "name"), ({"name": "Ada", "number": "many"}, "number")],
)
async def test_what_is_not_valid_is_refused_with_its_field_and_never_answered(
    asked: dict[str, Any], field: str
) -> None:
    async with serving(failing_with(AssertionError("it was answered"))) as broker:
        no = {"code": "invalid", "message": f"{field} is missing or not valid.", "field": field}
        assert await ask(broker, asked) == {"refused": no}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "The request is not JSON."),
        (b"\xff", "The request is not JSON."),
        (b"[1, 2]", "The request is not a JSON object."),
        (b"7", "The request is not a JSON object."),
    ],
)
@pytest.mark.parametrize("subject", ["greet.sample", "when.sample"])
async def test_what_is_no_object_is_refused(body: bytes, message: str, subject: str) -> None:
    async with serving(hello) as broker:
        no = {"code": "invalid", "message": message}
        assert await ask(broker, body, subject) == {"refused": no}


async def test_what_is_not_known_is_ignored() -> None:
    async with serving(hello) as broker:
        assert (await ask(broker, {"name": "Ada", "later": True}))["text"] == "hello Ada"


async def test_a_defect_of_ours_is_never_said_to_be_the_askers_fault() -> None:
    async def answer(asked: Any) -> Answer:
        del asked
        return TypeAdapter(Greeting).validate_python({"text": 7})

    async with serving(answer) as broker:
        assert (await ask(broker, {"name": "Ada"}))["refused"]["code"] == "failed"


async def test_one_of_several_questions_is_known_by_its_name() -> None:
    async def answer(asked: Any) -> Answer:
        return Greeting(text=type(asked.root).__name__)

    async with serving(answer) as broker:
        assert await ask(broker, {"ask": "hour", "zone": 1}, "when.sample") == {"text": "Hour"}
        assert await ask(broker, {}, "when.sample") == {"text": "Day"}
        unknown = await ask(broker, {"ask": "year"}, "when.sample")
        assert unknown["refused"] == {
            "code": "unknown-request", "message": "Ask one of: day, hour.", "field": "ask",
        }  # fmt: skip
        invalid = await ask(broker, {"ask": "hour"}, "when.sample")
        assert invalid["refused"]["field"] == "zone"


async def test_a_decision_that_is_not_valid_is_not_accepted() -> None:
    async with serving(hello) as broker:
        answer = await ask(broker, {"decision_id": "d-1"}, "decisions.sample")
        assert answer["accepted"] is False
        assert answer["refused"]["field"] == "task_id"


async def test_no_more_than_so_many_are_answered_at_once() -> None:
    running, most, let_go = 0, 0, asyncio.Event()

    async def answer(asked: Any) -> Answer:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == AT_ONCE:
            let_go.set()
        await let_go.wait()
        running -= 1
        return await hello(asked)

    async with serving(answer) as broker:
        asked = (ask(broker, {"name": str(each)}) for each in range(3 * AT_ONCE))
        answers = await asyncio.gather(*asked)
    assert len(answers) == 3 * AT_ONCE
    assert most == AT_ONCE


async def test_requests_are_counted_by_subject_and_never_by_who_asked() -> None:
    registry = CollectorRegistry()
    async with serving(hello, registry) as broker:
        for _ in range(3):
            await ask(broker, {"name": "Ada"})
        await ask(broker, {})
    labels = {"app_name": "sample", "broker": "nats", "handler": "greet.sample"}
    counted = registry.get_sample_value
    assert counted("requests_received_messages_total", labels) == 4
    failed = {**labels, "exception_type": "ValidationError"}
    assert counted("requests_received_processed_messages_exceptions_total", failed) == 1
    destinations = {
        sample.labels["destination"]
        for metric in registry.collect()
        for sample in metric.samples
        if "destination" in sample.labels
    }
    assert destinations <= {"reply"}
