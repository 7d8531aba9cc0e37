"""May the firm act for a client, as far as their conflict checks and walls go?"""

from collections.abc import Sequence
from typing import Literal

from services.intake.domain.checks import Check

Clearance = Literal["clear", "pending", "declined", "walled", "unchecked"]


def clearance_of(checks: Sequence[Check], *, walled: bool = False) -> Clearance:
    """What the gravest of a client's checks says; without any, that nobody ever looked.

    ``walled``: a wall stands around the client or one of their matters. The firm may act, but not
    everybody of it.
    """
    states = {each.state for each in checks}
    if not states:
        return "unchecked"
    if "declined" in states:
        return "declined"
    if "pending" in states:
        return "pending"
    return "walled" if walled else "clear"
