"""What does only the desk announce? When each person of the firm wants their digest.

Its tasks are in ``tasks``, the talks its staff log in ``firm.ClientContactLogged``.
"""

from typing import ClassVar

from shared.contracts.base import EventData
from shared.contracts.fields import Id, WallTime, Zone


class StaffDigestSet(EventData):
    """A person of the firm gets their digest at this time of day, or none."""

    TYPE: ClassVar[str] = "staff-digest-set"
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("staff_id",)

    staff_id: Id
    at: WallTime | None = None
    """On the clock of ``timezone``; none: no digest."""
    timezone: Zone
