"""How does the desk ask intake whom somebody may mean by what they typed?

One NATS request in the name of a person; what was typed and what comes back are not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.finds import FindTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "finds.intake"
SECONDS = 2.0  # whoever waits sees what the desk itself has found


class NatsFinds:
    """Names, numbers and addresses, looked for by intake over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def found(self, words: str, actor: StaffMember) -> FindTold | Refused:
        """Who may be meant; TemporaryError when intake is away."""
        return await self._asking.ask({"words": words}, actor, FindTold, SECONDS)

    async def led_by(self, staff_id: str, actor: StaffMember) -> FindTold | Refused:
        """The open matters somebody leads; TemporaryError when intake is away."""
        return await self._asking.ask({"led_by": staff_id}, actor, FindTold, SECONDS)
