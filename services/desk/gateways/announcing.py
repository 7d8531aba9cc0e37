"""How does an owner hear of a decision that was held back?

Asked under the decision's own id, so that an owner that heard it already gives the same answer and
does nothing twice. Without an answer the decision stays in hand and falls due again.
"""

import asyncio
import json
from collections.abc import Callable

from services.desk.domain.held_decisions import HeldDecision
from services.desk.domain.staff import StaffMember, actor_of
from services.desk.gateways.owners import NatsOwners
from services.desk.ports.answers import Answer
from services.desk.ports.staff import STAFF
from services.desk.workflow.held_decisions import LEFT, held_needs, settle
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.requests.actors import ActorSigner
from shared.telemetry.logs import log

SOURCE = "urn:clientele:desk"


class Announcing:
    """Tells owners what was decided, and keeps what they answered."""

    def __init__(self, signer: ActorSigner | None, count: Callable[[str], None]) -> None:
        self._signer = signer
        self._count = count

    async def __call__(self, runtime: Runtime, held: list[HeldDecision]) -> None:
        """Tell all of these that are being passed on; what cannot be told now falls due again."""
        await asyncio.gather(
            *(self._tell(runtime, each) for each in held if each.state == "passing-on")
        )

    async def _tell(self, runtime: Runtime, held: HeldDecision) -> None:
        try:
            unit = await runtime.look(lambda _: [STAFF.one(held.by)])
            answer = await self._answer(runtime, held, unit.get(STAFF, held.by))
            id = f"told-{held.decision_id}"
            cause = Cause(SOURCE, id, "decision", held.decision_id, None, runtime.clock.now())
            step = settle(held.decision_id, answer)
            settled = await runtime.act(step, held_needs(held.decision_id), cause=cause)
        except TemporaryError:
            log.warning("held_decision_waits", service=held.service, tries=held.tries)
            return
        if settled is not None:
            self._count(settled.state)

    async def _answer(self, runtime: Runtime, held: HeldDecision, by: StaffMember | None) -> Answer:
        """By what this person may do now: who has left since, decides nothing any more."""
        if by is None or not by.active:
            return Answer(None, None, LEFT)
        decision = {
            "decision_id": held.decision_id,
            "task_id": held.task_id,
            "decision": held.decision,
            "fields": json.loads(held.fields),
            "version": held.version,
            "actor": actor_of(by),
        }
        return await NatsOwners(runtime, self._signer).decide(held.service, decision)
