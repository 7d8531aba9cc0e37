"""How often was a question put to NATS? Counted, because seconds say as much of the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg


@contextmanager
def questions_put(client: Client) -> Iterator[list[str]]:
    """The subjects asked meanwhile, each as often as it was put."""
    put: list[str] = []
    request = client.request

    async def counted(subject: str, *args: Any, **named: Any) -> Msg:
        put.append(subject)
        return await request(subject, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "request", counted)
        yield put
