"""How often may somebody try?

Counted in this process's memory, by whatever the page names: a link, a network address, a person.
"""

from collections.abc import Mapping

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

LONGEST = 128  # characters of a value that are looked at


class Pace:
    """Counts tries; refuses those beyond the pace. ``Pace({"link": "30/minute"})``."""

    def __init__(self, paces: Mapping[str, str]) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._paces: dict[str, RateLimitItem] = {name: parse(said) for name, said in paces.items()}

    def allows(self, **who: str) -> bool:
        """Count one try of each; whether it may go on."""
        return all(
            self._limiter.hit(self._paces[name], name, value[:LONGEST])
            for name, value in who.items()
        )

    def would_allow(self, **who: str) -> bool:
        """Whether one more try may go on, without counting it."""
        return all(
            self._limiter.test(self._paces[name], name, value[:LONGEST])
            for name, value in who.items()
        )

    def forget(self, **who: str) -> None:
        """Begin anew: this one was let in after all."""
        for name, value in who.items():
            self._limiter.clear(self._paces[name], name, value[:LONGEST])
