"""How does the desk ask reminders whether mail of the firm is believed, and have a test mail sent?

One NATS request in the name of a person. The source of a mail travels in it, and is kept nowhere.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.sender_checks import SenderAsked, SenderTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "senders.reminders"
SECONDS = 10.0


class NatsSenderChecks:
    """The test mail, asked of reminders over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def ask(self, asked: SenderAsked, actor: StaffMember) -> SenderTold | Refused:
        """The answer; TemporaryError when reminders is away."""
        said = asked.model_dump(mode="json", exclude_none=True)
        return await self._asking.ask(said, actor, SenderTold, SECONDS)
