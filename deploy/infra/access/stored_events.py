"""What has the event stream kept? Read without a consumer, so that nobody is held up."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from deploy.infra.access.service_requests import ServiceAwayError
from deploy.infra.grants import STREAM
from shared.engine.received_events import Received

AT_ONCE = 500
ANSWER_SECONDS = 10.0
NO_MORE = ("404", "408")
END_OF_BATCH = "204"
DIRECT_GET = f"$JS.API.DIRECT.GET.{STREAM}"


async def kept_events(client: Client, newest: int) -> AsyncIterator[Received]:
    """Every stored event up to this sequence, in stream order, read some hundreds at a time.

    No consumer is made and nobody is held up. Raises ServiceAwayError when the stream is silent.
    """
    answers: asyncio.Queue[Msg] = asyncio.Queue()
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox, cb=answers.put)
    try:
        sequence = 1
        while sequence <= newest:
            question = {"seq": sequence, "next_by_subj": "events.>", "batch": AT_ONCE}
            await client.publish(DIRECT_GET, json.dumps(question).encode(), reply=inbox)
            last = sequence
            async for received in _batch(answers):
                if received.sequence > newest:
                    return
                last = received.sequence + 1
                yield received
            if last == sequence:
                return
            sequence = last
    finally:
        await subscription.unsubscribe()


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
    if headers.get("Status") in NO_MORE:
        return None
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


async def _batch(answers: "asyncio.Queue[Msg]") -> AsyncIterator[Received]:
    while True:
        try:
            message = await asyncio.wait_for(answers.get(), ANSWER_SECONDS)
        except TimeoutError:
            raise ServiceAwayError("the event stream does not answer") from None
        headers = message.headers or {}
        if headers.get("Status") in (*NO_MORE, END_OF_BATCH):
            return
        yield Received(
            sequence=int(headers["Nats-Sequence"]),
            subject=headers["Nats-Subject"],
            headers=headers,
            body=message.data,
            stored_at=datetime.fromisoformat(headers["Nats-Time-Stamp"]),
        )
