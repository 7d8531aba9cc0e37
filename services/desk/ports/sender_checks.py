"""Whom does the desk ask whether mail of the firm is believed where it arrives?"""

from typing import Protocol

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.sender_checks import SenderAsked, SenderTold


class SenderChecks(Protocol):
    """The test mail, which reminders sends and reads back; TemporaryError when it is away."""

    async def ask(self, asked: SenderAsked, actor: StaffMember) -> SenderTold | Refused:
        """The answer to one question, or the no in it."""
