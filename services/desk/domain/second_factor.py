"""What proves, beside a password, that it is this person who signs in?

Six digits that an app on their telephone shows for half a minute (TOTP, RFC 6238), or one of ten
recovery codes. A code counts once. What is kept of a recovery code is its hash: it is 80 random
bits, so a plain hash cannot be turned back.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pyotp import TOTP

from services.desk.domain.staff import StaffMember
from shared.errors import RuleError

SECONDS = 30
CLOCKS_APART = 1  # half minutes by which a telephone's clock may be off, either way
RECOVERY_CODES, RECOVERY_BYTES = 10, 10


class WrongCodeError(RuleError):
    """This code does not count, or was used before. Wait for the next one and try again."""

    def __init__(self) -> None:
        super().__init__(code="wrong-code", field="code")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """A person's app and recovery codes."""

    staff_id: str
    secret: str | None = None  # shared with the app, in base32
    recovery_hashes: tuple[str, ...] = ()  # of those not yet used
    last_step: int = 0  # the half minute of the last code that counted
    reset_asked_by: str | None = None  # who says that app and recovery codes are lost
    reset_asked_at: datetime | None = None


def is_required(person: StaffMember, roles: Iterable[str]) -> bool:
    """Whether this person needs a second factor, as the firm wants it for these roles."""
    return any(person.has(role) for role in roles)


def plain_code(typed: str) -> str:
    """A code as it is compared, however its groups were typed."""
    return "".join(each for each in typed if each.isascii() and each.isalnum()).upper()[:40]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()


def used(factor: SecondFactor, typed: str, at: datetime) -> SecondFactor:
    """The factor after this code was used; WrongCodeError when it does not count.

    ``at`` is real time.
    """
    code = plain_code(typed)
    step = _step_of(factor, code, at)
    if step is not None and step > factor.last_step:
        return replace(factor, last_step=step)
    known = recovery_hash(code)
    if known in factor.recovery_hashes:
        left = tuple(each for each in factor.recovery_hashes if each != known)
        return replace(factor, recovery_hashes=left)
    raise WrongCodeError


def _step_of(factor: SecondFactor, code: str, at: datetime) -> int | None:
    if factor.secret is None:
        return None
    app, now = TOTP(factor.secret), int(at.timestamp()) // SECONDS
    for step in range(now - CLOCKS_APART, now + CLOCKS_APART + 1):
        if hmac.compare_digest(app.generate_otp(step), code):
            return step
    return None
