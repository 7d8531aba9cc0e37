"""Somebody joined, left, or the desk starts: what are the other services told of who works here?

Their names, titles and telephone numbers, which clients read below messages and letters, and
whether they may be named as who is in charge.
"""

from collections.abc import Callable, Iterable

from services.desk.domain.accounts import name_for_clients
from services.desk.domain.staff import may_lead, works_with_clients
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import STAFF
from shared.contracts.desk import StaffNamed
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def naming_needs(*staff_ids: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether these people work here, and what they are called."""
    return lambda _unit: [kind.one(each) for each in staff_ids for kind in (STAFF, ACCOUNTS)]


def name_all(staff_ids: Iterable[str]) -> Callable[[UnitOfWork], None]:
    """Say of each of these how clients read of them."""
    everybody = list(staff_ids)

    def step(unit: UnitOfWork) -> None:
        for staff_id in everybody:
            name(unit, staff_id)

    return step


def name(unit: UnitOfWork, staff_id: str) -> None:
    """Say how clients read of this person, or that they work here no more."""
    person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
    if person is None:
        return
    is_named = person.active and works_with_clients(person)
    called = name_for_clients(account) if is_named else None
    known = account if called is not None else None
    unit.announce(
        StaffNamed(
            staff_id=staff_id,
            name=called,
            phone=known.phone if known is not None else None,
            title=known.title if known is not None else None,
            works_here=person.active,
            leads_matters=None if may_lead(person) else False,
        )
    )
