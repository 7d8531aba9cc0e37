"""On whose side does a known party stand, seen from the name that is checked?

The same person in another role is what a conflict check is for, so the role never keeps a name
from being compared; it only says what a match means.
"""

from enum import StrEnum
from typing import Literal

Role = Literal["client", "prospect", "adverse", "related"]


class Adversity(StrEnum):
    """What a match means."""

    ADVERSE = "adverse"  # for us here, against us there
    UNKNOWN = "unknown"  # a person has to look: related persons, possible duplicates
    SAME_SIDE = "same-side"  # worth knowing, no conflict


OURS = frozenset({"client", "prospect"})


def adversity(new: Role, known: Role) -> Adversity:
    """What it means that a new name with one role matches a known one with another."""
    if (new in OURS and known in OURS) or new == known:
        return Adversity.SAME_SIDE
    if "related" in (new, known):
        return Adversity.UNKNOWN
    return Adversity.ADVERSE
