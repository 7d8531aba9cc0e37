"""What follows when somebody joins the firm, needs a new link, or leaves?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.desk.domain.accounts import (
    Account,
    address_in,
    check_user,
    invited,
    plain_user,
    with_password,
)
from services.desk.domain.holding import NOBODY
from services.desk.domain.staff import ROLES, StaffMember
from services.desk.ports.signing_in import ACCOUNTS, SESSIONS
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.digesting import digest_needs, tell
from services.desk.workflow.naming import name
from services.desk.workflow.walling import newcomer_needs, walls_of_newcomer
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who is to be let in, with a link to set a password or with a password's hash."""

    staff_id: str
    roles: tuple[str, ...]
    user: str
    name: str = ""
    email: str | None = None
    phone: str | None = None  # where clients reach them
    title: str | None = None  # as what they sign letters
    link_hash: str | None = None
    password_hash: str | None = None


def join(joining: Joining, now: datetime, zone: str) -> Callable[[UnitOfWork], StaffMember]:
    """A person of the firm gets an account; ``now`` is real time, ``zone`` the firm's."""

    def step(unit: UnitOfWork) -> StaffMember:
        user = check_user(joining.user)
        _check(joining, user, unit)
        known = unit.get(ACCOUNTS, joining.staff_id) or Account(staff_id=joining.staff_id)
        account = replace(
            known,
            user=user,
            name=joining.name or known.name or user,
            email=joining.email or known.email or address_in(joining.user),
            phone=joining.phone or known.phone,
            title=joining.title or known.title,
        )
        there = unit.get(STAFF, joining.staff_id)
        if there is None or not there.active:  # taken out of the file of staff, if it was in it
            account = replace(account, from_file=())
        if joining.password_hash is not None:
            account = with_password(account, joining.password_hash)
        elif joining.link_hash is not None:
            account = invited(account, joining.link_hash, now)
        unit.put(ACCOUNTS, account)
        person = _with_roles(there, joining)
        unit.put(STAFF, walls_of_newcomer(person, unit))
        tell(unit, person.staff_id, zone)
        name(unit, person.staff_id)
        return person

    return step


def join_needs(joining: Joining) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person as known so far, and whoever uses that log-in name."""
    return lambda unit: [
        *digest_needs(joining.staff_id)(unit),
        ACCOUNTS.by("user", plain_user(joining.user)),
        *newcomer_needs([joining.staff_id]),
    ]


def invite(staff_id: str, link_hash: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """A person gets a new link to set a password."""

    def step(unit: UnitOfWork) -> None:
        person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
        if person is None or not person.active or account is None:
            raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
        unit.put(ACCOUNTS, invited(account, link_hash, now))

    return step


def invite_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person and their account."""
    return lambda _unit: [STAFF.one(staff_id), ACCOUNTS.one(staff_id)]


def disable(staff_id: str, key_hashes: Iterable[str], zone: str) -> Callable[[UnitOfWork], None]:
    """A person is let in no more, from this moment on: no page, no key, no link."""
    hashes = list(key_hashes)

    def step(unit: UnitOfWork) -> None:
        person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
        if person is None:
            raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
        unit.put(STAFF, replace(person, active=False, by_command=True, absences=()))
        if account is not None:
            unit.put(ACCOUNTS, replace(account, email=None, phone=None, title=None, password=None,
                                       link_hash=None, link_until=None))  # fmt: skip
        for session in unit.find(SESSIONS, "staff", staff_id):
            unit.remove(SESSIONS, session.session_hash)
        for key_hash in hashes:
            key = unit.get(API_KEYS, key_hash)
            if key is not None and key.staff_id == staff_id:
                unit.put(API_KEYS, replace(key, active=False))
        tell(unit, staff_id, zone)
        name(unit, staff_id)

    return step


def disable_needs(
    staff_id: str, key_hashes: Iterable[str]
) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person, and every way in they have."""
    hashes = list(key_hashes)
    return lambda unit: [
        *digest_needs(staff_id)(unit),
        SESSIONS.by("staff", staff_id),
        *(API_KEYS.one(each) for each in hashes),
    ]


def _with_roles(known: StaffMember | None, joining: Joining) -> StaffMember:
    """Whoever is known keeps whom they lead, as far as these roles go, and when they are away."""
    person, roles = known or StaffMember(staff_id=joining.staff_id), tuple(sorted(joining.roles))
    leads = tuple(each for each in person.leads if each in roles)
    return replace(person, roles=roles, leads=leads, active=True, by_command=True)


def _check(joining: Joining, user: str, unit: UnitOfWork) -> None:
    unknown = set(joining.roles) - set(ROLES)
    if unknown or not joining.roles:
        raise RuleError(f"Choose from: {', '.join(ROLES)}.", code="unknown-role", field="roles")
    others = {each.staff_id for each in unit.find(ACCOUNTS, "user", user)} - {joining.staff_id}
    if others:
        raise RuleError("This log-in name is taken.", code="taken", field="user")
