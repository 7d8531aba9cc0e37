"""What happens between us and the receiver of a subscription?

One POST to a checked address, under the name its certificate must bear. No redirect is followed,
no proxy asked, no connection used twice: what was checked is what is spoken to. Of an answer the
status counts; of its body a little is read and nothing is kept.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path

import httpx

from services.gateway.domain.attempts import NO_ANSWER, Tried, tried
from services.gateway.domain.subscriptions import Subscription
from services.gateway.domain.target_urls import Target, target_of
from services.gateway.gateways.pinned import (
    at_address,
    is_certificate,
    pinned_client,
    trusted,
    under_name,
)
from services.gateway.gateways.resolving import LookUp, NowhereError, addresses_of
from services.gateway.ports import OutwardConfig
from shared.channels import NOT_TRIED, Outcome, Result, Unknown
from shared.clock import monotonic

SECONDS = 15.0  # for all of it: name, connection, request, answer
AT_ONCE = 4  # for one subscription
MOST_READ = 4096
AGENT = "Clientele-Webhooks/1"
CONTENT_TYPE = "application/cloudevents+json"
AWAY, BAD_URL = "unreachable", "url"
NOT_BEGUN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """What is handed over: an event, signed for one receiver."""

    subscription: str
    url: str
    body: bytes
    headers: Mapping[str, str]


class WebhookChannel:
    """Hands events to the receivers of subscriptions, a few at a time to each."""

    name = "webhook"

    def __init__(
        self,
        config: OutwardConfig,
        look_up: LookUp,
        now: Callable[[], datetime],
        *,
        authorities: Path | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._config, self._look_up, self._now = config, look_up, now
        self._seconds = seconds
        self._trust = trusted(authorities)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))

    def can_reach(self, recipient: Subscription) -> str | None:
        """Its URL, unless nothing is sent there now."""
        return recipient.url if recipient.state == "active" else None

    def word(self, material: bytes) -> bytes:
        """The event as it stands on the bus."""
        return material

    def settle_unknown(self, _: int, *, may_repeat: bool) -> Unknown:  # noqa: ARG002 - the port's
        """It goes again: its receiver knows it by its id."""
        return Unknown.AGAIN

    async def hand_over(self, message: SignedEvent, begin_until: float = inf) -> Outcome:
        """Hand one event over; says what became of it, and never raises for the other side."""
        async with self._places[message.subscription]:
            if monotonic() >= begin_until:
                return NOT_TRIED
            return await self._within_time(message)

    async def _within_time(self, message: SignedEvent) -> Outcome:
        begun = monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                return await self._deliver(message, begun)
        except TimeoutError:
            return _not(Result.UNKNOWN, "timeout", begun)
        except NowhereError as no:
            return _not(Result.RETRY, no.message, begun)
        except NOT_BEGUN as away:
            return _not(Result.RETRY, "certificate" if is_certificate(away) else AWAY, begun)
        except httpx.HTTPError:
            return _not(Result.UNKNOWN, NO_ANSWER, begun)

    async def _deliver(self, message: SignedEvent, begun: float) -> Outcome:
        target = target_of(message.url)
        if target is None or (target.scheme != "https" and not self._config.by_http):
            return _not(Result.RETRY, BAD_URL, begun)
        addresses = await addresses_of(target, self._look_up, self._config.hosts)
        for number, address in enumerate(addresses, start=1):
            try:
                return await self._post(message, target, address, begun)
            except NOT_BEGUN:
                if number == len(addresses):
                    raise
        raise AssertionError("a host has at least one address")

    async def _post(
        self, message: SignedEvent, target: Target, address: str, begun: float
    ) -> Outcome:
        client = pinned_client(self._trust, self._seconds)
        headers = {
            "Host": target.named,
            "User-Agent": AGENT,
            "Content-Type": CONTENT_TYPE,
            "Accept-Encoding": "identity",  # nothing is unpacked
            "Connection": "close",
            **message.headers,
        }
        async with (
            client,
            client.stream(
                "POST",
                at_address(target, address),
                content=message.body,
                headers=headers,
                extensions=under_name(target),
            ) as answer,
        ):
            await _read_a_little(answer)
            seconds = monotonic() - begun
            return tried(
                answer.status_code, seconds, answer.headers.get("retry-after"), self._now()
            )


async def _read_a_little(answer: httpx.Response) -> None:
    """So much that a usual answer is read to its end; the rest is left where it is."""
    read = 0
    async for chunk in answer.aiter_raw():
        read += len(chunk)
        if read >= MOST_READ:
            return


def _not(result: Result, reason: str, begun: float) -> Tried:
    return Tried(result, reason, seconds=monotonic() - begun)
