"""How does the desk ask reminders about the firm's rules and words, and have them changed?

One NATS request in the name of a person. Reading all rules takes reminders a moment.
"""

from typing import TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.editions import EditionsAsked
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "editions.reminders"
SECONDS = 20.0
A = TypeVar("A", bound=Answer)


class NatsEditions:
    """Editions, asked of reminders over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def ask(self, asked: EditionsAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """The answer; TemporaryError when reminders is away."""
        said = asked.model_dump(mode="json", exclude_none=True)
        return await self._asking.ask(said, actor, told, SECONDS)
