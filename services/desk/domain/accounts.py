"""How does a person of the firm prove who they are when they sign in?

By a password of their own, set through a link that works once, or by the firm's single sign-on. The
name and the log-in name are sealed; a link is known only by its hash.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.contracts.fields import EMAIL_PATTERN
from shared.errors import RuleError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
LONGEST_USER = 200
LINK_LASTS = timedelta(hours=24)
READ_BY_CLIENTS = ("name", "phone", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How one person signs in."""

    staff_id: str
    user: str | None = None  # the log-in name, in lower case
    name: str | None = None
    password: str | None = None  # an argon2 hash
    email: str | None = None  # where the firm writes to this person
    phone: str | None = None  # where clients reach this person
    title: str | None = None  # as what this person signs letters
    from_file: tuple[str, ...] = ()  # of what clients read, the parts the file of staff says
    subject: str | None = None  # who the single sign-on says this is
    link_hash: str | None = None
    link_until: datetime | None = None


def plain_user(typed: str) -> str:
    """A log-in name as it is kept and looked up, however it was typed."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()[:LONGEST_USER]


def check_user(typed: str) -> str:
    """A new log-in name as it is kept; refused when it would be kept as another than was typed.

    Two names that only look alike stay two people: ``aßistant`` is not ``assistant``, whom the
    single sign-on may vouch for.
    """
    user = plain_user(typed)
    if not user:
        raise RuleError("Give a log-in name.", code="missing", field="user")
    if user != unicodedata.normalize("NFC", typed).strip().lower():
        raise RuleError(f"Write this log-in name as {user}.", code="respelt", field="user")
    return user


def name_for_clients(account: Account | None) -> str | None:
    """What clients may read of this person: their name, never a log-in name standing in for it."""
    name = account.name if account is not None else None
    if account is None or name is None or "@" in name:
        return None
    return None if account.user is not None and plain_user(name) == account.user else name


def vouched_user(address: str) -> str:
    """The log-in name that an address is for which a provider vouches: the very same address.

    Of ASCII letters the case is not looked at; nothing else is respelt, or one person's address
    could become another's.
    """
    return address.lower() if address.isascii() else address


def address_in(typed: str) -> str | None:
    """The address a log-in name is, as it was typed: respelt, it may be somebody else's."""
    is_address = typed.isascii() and re.fullmatch(EMAIL_PATTERN, typed)
    return typed if is_address else None


def invited(account: Account, link_hash: str, now: datetime) -> Account:
    """A new link to set a password; an older one works no more."""
    return replace(account, link_hash=link_hash, link_until=now + LINK_LASTS)


def check_link(account: Account | None, link_hash: str, now: datetime) -> Account:
    """The account a link is for; refused when it was used, replaced or is too old."""
    if account is not None and account.link_hash == link_hash and account.link_until is not None:
        if now < account.link_until:
            return account
        raise RuleError("This link is too old. Ask for a new one.", code="dead-link")
    raise RuleError("This link works no more. Ask for a new one.", code="dead-link")


def with_password(account: Account, password_hash: str) -> Account:
    """A new password; the link that set it has done its work."""
    return replace(account, password=password_hash, link_hash=None, link_until=None)


def check_password(typed: str, again: str, user: str) -> None:
    """Refuse a password that is too short or plainly guessed; length matters, signs do not."""
    if len(typed) < SHORTEST_PASSWORD:
        message = f"Use at least {SHORTEST_PASSWORD} characters; a few words make a good one."
        raise RuleError(message, code="too-short", field="password")
    if len(typed) > LONGEST_PASSWORD:
        message = f"Use at most {LONGEST_PASSWORD} characters."
        raise RuleError(message, code="too-long", field="password")
    if plain_user(typed) == user or len(set(typed)) < 4:
        raise RuleError("This is too easy to guess.", code="guessable", field="password")
    if typed != again:
        raise RuleError("The two are not the same.", code="not-the-same", field="again")
