"""How does the desk put a question to a service in the name of a person?

One signed NATS request. What comes back is shown and not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from services.desk.domain.staff import StaffMember, actor_of
from services.desk.gateways.owners import OwnerFailedError, in_the_name_of, refused_in
from services.desk.ports.answers import Refused
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class AskingForPeople:
    """Questions on one subject, such as ``checks.intake``."""

    runtime: Runtime
    signer: ActorSigner | None
    subject: str

    async def ask(
        self, said: Mapping[str, Any], actor: StaffMember, told: type[A], seconds: float
    ) -> A | Refused:
        """The answer, or the no in it; TemporaryError when the service is away or of a release
        whose answer is not understood.
        """
        signed = in_the_name_of(actor_of(actor), self.subject, said, self.signer)
        answer = await self.runtime.request(self.subject, signed, seconds=seconds)
        refused = refused_in(answer)
        if refused is not None:
            return refused
        try:
            return told.model_validate(answer)
        except ValidationError:  # of another release
            raise OwnerFailedError from None
