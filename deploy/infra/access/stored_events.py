"""What has the event stream kept? Read without a consumer, so that nobody is held up."""

import json
from collections.abc import AsyncIterator
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy.infra.access.service_requests import ServiceAwayError
from deploy.infra.grants import STREAM
from shared.bus.stored_events import NO_MORE, stored_events
from shared.engine.received_events import Received
from shared.errors import TemporaryError

DIRECT_GET = f"$JS.API.DIRECT.GET.{STREAM}"


async def kept_events(client: Client, newest: int) -> AsyncIterator[Received]:
    """Every stored event up to this sequence, in stream order.

    No consumer is made and nobody is held up. Raises ServiceAwayError when the stream is silent.
    """
    try:
        async for received in stored_events(client, STREAM, newest):
            yield received
    except TemporaryError as silent:
        raise ServiceAwayError(silent.message) from None


async def next_event(client: Client, wanted: str, sequence: int) -> dict[str, Any] | None:
    """The first stored event on a subject from a sequence on; None when there is none yet.

    ``sequence``, ``stored_at``, ``nats_subject`` and ``event``: its JSON, or its bytes as text
    when it is none. Raises ServiceAwayError when the stream is silent.
    """
    question = {"seq": sequence, "next_by_subj": wanted}
    try:
        answer = await client.request(DIRECT_GET, json.dumps(question).encode(), timeout=5.0)
    except NatsError as error:
        raise ServiceAwayError(f"the event stream does not answer: {error}") from error
    headers = answer.headers or {}
    status = headers.get("Status")
    if status == NO_MORE:
        return None
    if status is not None:
        raise ServiceAwayError(f"the event stream does not answer: {status}")
    return {
        "sequence": int(headers["Nats-Sequence"]),
        "stored_at": headers["Nats-Time-Stamp"],
        "nats_subject": headers["Nats-Subject"],
        "event": _content(answer.data),
    }


def _content(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="backslashreplace")
