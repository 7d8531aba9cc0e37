"""How are requests of other services answered?

FastStream subscribers on core NATS, ``<verb>.<service>``, one queue group per service so that any
replica answers. What goes wrong is an answer too: the asker sees at once whether, and why not.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from faststream import BaseMiddleware
from faststream.message import StreamMessage
from faststream.nats import NatsBroker
from pydantic import BaseModel, ValidationError

from shared.contracts.requests import BRANCH, Answer, Refusal, Refused, RequestType, refusal
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.errors import ClienteleError, RuleError, TemporaryError
from shared.telemetry.fingerprints import fingerprint, places_of
from shared.telemetry.logs import log


class DefectError(Exception):
    """Something of our own is not valid while a valid request is answered."""


Answering = Callable[[Any], Awaitable[Answer]]
AT_ONCE = 32  # requests of all verbs together; more wait here, begun and counted
MOST_BYTES = 2 * MAX_EVENT_BYTES - 1024  # what a message may have, but for its headers
TOO_LARGE = refusal("too-large", "There is more of this than one answer can carry.")
BEGUN_AT_MOST = 1024  # of one verb; more wait in the client's own buffer


class JsonCodec:
    """Requests and answers as JSON, whatever content type a foreign client names."""

    async def decode(self, msg: StreamMessage[Any]) -> Any:
        """The JSON of a request; what is none stays bytes, which no request is valid as."""
        try:
            return json.loads(msg.body or b"{}")
        except (ValueError, RecursionError):
            return msg.body

    async def encode(self, msg: Any, serializer: Any = None) -> tuple[bytes, str | None]:
        """A model without the fields never set; instants and the like as people read them."""
        del serializer
        if isinstance(msg, bytes):
            return msg, None
        said = msg.model_dump(exclude_unset=True) if isinstance(msg, BaseModel) else msg
        body = json.dumps(said, default=str).encode()
        if len(body) > MOST_BYTES:  # NATS would take none of it, and whoever asks would wait
            log.error("answer_too_large", bytes=len(body), answer=type(msg).__name__)
            body = Refused(refused=TOO_LARGE).model_dump_json(exclude_unset=True).encode()
        return body, "application/json"


class AtOnce:
    """A middleware: so many requests are answered at once, of all verbs together."""

    def __init__(self, places: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(places)

    def __call__(self, msg: Any, /, *, context: Any) -> BaseMiddleware:
        """FastStream asks for one object per message."""
        return _Place(msg, context=context, places=self._places)


class _Place(BaseMiddleware):
    def __init__(self, msg: Any, /, *, context: Any, places: asyncio.Semaphore) -> None:
        super().__init__(msg, context=context)
        self._places = places

    async def consume_scope(self, call_next: Any, msg: StreamMessage[Any]) -> Any:
        async with self._places:
            return await call_next(msg)


class Refusals:
    """The one middleware for what goes wrong: every failure becomes an answer that says no."""

    def __init__(self, by_subject: Mapping[str, RequestType]) -> None:
        self._by_subject = by_subject

    def __call__(self, msg: Any, /, *, context: Any) -> BaseMiddleware:
        """FastStream asks for one object per message."""
        return _Refusing(msg, context=context, by_subject=self._by_subject)


class _Refusing(BaseMiddleware):
    def __init__(self, msg: Any, /, *, context: Any, by_subject: Mapping[str, RequestType]) -> None:
        super().__init__(msg, context=context)
        self._by_subject = by_subject

    async def consume_scope(self, call_next: Any, msg: StreamMessage[Any]) -> Any:
        try:
            return await call_next(msg)
        except Exception as failure:
            subject = msg.raw_message.subject
            no = refusal_of(failure)
            if no is None:
                log.error("request_failed", request=subject, error=type(failure).__name__,
                          fingerprint=fingerprint(failure), frames=places_of(failure))  # fmt: skip
                no = refusal("failed", "This could not be answered; see the logs.")
            return self._by_subject[subject].no(no)


def refusal_of(failure: Exception) -> Refusal | None:
    """What an asker is told of this failure; None: nothing but that there was one."""
    match failure:
        case ValidationError():
            return _invalid(failure)
        case RuleError():
            return refusal(failure.code, failure.message, failure.field)
        case TemporaryError():
            return refusal("try-again", failure.message)
        case ClienteleError():
            return refusal("failed", failure.message)
    return None


def _invalid(failure: ValidationError) -> Refusal:
    """The first field that was refused; nothing of what was sent is repeated."""
    first = failure.errors(include_url=False, include_context=False)[0]
    if isinstance(first["input"], bytes):
        return refusal("invalid", "The request is not JSON.")
    parts = [str(part) for part in first["loc"][1:]]  # the first names our own parameter
    field = ".".join(part for part in parts if not part.startswith(BRANCH))
    if not field:
        return refusal("invalid", "The request is not a JSON object.")
    return refusal("invalid", f"{field} is missing or not valid.", field)


def subscribe(
    broker: NatsBroker,
    service: str,
    requests: Iterable[RequestType],
    answers: Mapping[str, Answering],
) -> None:
    """One subscriber per request; ``answers`` (by verb) are looked up when somebody asks."""
    by_subject = {f"{each.verb}.{service}": each for each in requests}
    broker.add_middleware(AtOnce())
    broker.add_middleware(Refusals(by_subject))
    for subject, request in by_subject.items():
        broker.subscriber(
            subject,
            service,
            max_workers=BEGUN_AT_MOST,
            title=subject,
            description=request.about,
        )(_handler(request, answers))


def _handler(request: RequestType, answers: Mapping[str, Answering]) -> Callable[..., Any]:
    async def handle(asked: Any) -> Any:
        try:
            return await answers[request.verb](asked)
        except ValidationError as defect:  # ours, not the asker's
            raise DefectError from defect

    handle.__annotations__ = {"asked": request.asked}
    handle.__name__ = request.verb
    return handle
