"""Reminders itself over memory, as the desk asks it about the firm's rules and words."""

import asyncio
from dataclasses import dataclass, field
from typing import TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from services.reminders.domain.edition import HEAD
from services.reminders.ports import EDITION_HEAD, EDITIONS
from shared.contracts.editions import EditionsAsked
from shared.contracts.requests import Answer
from shared.errors import RuleError, TemporaryError
from shared.requests.decisions import Actor
from tests.reminders.editions import answer, office
from tests.reminders.over_memory import Reminders

A = TypeVar("A", bound=Answer)


@dataclass
class MemoryEditions:
    """Asks reminders; it is made when somebody asks first."""

    away: bool = False
    by: list[str] = field(default_factory=list)
    _office: Reminders | None = None

    @property
    def reminders(self) -> Reminders:
        """The office that keeps them."""
        if self._office is None:
            self._office = office()
        return self._office

    async def ask(self, asked: EditionsAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """As over NATS."""
        await asyncio.sleep(0)
        self.by.append(actor.staff_id)
        if self.away:
            raise TemporaryError("away")
        person = Actor(id=actor.staff_id, roles=tuple(actor.roles))
        said = asked.model_dump(mode="json", exclude_none=True)
        try:
            found = await answer(self.reminders, {**said, "actor": person})
        except RuleError as no:
            return Refused(no.code, no.message, no.field)
        return told.model_validate(found.model_dump(mode="json"))

    def in_force(self) -> int:
        """The number of the edition in force."""
        heads = {each.name: each for each in self.reminders.all(EDITION_HEAD)}
        return heads[HEAD].in_force if heads else 0

    def states(self) -> list[str]:
        """Where each edition stands."""
        return [each.state.value for each in self.reminders.all(EDITIONS)]
