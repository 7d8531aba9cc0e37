"""What does only the desk announce? When each of the firm's people wants their digest, and how
clients read of them.

Its tasks are in ``tasks``, the talks its staff log in ``firm.ClientContactLogged``.
"""

from typing import ClassVar

from shared.contracts.base import EventData
from shared.contracts.fields import Flag, Id, Line, Phone, WallTime, Zone


class StaffDigestSet(EventData):
    """A person of the firm gets their digest at this time of day, or none."""

    TYPE: ClassVar[str] = "staff-digest-set"
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("staff_id",)

    staff_id: Id
    at: WallTime | None = None
    """On the clock of ``timezone``; none: no digest."""
    timezone: Zone


class StaffNamed(EventData):
    """How clients read of somebody of the firm; said at each start of the desk.

    Whoever does not work with clients has no name here.
    """

    TYPE: ClassVar[str] = "staff-named"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("staff_id",)

    staff_id: Id
    name: Line | None = None
    phone: Phone | None = None
    title: Line | None = None
    """As what they sign letters, in the firm's own words, such as Solicitor or Rechtsanwältin."""
    works_here: Flag = True
    """Whoever works here no more is named to no client."""
    leads_matters: Flag | None = None
    """False: they are never named as who is in charge, and sign only what they had drafted."""
