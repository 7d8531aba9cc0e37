"""Who looked at what, who asked for what a wall keeps them from, when, and by which way?

One row for each refusal, for each time a search left something out, and for each client, matter or
inquiry opened: a reload within a quarter of an hour, by the same person and way, adds none. A row
holds ids only; the wording of the address is the route's, never what was typed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from shared.contracts.restrictions import subjects_in

KEPT = timedelta(days=6 * 366)  # as long as most claims against a lawyer may be brought
LOOKS_KEPT = timedelta(days=366)  # long enough to look into a leak; no longer record of staff
ONE_LOOK = timedelta(minutes=15)  # what is opened again meanwhile is the same look
READERS = ("lawyer", "partner")
READERS_OF_LOOKS = ("partner", "conflicts-officer")  # who answers for records, and officers
AccessOutcome = Literal["refused", "left-out", "opened"]
KEPT_AWAY: tuple[AccessOutcome, ...] = ("refused", "left-out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One row of the access log."""

    access_id: str
    staff_id: str
    at: datetime
    subject: str  # client:c-1, matter:m-1, inquiry:i-1
    way: str  # the route, such as "GET /clients/{client_id}"
    outcome: AccessOutcome = "refused"

    @property
    def until(self) -> datetime:
        """When the row goes by itself."""
        return self.at + (LOOKS_KEPT if self.outcome == "opened" else KEPT)


def may_read_looks(person: StaffMember) -> bool:
    """Whether this person may know which colleagues looked at a client."""
    return any(person.has(role) for role in READERS_OF_LOOKS)


def check_reads_looks(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_read_looks(person):
        message = f"Who looked is read by: {', '.join(READERS_OF_LOOKS)}."
        raise NotAllowedError(message, code="wrong-role")


def looks_at(
    ids: Mapping[str, str | None], staff_id: str, at: datetime, way: str
) -> dict[Access, str]:
    """A row for each thing with these ids, and the id of the one of the quarter hour before."""
    number = int(at.timestamp() // ONE_LOOK.total_seconds())
    return {
        Access(
            access_id=_look(staff_id, subject, way, number),
            staff_id=staff_id,
            at=at,
            subject=subject,
            way=way[:200],
            outcome="opened",
        ): _look(staff_id, subject, way, number - 1)
        for subject in subjects_in(ids)
    }


def is_another_look(row: Access, same: Access | None, before: Access | None) -> bool:
    """Whether this is no reload of what the same person opened by the same way just before."""
    return same is None and (before is None or row.at - before.at >= ONE_LOOK)


def _look(staff_id: str, subject: str, way: str, number: int) -> str:
    said = "\n".join((staff_id, subject, way, str(number)))
    return f"look-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def may_read_log(person: StaffMember) -> bool:
    """Whether this person may know whom walls kept away: whoever may build one."""
    return any(person.has(role) for role in READERS)


def check_reads_log(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_read_log(person):
        message = f"The access log is read by: {', '.join(READERS)}."
        raise NotAllowedError(message, code="wrong-role")


def rows_of_refusal(
    id: str,
    staff_id: str,
    at: datetime,
    subjects: tuple[str, ...],
    way: str,
    outcome: AccessOutcome,
) -> list[Access]:
    """A row for each thing a wall kept this person from, ids made from that of the request."""
    return [
        Access(
            access_id=f"{id}-{number}",
            staff_id=staff_id,
            at=at,
            subject=subject,
            way=way[:200],
            outcome=outcome,
        )
        for number, subject in enumerate(subjects, 1)
    ]
