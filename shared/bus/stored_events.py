"""What has the event stream kept? Read without a consumer, so that nobody is held up."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.engine.received_events import Received
from shared.errors import TemporaryError

AT_ONCE = 500
ANSWER_SECONDS = 10.0
NO_MORE, END_OF_BATCH = "404", "204"


async def stored_events(client: Client, stream: str, newest: int) -> AsyncIterator[Received]:
    """Every stored event up to this sequence, in stream order, read some hundreds at a time.

    Needs the right to publish on ``$JS.API.DIRECT.GET.<stream>``. TemporaryError when the stream
    does not answer, is not there, or cannot give what it is asked for: the past is never told in
    part as if it were all.
    """
    answers: asyncio.Queue[Msg] = asyncio.Queue()
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox, cb=answers.put)
    try:
        sequence = 1
        while sequence <= newest:
            question = {"seq": sequence, "next_by_subj": "events.>", "batch": AT_ONCE}
            asked = json.dumps(question).encode()
            await client.publish(f"$JS.API.DIRECT.GET.{stream}", asked, reply=inbox)
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


async def _batch(answers: "asyncio.Queue[Msg]") -> AsyncIterator[Received]:
    while True:
        try:
            message = await asyncio.wait_for(answers.get(), ANSWER_SECONDS)
        except TimeoutError:
            raise TemporaryError("the event stream does not answer") from None
        headers = message.headers or {}
        status = headers.get("Status")
        if status in (NO_MORE, END_OF_BATCH):
            return
        if status is not None:  # 503: nobody answers for the stream
            raise TemporaryError(f"the event stream does not answer: {status}")
        yield Received(
            sequence=int(headers["Nats-Sequence"]),
            subject=headers["Nats-Subject"],
            headers=headers,
            body=message.data,
            stored_at=datetime.fromisoformat(headers["Nats-Time-Stamp"]),
        )
