"""May the firm act for a client, as far as their conflict checks go?"""

from collections.abc import Sequence
from typing import Literal

from services.intake.domain.checks import Check

Clearance = Literal["clear", "pending", "declined", "unchecked"]


def clearance_of(checks: Sequence[Check]) -> Clearance:
    """What the gravest of a client's checks says; without any, that nobody ever looked."""
    states = {each.state for each in checks}
    if not states:
        return "unchecked"
    if "declined" in states:
        return "declined"
    return "pending" if "pending" in states else "clear"
