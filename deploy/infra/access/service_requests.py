"""How does an operator's program ask the services that run, and the event stream?

Over NATS as the user ``cli``, which may ask ``ops.<service>`` and read the stream; it has no way to
the databases.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError
from pydantic import BaseModel, ValidationError

from deploy.infra.access.connecting import join, say_nothing
from deploy.infra.grants import STREAM
from deploy.infra.services import SERVICES
from shared.bus.given_to_one import GivenToOne, Request
from shared.errors import ClienteleError

ANSWER_SECONDS = 5.0
SAME_EACH_TIME = frozenset({"time", "idle", "ledger", "figures"})  # what may be asked twice

Json = dict[str, Any]
M = TypeVar("M", bound=BaseModel)


class ServiceAwayError(ClienteleError):
    """A service does not answer."""


class RefusedError(ClienteleError):
    """A service refused the request."""


class Services:
    """The running services, as the command line may ask them."""

    def __init__(self, client: Client, seconds: float = ANSWER_SECONDS) -> None:
        self.client = client
        self._seconds = seconds  # for an answer
        self._given = GivenToOne()

    async def ask(self, service: str, question: Json, seconds: float | None = None) -> Json:
        """One service's answer; raises when it is away or says no.

        One that begins anew is waited for: it is not said to be away for that moment.
        """
        subject = f"ops.{service}"
        asked = partial(self.client.request, subject, json.dumps(question).encode())
        if question.get("ask") in SAME_EACH_TIME:
            asked = partial(self._though_cut_off, asked)
        answer = await _answered(self._given.ask(subject, seconds or self._seconds, asked), service)
        if "refused" in answer:
            raise RefusedError(f"{service}: {answer['refused']['message']}")
        return answer

    async def ask_all(self, question: Json, names: Iterable[str] = SERVICES) -> dict[str, Json]:
        """The answers of several services, asked at once."""
        asked = list(names)
        answers = await asyncio.gather(*(self.ask(name, question) for name in asked))
        return dict(zip(asked, answers, strict=True))

    async def newest(self) -> int:
        """The sequence of the newest event in the stream."""
        return int((await self._stream({}))["state"]["last_seq"])

    async def stored(self) -> dict[str, int]:
        """How many events the stream holds, by subject."""
        info = await self._stream({"subjects_filter": "events.>"})
        return dict(info["state"].get("subjects") or {})

    async def heard_by(self, service: str) -> tuple[str, ...]:
        """The subjects a service's durable consumer is given."""
        subject = f"$JS.API.CONSUMER.INFO.{STREAM}.{service}"
        config = (await self._request(subject, {}, "the event stream"))["config"]
        one = config.get("filter_subject")
        return (one,) if one else tuple(config.get("filter_subjects") or ("events.>",))

    async def _stream(self, question: Json) -> Json:
        return await self._request(f"$JS.API.STREAM.INFO.{STREAM}", question, "the event stream")

    async def _request(self, subject: str, question: Json, who: str) -> Json:
        asked = partial(self.client.request, subject, json.dumps(question).encode())
        return await _answered(self._though_cut_off(asked, self._seconds), who)

    async def _though_cut_off(self, asked: Request, seconds: float) -> Msg:
        """The answer; asked once more where this program was cut off meanwhile: it may be lost."""
        before = self.client.stats["reconnects"]
        try:
            return await asked(seconds)
        except NatsTimeoutError:
            if self.client.stats["reconnects"] == before:
                raise
            return await asked(seconds)


async def _answered(request: Awaitable[Msg], who: str) -> Json:
    try:
        reply = await request
    except NoRespondersError:
        raise ServiceAwayError(f"{who} is not running: see clientele doctor") from None
    except NatsError as error:
        raise ServiceAwayError(f"{who} does not answer: {error}") from error
    answer: Json = json.loads(reply.data)
    return answer


def told(model: type[M], answer: Json) -> M:
    """An answer as the model it is one of; raises ServiceAwayError where it is none."""
    try:
        return model.model_validate(answer)
    except ValidationError as other:
        raise ServiceAwayError("a service answers in the words of another release") from other


@asynccontextmanager
async def services_at(
    url: str, patience: Mapping[str, Any] = MappingProxyType({}), seconds: float = ANSWER_SECONDS
) -> AsyncIterator[Services]:
    """A connection for as long as it is needed; raises ServiceAwayError where nobody answers."""
    try:
        client = await join(url, inbox_prefix=b"inbox.cli", error_cb=say_nothing, **patience)
    except (NatsError, OSError) as error:
        raise ServiceAwayError(f"the event stream does not answer: {error}") from error
    try:
        yield Services(client, seconds)
    finally:
        await client.close()
