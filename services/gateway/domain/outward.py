"""Which events may leave the firm by a subscription, and how does one say which it wants?

A type by its name, a beginning of whole words (``contact-*``), or ``*``. What carries a name, an
address or somebody's own words, and what walls, concerns and incidents are about, goes only to
whoever names the very type: nobody gets it by a wildcard. What is only between our services, or
about the firm's own people, goes to nobody.
"""

from shared.contracts.catalogue import CATALOGUE
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
)  # fmt: skip
MAY_LEAVE = frozenset(CATALOGUE) - NEVER
BY_NAME_ONLY = frozenset(
    name for name, data in CATALOGUE.items() if data.DELIVERS_PRIVATE or name.startswith(DELICATE)
)
EVERYTHING = "*"


def is_wanted(type: str, pattern: str) -> bool:
    """Whether a pattern means this type."""
    if type == pattern:
        return type in MAY_LEAVE
    if not pattern.endswith(EVERYTHING) or type not in MAY_LEAVE - BY_NAME_ONLY:
        return False
    return type.startswith(pattern.removesuffix(EVERYTHING))


def is_rehearsed(data: object) -> bool:
    """Whether it tells of a rehearsal, of which nobody outside hears."""
    return getattr(data, "rehearsal", None) is True


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
