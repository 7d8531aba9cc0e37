"""Somebody's roles change, their second factor was lost, or they leave: what follows?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from services.desk.domain.accounts import Account
from services.desk.domain.holding import NOBODY
from services.desk.domain.people import (
    ReadByClients,
    asked_to_reset,
    check_confirms_reset,
    check_lets_go,
    check_roles,
    with_read,
)
from services.desk.domain.staff import StaffMember
from services.desk.ports.signing_in import ACCOUNTS, SECOND_FACTORS
from services.desk.ports.staff import STAFF
from services.desk.workflow.digesting import digest_needs, tell
from services.desk.workflow.handing_over import Led, hand_over_all, hand_over_all_needs
from services.desk.workflow.naming import name
from services.desk.workflow.staffing import disable, disable_needs
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def change_roles(
    staff_id: str, roles: Sequence[str], by: StaffMember, zone: str
) -> Callable[[UnitOfWork], None]:
    """Somebody has these roles from now on; what else is known of them stays."""

    def step(unit: UnitOfWork) -> None:
        person = _here(unit.get(STAFF, staff_id))
        check_roles(by, staff_id, person.roles, roles)
        after = tuple(sorted(set(roles)))
        leads = tuple(each for each in person.leads if each in after)
        unit.put(STAFF, replace(person, roles=after, leads=leads, by_command=True))
        tell(unit, staff_id, zone)
        name(unit, staff_id)

    return step


def change_roles_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person, and how they are written to."""
    return digest_needs(staff_id)


def say_of(staff_id: str, said: ReadByClients, by: StaffMember) -> Callable[[UnitOfWork], None]:
    """Clients read this of somebody from now on, in messages and below letters."""

    def step(unit: UnitOfWork) -> None:
        person = _here(unit.get(STAFF, staff_id))
        account = unit.get(ACCOUNTS, staff_id) or Account(staff_id=staff_id)
        unit.put(ACCOUNTS, with_read(account, said, by, person))
        name(unit, staff_id)

    return step


def ask_reset(staff_id: str, by: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """One person says that somebody lost app and recovery codes; ``now`` is real time."""

    def step(unit: UnitOfWork) -> None:
        _here(unit.get(STAFF, staff_id))
        factor = unit.get(SECOND_FACTORS, staff_id)
        if factor is None:
            raise RuleError("They have no second factor: there is nothing to reset.",
                            code="no-factor")  # fmt: skip
        unit.put(SECOND_FACTORS, asked_to_reset(factor, by, now))

    return step


def confirm_reset(staff_id: str, by: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """A second person confirms it: the password alone counts, until they set up a new app."""

    def step(unit: UnitOfWork) -> None:
        _here(unit.get(STAFF, staff_id))
        factor = unit.get(SECOND_FACTORS, staff_id)
        if factor is None:
            return
        check_confirms_reset(factor, by, now)
        unit.remove(SECOND_FACTORS, staff_id)

    return step


def let_go(
    staff_id: str, key_hashes: Sequence[str], by: StaffMember, zone: str,
    to: str | None = None, matters: Sequence[Led] = (), task_ids: Sequence[str] = (),
) -> Callable[[UnitOfWork], int]:  # fmt: skip
    """Somebody is let in no more, and what they had goes to ``to``; how much that is."""

    def step(unit: UnitOfWork) -> int:
        check_lets_go(by, _here(unit.get(STAFF, staff_id)))
        disable(staff_id, key_hashes, zone)(unit)
        if to is None:
            return 0
        return hand_over_all(staff_id, to, matters, task_ids, by)(unit)

    return step


def let_go_needs(
    staff_id: str, key_hashes: Sequence[str], to: str | None = None, task_ids: Sequence[str] = ()
) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person, every way in they have, and what goes to whom."""
    return lambda unit: [
        *disable_needs(staff_id, key_hashes)(unit),
        *(hand_over_all_needs(staff_id, to, task_ids)(unit) if to is not None else ()),
    ]


def _here(person: StaffMember | None) -> StaffMember:
    if person is None or not person.active:
        raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
    return person
