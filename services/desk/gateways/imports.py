"""How does the desk ask the gateway about the lists a person brings, and have them taken in?

One NATS request in the name of a person. A file goes in pieces; the desk itself keeps none of it.
"""

from typing import TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.imports import ListAsked
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "imports.gateway"
SECONDS = 10.0
READING_SECONDS = 60.0  # a workbook of twenty thousand rows takes a while to be read
READS = ("read", "use", "columns", "weigh")
A = TypeVar("A", bound=Answer)


class NatsImports:
    """Lists, asked of the gateway over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def ask(self, asked: ListAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """The answer; TemporaryError when the gateway is away."""
        said = asked.model_dump(mode="json", exclude_none=True)
        seconds = READING_SECONDS if asked.ask in READS else SECONDS
        return await self._asking.ask(said, actor, told, seconds)
