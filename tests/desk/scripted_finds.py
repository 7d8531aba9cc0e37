"""Whom intake finds, as the desk's tests write it down."""

from dataclasses import dataclass, field

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.finds import FindTold
from shared.errors import TemporaryError


@dataclass
class ScriptedFinds:
    """Whom intake finds, by what was typed, as a test wrote it down: nobody, else."""

    told: dict[str, FindTold] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def found(self, words: str, actor: StaffMember) -> FindTold | Refused:
        """What was written down for these words; notes who asks."""
        self.asked.append(f"{actor.staff_id} {words}")
        if self.away:
            raise TemporaryError("away")
        return self.told.get(words) or FindTold(items=[])

    async def led_by(self, staff_id: str, actor: StaffMember) -> FindTold | Refused:
        """What was written down for this person; notes who asks."""
        self.asked.append(f"{actor.staff_id} led by {staff_id}")
        if self.away:
            raise TemporaryError("away")
        return self.told.get(f"led by {staff_id}") or FindTold(items=[])
