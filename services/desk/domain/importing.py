"""Who may take in lists of the firm's earlier programs?"""

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError

ROLES = ("partner", "ops")


def may_import(person: StaffMember) -> bool:
    """Whether it is this person's work to bring the firm's book along."""
    return person.active and any(person.has(role) for role in ROLES)


def check_imports(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_import(person):
        raise NotAllowedError("Lists are taken in by partners and ops.", code="wrong-role")
