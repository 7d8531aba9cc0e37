"""Who asked for what a wall keeps them from, when, and by which way?

One row for each refusal, and for each time a search left something out. It holds ids only; the
wording of the address is the route's, never what was typed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError

KEPT = timedelta(days=6 * 366)  # as long as most claims against a lawyer may be brought
READERS = ("lawyer", "partner")
Outcome = Literal["refused", "left-out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One row of the access log."""

    access_id: str
    staff_id: str
    at: datetime
    subject: str  # client:c-1, matter:m-1, inquiry:i-1
    way: str  # the route, such as "GET /clients/{client_id}"
    outcome: Outcome = "refused"


def may_read_log(person: StaffMember) -> bool:
    """Whether this person may know whom walls kept away: whoever may build one."""
    return any(person.has(role) for role in READERS)


def check_reads_log(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_read_log(person):
        message = f"The access log is read by: {', '.join(READERS)}."
        raise NotAllowedError(message, code="wrong-role")


def rows_of_refusal(
    id: str, staff_id: str, at: datetime, subjects: tuple[str, ...], way: str, outcome: Outcome
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
