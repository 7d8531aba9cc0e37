"""How does the desk ask the six services how they fare, and settle what they kept?

Three verbs of NATS: ``figures`` and ``digests``, which change nothing, and ``settlements``, which
names the person who wants it. A service that is away is said to be away, and the others are shown
all the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from services.desk.domain.staff import StaffMember, actor_of
from services.desk.gateways.owners import in_the_name_of, refused_in
from services.desk.ports.answers import Refused
from shared.contracts.answers import DeadLetterShown, DigestPlanned, Figures, LettersListed
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.requests.actors import ActorSigner

LOOK_SECONDS, SETTLE_SECONDS = 3.0, 60.0


class NatsServices:
    """The six services, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def figures(self, service: str) -> Figures | None:
        """How it fares; None when it does not answer."""
        try:
            answer = await self._ask("figures", service, {"ask": "figures"}, LOOK_SECONDS)
            return Figures.model_validate(answer) if refused_in(answer) is None else None
        except (TemporaryError, ValidationError):  # away, or of a release that says less
            return None

    async def digest(self, staff_id: str) -> DigestPlanned | None:
        """When this person's digest goes next; None when reminders is away."""
        try:
            asked = {"staff_id": staff_id}
            answer = await self._ask("digests", "reminders", asked, LOOK_SECONDS)
            return DigestPlanned.model_validate(answer) if refused_in(answer) is None else None
        except (TemporaryError, ValidationError):
            return None

    async def letters(
        self, service: str, fingerprint: str, actor: StaffMember
    ) -> Sequence[DeadLetterShown]:
        """Its dead letters of one cause, a hundred at most, none from behind a wall of theirs;
        TemporaryError when it is away.
        """
        hidden = sorted(each.partition(":")[2] for each in actor.screened)
        asked = {"ask": "letters", "fingerprint": fingerprint, "hidden": hidden}
        answer = await self._ask("figures", service, asked, LOOK_SECONDS)
        try:
            return LettersListed.model_validate(answer).items
        except ValidationError:  # a refusal, or of another release
            return []

    async def settle(
        self, service: str, do: str, choice: Mapping[str, str], actor: StaffMember
    ) -> Mapping[str, int] | Refused:
        """Try letters again or put them aside; how many had which outcome."""
        subject = f"settlements.{service}"
        asked = in_the_name_of(actor_of(actor), subject, {"do": do, **choice}, self._signer)
        answer = await self._ask("settlements", service, asked, SETTLE_SECONDS)
        outcomes = answer.get("outcomes")
        return refused_in(answer) or (outcomes if isinstance(outcomes, dict) else {})

    async def _ask(
        self, verb: str, service: str, asked: dict[str, Any], seconds: float
    ) -> dict[str, Any]:
        return await self._runtime.request(f"{verb}.{service}", asked, seconds=seconds)
