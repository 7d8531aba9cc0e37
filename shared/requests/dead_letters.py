"""How does a person settle dead letters: try them again, or put them aside?

Desk asks ``settlements.<service>``. The owner of the letters checks the role itself, as it does
with decisions, and writes on each letter who settled it; only this service tries them again.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.bus.request_reply import RequestHandler
from shared.engine.dead_letters import DeadLetters
from shared.errors import RuleError
from shared.tasks import Actor
from shared.telemetry.logs import log

ROLE = "ops"


class Settlement(BaseModel):
    """What to do with which letters, and who asks for it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    do: Literal["replay", "discard"]
    actor: Actor
    id: str | None = None
    fingerprint: str | None = None


def answer_settlements(letters: DeadLetters) -> RequestHandler:
    """Answers with how many letters were settled, by what became of them."""

    async def answer(asked: dict[str, Any]) -> dict[str, Any]:
        settlement = _read(asked)
        if ROLE not in settlement.actor.roles:
            raise RuleError(f"This is for: {ROLE}.", code="wrong-role")
        choice = {"id": settlement.id, "fingerprint": settlement.fingerprint}
        if settlement.do == "discard":
            count = await letters.discard(choice, by=settlement.actor.id)
            outcomes = {"discarded": count} if count else {}
        else:
            outcomes = {}
            for each in await letters.replay(choice, by=settlement.actor.id):
                outcomes[each["outcome"]] = outcomes.get(each["outcome"], 0) + 1
        log.info("dead_letters_settled", request=settlement.do, count=sum(outcomes.values()),
                 fingerprint=settlement.fingerprint)  # fmt: skip
        return {"outcomes": outcomes}

    return answer


def _read(asked: dict[str, Any]) -> Settlement:
    try:
        return Settlement.model_validate(asked)
    except ValidationError as invalid:
        field = ".".join(str(part) for part in invalid.errors()[0]["loc"])
        message = f"{field} is missing or not valid."
        raise RuleError(message, code="invalid", field=field) from None
