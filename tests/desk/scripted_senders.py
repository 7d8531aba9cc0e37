"""What reminders says of the test mail, as a test wrote it down."""

from dataclasses import dataclass, field

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.sender_checks import SenderAsked, SenderTold
from shared.errors import TemporaryError

NEVER = SenderTold(sender="office@firm.example", standing="never", progress="none")


@dataclass
class ScriptedSenders:
    """Reminders, as far as the test mail goes: nothing was sent yet, else."""

    told: SenderTold = NEVER
    refused: Refused | None = None
    away: bool = False
    asked: list[SenderAsked] = field(default_factory=list)

    async def ask(self, asked: SenderAsked, actor: StaffMember) -> SenderTold | Refused:
        """Note what is wanted, and answer."""
        del actor
        if self.away:
            raise TemporaryError("away")
        if asked.ask == "state":
            return self.told
        self.asked.append(asked)
        return self.refused or self.told
