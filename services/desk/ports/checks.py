"""What may be asked of intake about conflict checks?"""

from typing import Protocol

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.checks import (
    ChecksAsked,
    ChecksListed,
    CheckTold,
    ClearanceTold,
    MergeTold,
)


class Checks(Protocol):
    """Intake's conflict checks, for whoever decides them; TemporaryError when it is away."""

    async def listed(self, asked: ChecksAsked, actor: StaffMember) -> ChecksListed | Refused:
        """A page of the register."""

    async def told(self, asked: ChecksAsked, actor: StaffMember) -> CheckTold | Refused:
        """A record: looked at, made by a search, or reopened."""

    async def merge(
        self, survivor_id: str, other_id: str, request_id: str, actor: StaffMember
    ) -> MergeTold | Refused:
        """Say that two clients are one person: a second one is asked to confirm it."""

    async def clearance(self, client_id: str, actor: StaffMember) -> ClearanceTold | Refused:
        """Whether the firm may act for a client, as far as their own checks go."""
