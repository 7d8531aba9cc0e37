"""Feedback, as the desk asks it about a client's concerns: it says what a test has written down."""

from dataclasses import dataclass, field

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.concerns_asked import ConcernsTold
from shared.errors import TemporaryError


@dataclass
class ScriptedConcerns:
    """What feedback knows of clients' concerns, as a test wrote it down: nothing, else."""

    told: dict[str, ConcernsTold] = field(default_factory=dict)
    away: bool = False

    async def of_client(self, client_id: str, actor: StaffMember) -> ConcernsTold | Refused:
        """How far each is."""
        del actor
        if self.away:
            raise TemporaryError("away")
        return self.told.get(client_id) or ConcernsTold(items=[])
