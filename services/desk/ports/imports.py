"""Whom does the desk ask about lists that a person brings?"""

from typing import Protocol, TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.imports import ListAsked
from shared.contracts.requests import Answer

A = TypeVar("A", bound=Answer)


class Imports(Protocol):
    """Lists, which the gateway keeps, tries and takes in; TemporaryError when it is away."""

    async def ask(self, asked: ListAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """The answer to one question, or the no in it."""
