"""Does the system that subscribes in the demo take what is signed for it, and nothing else?"""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from deploy.trial.demo import subscriber as program
from deploy.trial.demo.subscriber import (
    NotSentError,
    Subscriber,
    program_for_the_books,
    subscribe,
)
from services.gateway.domain.signing import signed_headers
from services.gateway.domain.subscriptions import check_secret, checked
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODY = b'{"source": "urn:firm:dms", "id": "e-1", "type": "matter-opened"}'


def delivered(to: Subscriber, id: str = "msg-1", secret: str | None = None) -> int:
    """A delivery as the gateway signs it; what it was answered."""
    headers = signed_headers(id, BODY, [secret or to.secret], NOW)
    return httpx.post(to.url, content=BODY, headers=headers, timeout=PATIENCE).status_code


def test_what_is_signed_for_it_is_kept_once() -> None:
    with program_for_the_books() as books:
        assert [delivered(books) for _ in range(2)] == [204, 204]
        assert [each["id"] for each in books.events.values()] == ["e-1"]
        assert books.unsigned == 0


def test_what_another_secret_signed_is_refused_and_counted() -> None:
    with program_for_the_books() as books:
        assert delivered(books, secret=Subscriber().secret) == 401
        assert httpx.post(books.url, content=BODY, timeout=PATIENCE).status_code == 401
        assert (books.events, books.unsigned) == ({}, 2)


class Gateway:
    """Ops' way to the gateway, with so many events on their way at each look."""

    def __init__(self, *pending: int) -> None:
        self.asked: list[dict[str, Any]] = []
        self._pending = list(pending)

    async def ask(self, service: str, question: dict[str, Any]) -> dict[str, Any]:
        """What a gateway would answer."""
        assert service == "gateway"
        self.asked.append(question)
        left = self._pending.pop(0) if len(self._pending) > 1 else self._pending[0]
        return {"items": [{"pending": left}]}


async def test_it_subscribes_with_what_the_gateway_takes() -> None:
    gateway: Any = Gateway(0)
    with program_for_the_books() as books:
        await subscribe(gateway, books)
        (asked,) = gateway.asked
        checked(asked["name"], asked["url"], asked["types"], (), by_http=True)
        check_secret(asked["secret"])


async def test_it_is_waited_for_until_nothing_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "PAUSE_SECONDS", 0.0)
    gateway: Any = Gateway(3, 1, 0)
    await program.wait_until_sent(gateway)
    assert len(gateway.asked) == 3


async def test_what_never_arrives_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SECONDS", -1.0)
    gateway: Any = Gateway(2)
    with pytest.raises(NotSentError, match="2 events have not reached"):
        await program.wait_until_sent(gateway)
