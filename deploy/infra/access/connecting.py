"""How does a program that runs for a moment join NATS?

It says at once that nobody is there, where a service would go on trying.
"""

from typing import Any

FAIL_FAST: dict[str, Any] = {
    "allow_reconnect": False,
    "max_reconnect_attempts": 1,
    "reconnect_time_wait": 0.2,
    "connect_timeout": 5,
}
THROUGH_A_RESTART = FAIL_FAST | {"allow_reconnect": True, "max_reconnect_attempts": 25}


async def say_nothing(error: Exception) -> None:
    """What goes wrong is said once, by the program itself."""
    del error
