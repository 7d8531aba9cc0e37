"""A person chose when their digest comes, or joined, or left: what is reminders told?

Only what differs from what it was last told, so that everybody can be gone through at each start. A
person who chooses is always told of: should reminders have missed a word, that sets it right.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from services.desk.domain.digest import DigestChoice, time_for
from services.desk.ports.preferences import DIGESTS
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import STAFF
from shared.contracts.desk import StaffDigestSet
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def choose(
    staff_id: str, zone: str, *, on: bool, at: str | None = None, language: str | None = None
) -> Callable[[UnitOfWork], DigestChoice]:
    """A person wants their digest at this time, or none; what is not given stays."""

    def step(unit: UnitOfWork) -> DigestChoice:
        before = choice_of(unit, staff_id)
        after = replace(
            before,
            on=on,
            at=before.at if at is None else at,
            language=before.language if language is None else language,
        )
        unit.put(DIGESTS, after)
        tell(unit, staff_id, zone, anew=True)
        return after

    return step


def tell_all(staff_ids: Iterable[str], zone: str) -> Callable[[UnitOfWork], None]:
    """Reminders learns of everybody what it does not know yet."""
    everybody = list(staff_ids)

    def step(unit: UnitOfWork) -> None:
        for staff_id in everybody:
            tell(unit, staff_id, zone, anew=choice_of(unit, staff_id).told != "")

    return step


def digest_needs(*staff_ids: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether these people work here, where they are written to, and what they chose."""
    return lambda _unit: [
        kind.one(each) for each in staff_ids for kind in (STAFF, ACCOUNTS, DIGESTS)
    ]


def choice_of(unit: UnitOfWork, staff_id: str) -> DigestChoice:
    """What holds so far; nothing chosen is the usual."""
    return unit.get(DIGESTS, staff_id) or DigestChoice(staff_id=staff_id)


def tell(unit: UnitOfWork, staff_id: str, zone: str, *, anew: bool = False) -> None:
    """Announce when this person gets their digest, if that is news or to be said ``anew``."""
    choice = choice_of(unit, staff_id)
    at = time_for(unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id), choice)
    told = f"{at} {zone}" if at is not None else ""
    if anew or told != choice.told:
        unit.announce(StaffDigestSet(staff_id=staff_id, at=at, timezone=zone))
        unit.put(DIGESTS, replace(choice, told=told))
