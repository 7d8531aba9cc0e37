"""How is a calendar fetched from its address?

One GET to a judged address (`resolving.py`), with what its server said of its state last time, so
that the same is not sent again. No redirect is followed; so much is read and no more.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from services.gateway.domain.calendars.entries import LARGEST
from services.gateway.domain.calendars.kept import Marks, digest_of
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

SECONDS = 30.0
AGENT = "Clientele-Calendars/1"
AWAY, BAD_URL, TOO_SLOW, TOO_LARGE = "unreachable", "url", "timeout", "too-large"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it: the file, nothing new, or why not."""

    content: bytes | None = None  # None: nothing new, or a problem
    marks: Marks = field(default_factory=Marks)
    problem: str = ""


class CalendarFetch:
    """Fetches calendars; never raises for the other side."""

    def __init__(
        self,
        config: OutwardConfig,
        look_up: LookUp,
        *,
        authorities: Path | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._config, self._look_up, self._seconds = config, look_up, seconds
        self._trust = trusted(authorities)

    async def __call__(self, url: str, last: Marks) -> Fetched:
        """The calendar at an address, unless it is as it was when it was marked so."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._fetch(url, last)
        except TimeoutError:
            return Fetched(problem=TOO_SLOW)
        except NowhereError as no:
            return Fetched(problem=no.message)
        except httpx.HTTPError as away:
            return Fetched(problem="certificate" if is_certificate(away) else AWAY)

    async def _fetch(self, url: str, last: Marks) -> Fetched:
        begins, _, rest = url.partition("://")
        target = target_of(f"https://{rest}" if begins.lower() == "webcal" else url)
        if target is None or (target.scheme != "https" and not self._config.by_http):
            return Fetched(problem=BAD_URL)
        addresses = await addresses_of(target, self._look_up, self._config.hosts)
        for number, address in enumerate(addresses, start=1):
            try:
                return await self._get(target, address, last)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise AssertionError("a host has at least one address")

    async def _get(self, target: Target, address: str, last: Marks) -> Fetched:
        headers = {
            "Host": target.named,
            "User-Agent": AGENT,
            "Accept": "text/calendar",
            "Accept-Encoding": "identity",  # nothing is unpacked
            "Connection": "close",
            **({"If-None-Match": last.etag} if last.etag else {}),
            **({"If-Modified-Since": last.modified} if last.modified else {}),
        }
        async with (
            pinned_client(self._trust, self._seconds) as client,
            client.stream(
                "GET", at_address(target, address), headers=headers, extensions=under_name(target)
            ) as answer,
        ):
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(marks=last)
            if answer.status_code != httpx.codes.OK:
                return Fetched(problem=f"status-{answer.status_code}")
            content = await _read(answer)
            if content is None:
                return Fetched(problem=TOO_LARGE)
            marks = Marks(_short(answer, "etag"), _short(answer, "last-modified"),
                          digest_of(content))  # fmt: skip
            return Fetched(None if marks.digest == last.digest else content, marks)


async def _read(answer: httpx.Response) -> bytes | None:
    """All of it; None where it is larger than a calendar may be."""
    content = bytearray()
    async for chunk in answer.aiter_raw():
        content += chunk
        if len(content) > LARGEST:
            return None
    return bytes(content)


def _short(answer: httpx.Response, name: str) -> str:
    said: str = answer.headers.get(name, "")
    return said if len(said) <= 200 and said.isprintable() and said.isascii() else ""
