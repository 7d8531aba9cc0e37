"""What follows when a person sets up, uses or gives up a second factor?

All instants are of real time and handed in. The version of the document sees to it that a code
that is sent twice at once counts once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from services.desk.domain.holding import NOBODY
from services.desk.domain.second_factor import SecondFactor, recovery_hash, used
from services.desk.ports.signing_in import SECOND_FACTORS
from services.desk.ports.staff import STAFF
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def factor_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person's second factor."""
    return lambda _unit: [SECOND_FACTORS.one(staff_id)]


def use_code(staff_id: str, typed: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """A person sends a code; WrongCodeError when it does not count."""

    def step(unit: UnitOfWork) -> None:
        factor = unit.get(SECOND_FACTORS, staff_id) or SecondFactor(staff_id=staff_id)
        unit.put(SECOND_FACTORS, used(factor, typed, now))

    return step


def set_up(
    staff_id: str, secret: str, typed: str, recovery_codes: Sequence[str], now: datetime
) -> Callable[[UnitOfWork], None]:
    """A person has put the secret into their app, as a code of it shows.

    It replaces no other: whoever only knows the password cannot put theirs in its place.
    """

    def step(unit: UnitOfWork) -> None:
        if unit.get(SECOND_FACTORS, staff_id) is not None:
            raise RuleError("You have a second factor already.", code="second-factor-there")
        fresh = used(SecondFactor(staff_id=staff_id, secret=secret), typed, now)
        hashes = tuple(recovery_hash(each) for each in recovery_codes)
        unit.put(SECOND_FACTORS, replace(fresh, recovery_hashes=hashes))

    return step


def give_up(staff_id: str, typed: str, now: datetime) -> Callable[[UnitOfWork], None]:
    """A person wants no second factor any more, and shows that they still have it."""

    def step(unit: UnitOfWork) -> None:
        factor = unit.get(SECOND_FACTORS, staff_id)
        if factor is not None:
            used(factor, typed, now)
            unit.remove(SECOND_FACTORS, staff_id)

    return step


def reset(staff_id: str) -> Callable[[UnitOfWork], None]:
    """Whoever keeps the machines running takes away a factor that was lost."""

    def step(unit: UnitOfWork) -> None:
        if unit.get(STAFF, staff_id) is None:
            raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
        if unit.get(SECOND_FACTORS, staff_id) is not None:
            unit.remove(SECOND_FACTORS, staff_id)

    return step


def reset_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The person and their second factor."""
    return lambda _unit: [STAFF.one(staff_id), SECOND_FACTORS.one(staff_id)]
