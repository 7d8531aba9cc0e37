"""How often may somebody try?

Counted in this process's memory, by whatever the page names: a link, a network address, a person.
A try is counted before anything is done for it, so that many at once are no way around.
"""

from collections.abc import Mapping

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from shared.clock import real_now

LONGEST = 128  # characters of a value that are looked at


class Pace:
    """Counts tries; refuses those beyond the pace. ``Pace({"link": "30/minute"})``."""

    def __init__(self, paces: Mapping[str, str]) -> None:
        self._kept = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._kept)
        self._paces: dict[str, RateLimitItem] = {name: parse(said) for name, said in paces.items()}

    def allows(self, **who: str) -> bool:
        """Count one try of each, up to the first that refuses; whether it may go on."""
        return all(
            self._limiter.hit(self._paces[name], name, value[:LONGEST])
            for name, value in who.items()
        )

    def give_back(self, **who: str) -> None:
        """One try of each did not count after all."""
        for name, value in who.items():
            self._kept.decr(self._paces[name].key_for(name, value[:LONGEST]))

    def forget(self, **who: str) -> None:
        """Begin anew: this one was let in after all."""
        for name, value in who.items():
            self._limiter.clear(self._paces[name], name, value[:LONGEST])

    def wait_seconds(self, **who: str) -> float:
        """How long until each of them may try again; 0 when all may now."""
        stats = [
            self._limiter.get_window_stats(self._paces[name], name, value[:LONGEST])
            for name, value in who.items()
        ]
        ends = [each.reset_time for each in stats if each.remaining == 0]
        return max(0.0, max(ends, default=0.0) - real_now().timestamp())
