"""How many wrong passwords are too many, and for whom?

A device on which a person has signed in before counts by itself: whatever strangers try under
their name, there the right password is never refused (device cookies, as OWASP describes them).
Everybody else counts by person and network address, by address, and, so that many addresses are
no way around, by person.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from services.desk.domain.sign_in_paces import SignInPaces
from shared.web.limits import Pace


@dataclass(frozen=True, slots=True)
class CountedTry:
    """A try that was counted, and how long whoever made it has to wait, if it was one too many."""

    who: Mapping[str, str]
    wait_seconds: float

    @property
    def is_refused(self) -> bool:
        """Whether nothing may be looked at for it."""
        return self.wait_seconds > 0

    def told(self, refusal: Response) -> Response:
        """The refusal, which also tells programs how long to wait."""
        refusal.headers["Retry-After"] = str(math.ceil(self.wait_seconds))
        return refusal


class SignInLimits:
    """Counts tries before a password is looked at."""

    def __init__(self, paces: SignInPaces) -> None:
        self._pace = Pace(
            {
                "device": paces.person,
                "here": paces.person,
                "address": paces.address,
                "elsewhere": paces.elsewhere,
            }
        )

    def count(self, user: str, address: str, device: str | None) -> CountedTry:
        """Count one try; ``device`` is the mark of a browser this person has used before."""
        if device is not None:
            who = {"device": _one(user, device)}
        else:
            who = {"here": _one(user, address), "address": address, "elsewhere": _one(user)}
        if self._pace.allows(**who):
            return CountedTry(who, 0.0)
        return CountedTry(who, max(1.0, self._pace.wait_seconds(**who)))

    def take_back(self, tried: CountedTry) -> None:
        """Nobody looked at the password after all."""
        self._pace.give_back(**tried.who)

    def succeeded(self, tried: CountedTry) -> None:
        """It was the right one: the person begins anew here, and others are no further on."""
        self.take_back(tried)
        own = {name: value for name, value in tried.who.items() if name in ("device", "here")}
        self._pace.forget(**own)


def _one(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
