"""Who may look at the firm's rules and words, and change them?

Partners, and whoever keeps the machines running; reminders asks the same.
"""

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError

ROLES = ("partner", "ops")


def may_change_rules(person: StaffMember) -> bool:
    """Whether this person may prepare, propose and approve an edition."""
    return person.active and any(person.has(each) for each in ROLES)


def check_changes_rules(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_change_rules(person):
        raise NotAllowedError("Rules and texts are changed by partners and ops.", code="wrong-role")
