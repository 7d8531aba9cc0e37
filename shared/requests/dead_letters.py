"""How does a person settle dead letters: try them again, or put them aside?

Desk asks ``settlements.<service>``. The owner of the letters checks the role itself, as it does
with decisions, and writes on each letter who settled it; only this service tries them again.
"""

from collections.abc import Awaitable, Callable
from typing import Literal

from shared.contracts.requests import Answer, Asked, RequestType
from shared.engine.dead_letters import DeadLetters
from shared.errors import RuleError
from shared.tasks import Actor
from shared.telemetry.logs import log

ROLE = "ops"


class Settlement(Asked):
    """What to do with which letters (one by its id, or all of a fingerprint), and who asks."""

    do: Literal["replay", "discard"]
    actor: Actor
    id: str | None = None
    fingerprint: str | None = None


class Settled(Answer):
    """How many letters had which outcome; ``discarded``, ``erased``, or the engine's own."""

    outcomes: dict[str, int]


SETTLEMENTS = RequestType(
    "settlements", "Try dead letters again, or put them aside.", Settlement, (Settled,)
)


def answer_settlements(letters: DeadLetters) -> Callable[[Settlement], Awaitable[Settled]]:
    """Answers with how many letters were settled, by what became of them.

    RuleError ``wrong-role`` for whoever is not of ops, ``choose`` where no letter is named.
    """

    async def answer(settlement: Settlement) -> Settled:
        if ROLE not in settlement.actor.roles:
            raise RuleError(f"This is for: {ROLE}.", code="wrong-role")
        choice = {
            "id": settlement.id,
            "fingerprint": settlement.fingerprint,
            "hidden": [each.partition(":")[2] for each in settlement.actor.screened],
        }
        if settlement.do == "discard":
            count = await letters.discard(choice, by=settlement.actor.id)
            outcomes = {"discarded": count} if count else {}
        else:
            outcomes = {}
            for each in await letters.replay(choice, by=settlement.actor.id):
                outcomes[each["outcome"]] = outcomes.get(each["outcome"], 0) + 1
        log.info("dead_letters_settled", request=settlement.do, count=sum(outcomes.values()),
                 fingerprint=settlement.fingerprint)  # fmt: skip
        return Settled(outcomes=outcomes)

    return answer
