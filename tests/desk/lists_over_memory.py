"""The gateway's lists behind the desk of a test: real rules over memory, asked as over NATS."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from services.desk.domain.staff import StaffMember, actor_of
from services.desk.gateways.imports import SUBJECT
from services.desk.gateways.owners import in_the_name_of
from services.desk.ports.answers import Refused
from services.gateway.api.imports import ListRequest
from shared.clock import real_now
from shared.contracts.imports import ListAsked
from shared.contracts.requests import Answer
from shared.errors import RuleError, TemporaryError
from shared.requests.actors import ActorSigner, ActorVerifier
from shared.state.keys import derive
from tests.gateway.brought import Bringing, bringing

A = TypeVar("A", bound=Answer)
DESK = ActorSigner(b"d" * 32)
GATEWAY = ActorVerifier(derive(DESK.key, "actor-gateway"), real_now() - timedelta(days=9))


@dataclass
class MemoryImports:
    """A gateway that has been brought nothing yet."""

    gateway: Bringing = field(default_factory=bringing)
    away: bool = False
    works: bool = True  # whether what is due is worked on at once
    asked: list[ListAsked] = field(default_factory=list)

    async def ask(self, asked: ListAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        """The answer of the gateway, as it comes over the wire."""
        if self.away:
            raise TemporaryError("away")
        self.asked.append(asked)
        said: dict[str, Any] = json.loads(asked.model_dump_json(exclude_none=True))
        signed = in_the_name_of(actor_of(actor), SUBJECT, said, DESK)
        try:
            answer: Answer = await self._proved(ListRequest.model_validate(signed))
        except RuleError as no:
            return Refused(no.code, no.message, no.field)
        if self.works:
            self.gateway.office.work_due()
        return told.model_validate(answer.model_dump(mode="json", exclude_unset=True))

    async def _proved(self, request: ListRequest) -> Answer:
        """The gateway answers what the desk has signed, and nothing else."""
        GATEWAY.check(SUBJECT, request.model_dump(exclude={"actor"}), request.actor, real_now())
        self.gateway.actor = request.actor
        said = request.model_dump(mode="json", exclude={"actor", "ask"}, exclude_none=True)
        answer: Answer = await self.gateway.ask(request.ask, **said)
        return answer
