"""Who sees the register of conflict checks, and how is it said what a check came to?"""

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from shared.contracts.firm_roles import FirmRoles, roles_of
from shared.contracts.intake_task_kinds import CONFLICT_CHECK

STATES = {
    "pending": ("Waits for a decision", "warn"),
    "no-hits": ("Nothing found", "ok"),
    "cleared": ("Cleared", "ok"),
    "waived": ("Cleared with a waiver", "ok"),
    "declined": ("Declined", "danger"),
    "found": ("Matches found", ""),
}
CLEARANCES = {
    "clear": ("Conflict check clear", "ok"),
    "pending": ("A conflict check waits for a decision", "warn"),
    "declined": ("The firm declined to act", "danger"),
    "walled": ("Conflict check clear, behind an ethical wall", "warn"),
    "unchecked": ("Never checked for conflicts", "warn"),
}
TRIGGERS = {
    "inquiry": "Conflict check of an inquiry",
    "client": "Conflict check of a client",
    "party": "Conflict check of a party to a matter",
    "search": "Search by hand",
}
SHOWS = {
    "all": "All",
    "pending": "Pending",
    "no-hits": "Nothing found",
    "cleared": "Cleared",
    "waived": "Waived",
    "declined": "Declined",
    "reopened": "Reopened",
    "incomplete": "Not complete",
    "searches": "Searches",
}
SEARCHED_AS = {
    "prospect": "Somebody who asks for help",
    "client": "A client",
    "adverse": "On the other side",
    "related": "Related to a matter otherwise",
}


def may_see_conflicts(person: StaffMember, firm: FirmRoles) -> bool:
    """Whether this person decides conflict checks here; the owner asks the same again."""
    allowed = roles_of(CONFLICT_CHECK.kind, firm)
    return person.active and any(person.has(role) for role in allowed)


def check_sees_conflicts(person: StaffMember, firm: FirmRoles) -> None:
    """Refuse whoever decides no conflict checks."""
    if not may_see_conflicts(person, firm):
        roles = ", ".join(roles_of(CONFLICT_CHECK.kind, firm))
        raise NotAllowedError(f"Conflict checks are seen by: {roles}.", code="wrong-role")


def said_found(hits: int) -> str:
    """How many known parties may be the same."""
    if not hits:
        return "nobody the firm knows"
    return "1 known party" if hits == 1 else f"{hits} known parties"
