"""Who may see what the firm's work adds up to, and how is it said why a client may leave?

Partners: reports name lawyers, and lead to what single clients said.
"""

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError

SEES_REPORTS = "partner"
RISKS = {  # why a client may leave
    "no-contact": "nobody was in touch for long",
    "low-score": "an unhappy answer",
    "commitment-missed": "something owed was not done in time",
    "concern-open": "a concern that is open",
}


def may_see_reports(person: StaffMember) -> bool:
    """Whether this person answers for the firm as a whole."""
    return person.active and person.has(SEES_REPORTS)


def check_sees_reports(person: StaffMember) -> None:
    """Refuse everybody but partners."""
    if not may_see_reports(person):
        raise NotAllowedError("Reports are seen by partners.", code="wrong-role")
