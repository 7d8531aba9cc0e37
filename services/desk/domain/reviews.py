"""Who sees the list of all reviews, and how is it said what became of one?

Whoever may decide about replies. A review is joined to no client, so no wall stands before one.
"""

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from shared.contracts.task_kind import STAFF

STATES = {
    "any": "Every review",
    "waiting": "To be answered",
    "answered": "Answered",
    "not-answered": "Not answered",
    "removed": "Removed from their site",
}
SAID = {
    "waiting": ("To be answered", "warn"),
    "answered": ("Answered", "ok"),
    "not-answered": ("Not answered", "neutral"),
    "removed": ("Removed from its site", "neutral"),
}


def may_see_reviews(person: StaffMember) -> bool:
    """Whether this person may be asked about a reply."""
    return person.active and any(person.has(role) for role in STAFF)


def check_sees_reviews(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_see_reviews(person):
        raise NotAllowedError(f"Reviews are seen by: {', '.join(STAFF)}.", code="wrong-role")
