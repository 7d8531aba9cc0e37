"""Which other systems of the firm want events, which ones, and where do these go?

A subscription is made by ops and is data. Its secret is shown once; a renewed one signs beside the
one before for a day, so that the receiver can change over without losing anything.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from services.gateway.domain.names import REMEDY, is_name
from services.gateway.domain.outward import check_pattern, is_wanted
from services.gateway.domain.signatures import STANDARD_PREFIX
from services.gateway.domain.target_urls import check_url
from shared.errors import RuleError

BOTH_HOLD = timedelta(days=1)
KEY_BYTES = 32
SHORTEST_KEY, LONGEST_KEY = 24, 64  # bytes, as Standard Webhooks says
MOST_SUBSCRIPTIONS = 100
MOST_PATTERNS = 100

State = Literal["active", "paused", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One system that gets events by HTTP."""

    name: str
    url: str
    types: tuple[str, ...]  # exact types, a beginning such as contact-*, or *
    added_at: datetime
    not_from: tuple[str, ...] = ()  # sources whose events it does not want: its own
    state: State = "active"
    changed_at: datetime | None = None  # into this state
    why: str = ""  # of a disabled one
    old_until: datetime | None = None  # so long the secret before signs too
    secrets: tuple[str, ...] = ()  # sealed; the newest first

    @property
    def owner(self) -> str:
        """Whose key seals its secrets."""
        return f"subscription:{self.name}"

    def wants(self, type: str, source: str) -> bool:
        """Whether it gets an event of this type, said by this source."""
        if any(source == each or source.startswith(f"{each}:") for each in self.not_from):
            return False
        return any(is_wanted(type, each) for each in self.types)

    def signing(self, now: datetime) -> tuple[str, ...]:
        """The secrets that sign now."""
        both = self.old_until is not None and now < self.old_until
        return self.secrets if both else self.secrets[:1]


def checked(
    name: str, url: str, types: Sequence[str], not_from: Sequence[str], *, by_http: bool
) -> None:
    """Refuse what no subscription can be like; RuleError names the field and the remedy."""
    if not is_name(name):
        raise RuleError(f"Call it {REMEDY}, such as crm.", code="name", field="name")
    check_url(url, by_http=by_http)
    if not types or len(types) > MOST_PATTERNS:
        message = f"Name the types of event it gets, 1 to {MOST_PATTERNS}."
        raise RuleError(message, code="types", field="types")
    for each in types:
        check_pattern(each)
    for each in not_from:
        if not each.startswith("urn:") or each.endswith(":"):
            message = "Write a source as in urn:system:gateway:crm, without a colon at the end."
            raise RuleError(message, code="source", field="not_from")


def secret_of(key: bytes) -> str:
    """A key as Standard Webhooks writes it."""
    return STANDARD_PREFIX + b64encode(key).decode()


def check_secret(secret: str) -> None:
    """Refuse a secret brought along that no receiver's library takes."""
    try:
        key = b64decode(secret.removeprefix(STANDARD_PREFIX), validate=True)
    except ValueError:
        key = b""
    has_prefix = secret.startswith(STANDARD_PREFIX)
    if not has_prefix or not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        message = (
            f"A secret is {STANDARD_PREFIX} and {SHORTEST_KEY} to {LONGEST_KEY} bytes in Base64."
        )
        raise RuleError(message, code="secret", field="secret")


def renewed(subscription: Subscription, secret: str, now: datetime) -> Subscription:
    """With a new secret; the one before signs too for a day."""
    kept = (secret, *subscription.secrets[:1])
    return replace(subscription, secrets=kept, old_until=now + BOTH_HOLD)


def in_state(
    subscription: Subscription, state: State, now: datetime, why: str = ""
) -> Subscription:
    """The same, active, paused or disabled from now on."""
    return replace(subscription, state=state, changed_at=now, why=why)
