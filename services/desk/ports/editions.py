"""Whom does the desk ask about the firm's rules and words?"""

from typing import Protocol, TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.editions import EditionsAsked
from shared.contracts.requests import Answer

A = TypeVar("A", bound=Answer)


class Editions(Protocol):
    """The firm's rules and words, kept by reminders; TemporaryError when it is away."""

    async def ask(self, asked: EditionsAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """The answer to one question, or the no in it."""
