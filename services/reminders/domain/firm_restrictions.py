"""What must not be written to anybody for now, whoever the client is?

One register for the whole firm, by restriction_id: the newest word holds, in any order.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.reminders.domain.card import Restriction, strictest

FIRM = "firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRestrictions:
    """Everything placed on the whole firm; lifted ones stay, as the newest word on their id."""

    name: str = FIRM
    placed: dict[str, Restriction] = field(default_factory=dict)

    def with_restriction(self, restriction_id: str, said: Restriction) -> "FirmRestrictions":
        """The register after a restriction was placed or lifted."""
        before = self.placed.get(restriction_id)
        if before is not None and before.stamp >= said.stamp:
            return self
        return replace(self, placed={**self.placed, restriction_id: said})

    def restricted(self, message_class: str, now: datetime) -> Restriction | None:
        """The strictest that speaks against such a message now."""
        return strictest(
            each for each in self.placed.values() if each.forbids(message_class, None, now)
        )
