"""Which events may leave the firm by a subscription, and how does one say which it wants?

A type by its name, a beginning of whole words (``contact-*``), or ``*``. What carries a name, an
address or somebody's own words, and what walls, concerns and incidents are about, goes only to
whoever names the very type: nobody gets it by a wildcard. So do tasks, which are about all of these
too. What is only between our services, or about the firm's own people, goes to nobody.
"""

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.incident_task_kinds import INCIDENT_PROPOSAL, INCIDENT_STEP, ROLL_CALL
from shared.errors import RuleError

NEVER = frozenset(
    {
        "records-ordered", "records-confirmed",  # the work of an erasure, between our services
        "records-ended",  # and of the end of a client's working records
        "staff-digest-set", "staff-accounted-for",  # a person's morning, a person's safety
    }
)  # fmt: skip
DELICATE = (
    "conflict-", "restriction-", "concern-", "complaint-", "dispute-", "service-recovery-",
    "incident-", "data-breach-", "retention-risk-", "access-", "erasure-",
    "task-", "firm-edition-",  # what is to do about any of them; everything the firm says of itself
)  # fmt: skip
MAY_LEAVE = frozenset(CATALOGUE) - NEVER
BY_NAME_ONLY = frozenset(
    name for name, data in CATALOGUE.items() if data.DELIVERS_PRIVATE or name.startswith(DELICATE)
)
OF_INCIDENTS = frozenset(each.kind for each in (INCIDENT_PROPOSAL, INCIDENT_STEP, ROLL_CALL))
EVERYTHING = "*"


def is_wanted(type: str, pattern: str) -> bool:
    """Whether a pattern means this type."""
    if type == pattern:
        return type in MAY_LEAVE
    if not pattern.endswith(EVERYTHING) or type not in MAY_LEAVE - BY_NAME_ONLY:
        return False
    return type.startswith(pattern.removesuffix(EVERYTHING))


def stays_within(data: object) -> bool:
    """Whether it tells of a rehearsal, or may: nobody outside hears of one.

    The tasks of an incident are the same in its rehearsal, and do not say which it is.
    """
    is_task = isinstance(data, EventData) and data.TYPE.startswith("task-")
    of_incident = is_task and getattr(data, "kind", "") in OF_INCIDENTS
    return of_incident or getattr(data, "rehearsal", None) is True


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that means nothing; RuleError says what it may be."""
    if pattern == EVERYTHING:
        return
    if pattern in NEVER:
        raise RuleError(f"{pattern} never leaves the firm.", code="type", field="types")
    words, star = pattern.removesuffix("-*"), pattern.endswith("-*")
    if star and words and any(is_wanted(each, pattern) for each in CATALOGUE):
        return
    if star and any(each.startswith(f"{words}-") for each in MAY_LEAVE):
        named = ", ".join(sorted(each for each in MAY_LEAVE if each.startswith(f"{words}-")))
        message = f"{pattern} means only types that have to be named one by one: {named}."
        raise RuleError(message, code="type", field="types")
    if star or pattern not in MAY_LEAVE:
        message = (
            f"There is no event {pattern}. Name a type, a beginning of whole words such as"
            " contact-*, or *; docs/events lists every type."
        )
        raise RuleError(message, code="type", field="types")
