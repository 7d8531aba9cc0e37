"""To which address of the net is a connection made for a subscription?

Its name is asked for once for each try, and the answer is judged and then connected to: a name that
answers otherwise a moment later changes nothing. If one of its addresses must not be reached, none
is: whoever mixes them means no good, or has a mistake to mend.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from services.gateway.domain.target_urls import Target, may_lead_to
from shared.errors import ClienteleError

MOST_ADDRESSES = 3
LOOKS_AT_ONCE = 16
UNKNOWN_HOST, NOT_ALLOWED = "unknown-host", "address-not-allowed"

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]


class NowhereError(ClienteleError):
    """There is no address to which a connection may be made."""


class NameServer:
    """The machine's own look-up of names, in its own threads: a slow one holds up nobody else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKS_AT_ONCE, "names")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Every address of a host; OSError where it has none."""
        loop = asyncio.get_running_loop()
        asked = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await loop.run_in_executor(self._threads, asked)
        return list(dict.fromkeys(str(each[4][0]) for each in found))


async def addresses_of(target: Target, look_up: LookUp, hosts: frozenset[str]) -> Sequence[str]:
    """Where to connect to, in order; NowhereError says why nowhere."""
    try:
        found = await look_up(target.host, target.port)
    except (OSError, UnicodeError):
        raise NowhereError(UNKNOWN_HOST) from None
    if not found:
        raise NowhereError(UNKNOWN_HOST)
    allowed = target.host in hosts or f"{target.host}:{target.port}" in hosts
    if not all(may_lead_to(each, allowed=allowed) for each in found):
        raise NowhereError(NOT_ALLOWED)
    return found[:MOST_ADDRESSES]
