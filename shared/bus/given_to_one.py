"""Nobody took a question: does whoever it is for begin anew, or are they not there at all?

A service that takes other values in is gone for some tenths of a second. NATS gave the question to
nobody meanwhile, so nobody begins it twice when it is put again.
"""

import asyncio
from collections.abc import Awaitable, Callable

from nats.aio.msg import Msg
from nats.errors import NoRespondersError

from shared.clock import monotonic

ANEW_SECONDS, AGAIN_SECONDS = 1.5, 0.1  # how long a service may be gone; how often it is looked for
LEAST_SECONDS = 0.05  # that a question is given, late as it may be

Request = Callable[[float], Awaitable[Msg]]
"""Puts the question once, and waits so many seconds for its answer."""


class GivenToOne:
    """Puts questions again where nobody is there any more.

    There is one wait for all who ask a service: who was not there after it is waited for again
    once they have been heard of. What a service does not answer at all, as in another release, is
    waited for once too.
    """

    def __init__(self) -> None:
        self._away: dict[str, float] = {}  # since when nobody was there, by subject and service

    async def ask(self, subject: str, seconds: float, request: Request) -> Msg:
        """The answer; raises NoRespondersError where nobody came, or what the request raises."""
        until, sought = monotonic() + seconds, (subject, subject.rpartition(".")[2])
        while True:
            try:
                answer = await request(max(until - monotonic(), LEAST_SECONDS))
            except NoRespondersError:
                now = monotonic()
                since = min(self._away.setdefault(each, now) for each in sought)
                if now >= min(since + ANEW_SECONDS, until):
                    raise
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                for each in sought:
                    self._away.pop(each, None)
                return answer
