"""How does the desk reach the services that own tasks?

One NATS request and its answer. An answer that is not understood counts as away: nobody is told
that something was decided unless its owner said so.
"""

from collections.abc import Mapping
from typing import Any

from services.desk.domain.staff import StaffMember, actor_of
from services.desk.ports.answers import Answer, Refused
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.requests.actors import ActorSigner

DECIDE_SECONDS = 10.0
VIEW_SECONDS = 2.0
TRY_AGAIN = ("try-again", "failed")


class OwnerFailedError(TemporaryError):
    """The service that owns this task could not answer; nothing was decided. Try again."""


class NatsOwners:
    """The owners of tasks, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def decide(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Put a person's decision to the owner; raises TemporaryError when it is away."""
        return await self._ask(f"decisions.{service}", decision)

    async def preview(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """What the owner would answer now; TemporaryError when it is away."""
        return await self._ask(f"previews.{service}", decision)

    async def _ask(self, subject: str, decision: Mapping[str, Any]) -> Answer:
        asked = in_the_name_of(decision["actor"], subject, decision, self._signer)
        answer = await self._runtime.request(subject, asked, seconds=DECIDE_SECONDS)
        refused = refused_in(answer)
        if refused is None and answer.get("accepted") is not True:
            raise OwnerFailedError
        waits = answer.get("waits") is True
        return Answer(answer.get("state"), answer.get("version"), refused, waits)

    async def values(
        self, service: str, task_id: str, actor: StaffMember
    ) -> Mapping[str, Any] | Refused:
        """The values of a task's fields for this person; TemporaryError when it is away."""
        subject = f"views.{service}"
        asked = in_the_name_of(actor_of(actor), subject, {"task_id": task_id}, self._signer)
        answer = await self._runtime.request(subject, asked, seconds=VIEW_SECONDS)
        refused = refused_in(answer)
        if refused is not None:
            return refused
        values = answer.get("values")
        if not isinstance(values, dict):
            raise OwnerFailedError
        return values


def in_the_name_of(
    actor: Mapping[str, Any], subject: str, asked: Mapping[str, Any], signer: ActorSigner | None
) -> dict[str, Any]:
    """What is asked, with the person it is asked for, signed where the desk has a key."""
    if signer is not None:
        actor = signer.actor(subject, asked, actor["id"], actor["roles"], actor.get("screened", ()))
    return {**asked, "actor": dict(actor)}


def refused_in(answer: Mapping[str, Any]) -> Refused | None:
    """The no in an answer; TemporaryError where the same question may be answered later."""
    no = answer.get("refused")
    if not isinstance(no, dict):
        return None
    if no.get("code") in TRY_AGAIN:
        raise OwnerFailedError
    return Refused(str(no.get("code")), str(no.get("message")), no.get("field"))
