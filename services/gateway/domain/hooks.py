"""Which secret did a source give us itself, when its webhook was made?

Clio sends it in a first request, whose address holds a key of the firm's own: nobody else may set
one. The secret before holds on, so that renewing a webhook loses nothing. A webhook of Clio's ends
after a month at most; it is to be renewed before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

ENDS_AFTER = timedelta(days=31)
RENEW_AFTER = timedelta(days=25)
MOST_SECRETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """The secrets a source has given, the newest first."""

    source: str
    at: datetime
    secrets: tuple[str, ...] = ()  # sealed


def with_secret(before: Hook | None, source: str, secret: str, at: datetime) -> Hook:
    """It has given this one; said again it changes nothing but the day."""
    known = before.secrets if before else ()
    kept = (secret, *(each for each in known if each != secret))
    return Hook(source=source, at=at, secrets=kept[:MOST_SECRETS])


def ends_in(hook: Hook, now: datetime) -> float | None:
    """The seconds until it ends, once it should be renewed; None before."""
    if now - hook.at < RENEW_AFTER:
        return None
    return max((hook.at + ENDS_AFTER - now).total_seconds(), 0.0)
