"""How does a program that runs for a moment join NATS?

It says at once that nobody is there, where a service would go on trying. Once it is connected it
comes back by itself: NATS cuts off whoever stands still for some seconds, as on a busy machine.
"""

from typing import Any

import nats
from nats.aio.client import Client

FAIL_FAST: dict[str, Any] = {
    "allow_reconnect": False,
    "max_reconnect_attempts": 1,
    "reconnect_time_wait": 0.2,
    "connect_timeout": 5,
}
ATTEMPTS = 25  # to come back, five a second
THROUGH_A_RESTART = FAIL_FAST | {"allow_reconnect": True, "max_reconnect_attempts": ATTEMPTS}


async def join(url: str, **options: Any) -> Client:
    """A connection that is there at once, and then stays; raises NatsError or OSError.

    ``options``: those of ``nats.connect``; what they say of patience holds from the beginning.
    """
    client = await nats.connect(url, **(FAIL_FAST | options))
    client.options |= {"allow_reconnect": True, "max_reconnect_attempts": ATTEMPTS}
    return client


async def say_nothing(error: Exception) -> None:
    """What goes wrong is said once, by the program itself."""
    del error
