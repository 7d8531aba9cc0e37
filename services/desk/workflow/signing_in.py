"""What follows when a person signs in or out, sets a password, or comes from the single sign-on?

All instants here are of real time and handed in: a session does not end because the firm's business
clock was moved.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from services.desk.domain.accounts import Account, check_link, with_password
from services.desk.domain.sessions import Session, is_alive, seen
from services.desk.domain.staff import StaffMember
from services.desk.ports.preferences import PREFERENCES
from services.desk.ports.signing_in import ACCOUNTS, SESSIONS
from services.desk.ports.staff import STAFF
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def session_needs(session_hash: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """A session, and all that pages need to know of its person."""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield SESSIONS.one(session_hash)
        session = unit.peek(SESSIONS, session_hash)
        if session is not None:
            yield STAFF.one(session.staff_id)
            yield ACCOUNTS.one(session.staff_id)
            yield PREFERENCES.one(session.staff_id)

    return needs


def signed_in(
    unit: UnitOfWork, session_hash: str, now: datetime
) -> tuple[Session, StaffMember] | None:
    """The person of a session that still counts, if they may still come in."""
    session = unit.get(SESSIONS, session_hash)
    person = unit.peek(STAFF, session.staff_id) if session is not None else None
    if session is None or person is None or not person.active or not is_alive(session, now):
        return None
    return session, person


def begin(session: Session, instead_of: str | None) -> Callable[[UnitOfWork], None]:
    """A person has signed in: a new session; the one this browser had before ends."""

    def step(unit: UnitOfWork) -> None:
        if instead_of is not None:
            unit.remove(SESSIONS, instead_of)
        unit.add(SESSIONS, session)

    return step


def begin_needs(instead_of: str | None) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The session that ends, if there is one."""
    return lambda _unit: [SESSIONS.one(instead_of)] if instead_of is not None else []


def end(session_hash: str) -> Callable[[UnitOfWork], None]:
    """A person has signed out."""
    return lambda unit: unit.remove(SESSIONS, session_hash)


def end_needs(session_hash: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The session."""
    return lambda _unit: [SESSIONS.one(session_hash)]


def note_presence(session_hash: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """The person is still there."""

    def step(unit: UnitOfWork) -> None:
        session = unit.get(SESSIONS, session_hash)
        if session is not None:
            unit.put(SESSIONS, seen(session, now))

    return step


def link_needs(link_hash: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The account a link is for, and the sessions that end when its password changes."""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield ACCOUNTS.by("link", link_hash)
        for account in unit.peek_all(ACCOUNTS, "link", link_hash):
            yield STAFF.one(account.staff_id)
            yield SESSIONS.by("staff", account.staff_id)

    return needs


def linked_account(unit: UnitOfWork, link_hash: str, now: datetime) -> Account:
    """The account a link is for; refused when the link or the person is no longer good."""
    found = unit.find(ACCOUNTS, "link", link_hash)
    account = check_link(found[0] if found else None, link_hash, now)
    person = unit.get(STAFF, account.staff_id)
    if person is None or not person.active:
        raise RuleError("This link works no more. Ask for a new one.", code="dead-link")
    return account


def set_password(link_hash: str, password_hash: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """A person sets a password through their link; wherever they were signed in, they are not."""

    def step(unit: UnitOfWork) -> None:
        account = linked_account(unit, link_hash, now)
        unit.put(ACCOUNTS, with_password(account, password_hash))
        for session in unit.find(SESSIONS, "staff", account.staff_id):
            unit.remove(SESSIONS, session.session_hash)

    return step


def keep_hash(staff_id: str, password_hash: str) -> Callable[[UnitOfWork], None]:
    """The same password under a stronger hash."""

    def step(unit: UnitOfWork) -> None:
        account = unit.get(ACCOUNTS, staff_id)
        if account is not None:
            unit.put(ACCOUNTS, replace(account, password=password_hash))

    return step


def signed_on_needs(subject: str, user: str | None) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Who has come from the single sign-on before, or is known by that address."""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield ACCOUNTS.by("subject", subject)
        if user is not None:
            yield ACCOUNTS.by("user", user)
        for account in _signed_on(subject, user, unit.peek_all):
            yield STAFF.one(account.staff_id)

    return needs


def sign_on(subject: str, user: str | None) -> Callable[[UnitOfWork], StaffMember]:
    """The person the provider vouches for; the first time they are known by their address."""

    def step(unit: UnitOfWork) -> StaffMember:
        for account in _signed_on(subject, user, unit.find):
            person = unit.get(STAFF, account.staff_id)
            if person is not None and person.active:
                if account.subject is None:
                    unit.put(ACCOUNTS, replace(account, subject=subject))
                return person
        raise RuleError("The firm has no account for you here.", code="no-account")

    return step


def _signed_on(subject: str, user: str | None, find: Callable[..., list[Account]]) -> list[Account]:
    known = find(ACCOUNTS, "subject", subject)
    if known or user is None:
        return known
    return [each for each in find(ACCOUNTS, "user", user) if each.subject is None]
