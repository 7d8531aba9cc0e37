"""How often may somebody try the survey page?

Counted in this process's memory, per link and per network address, so that links cannot be tried
out and one visitor cannot keep the others waiting.
"""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter


class Pace:
    """Counts tries; refuses those beyond the pace."""

    def __init__(self, per_token: str, per_address: str) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._per_token: RateLimitItem = parse(per_token)
        self._per_address: RateLimitItem = parse(per_address)

    def allows(self, token: str, address: str) -> bool:
        """Count one try; whether it may go on."""
        by_address = self._limiter.hit(self._per_address, "address", address)
        return by_address and self._limiter.hit(self._per_token, "token", token[:128])
