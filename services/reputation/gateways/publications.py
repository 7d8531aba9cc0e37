"""How does a claimed reply become what is handed over, and where is its outcome kept?"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from prometheus_client import CollectorRegistry, Counter

from services.reputation.domain.publication import Publication
from services.reputation.domain.response import hash_of
from services.reputation.gateways.google import GoogleReplies, ReplyToGoogle
from services.reputation.ports import RESPONSES, SiteOutcome
from services.reputation.workflow.publishing import PublicationSteps
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed, HandOver
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

AT_ONCE = 4
CHANGED = "text-changed"


@dataclass(frozen=True)
class PublicationWork:
    """Replies on their way to a site, as the hand-over sees them."""

    steps: PublicationSteps
    site: GoogleReplies
    outcomes: Counter
    at_once: int = AT_ONCE

    def is_mine(self, document: Publication) -> bool:
        """Whether this very process has claimed it."""
        return self.steps.is_in_hand(document)

    def claimed_until(self, document: Publication) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: Publication) -> str:
        """Each review for itself."""
        return document.response_id

    def channel(self, _: Publication) -> GoogleReplies:
        """The site."""
        return self.site

    async def message(self, runtime: Runtime, document: Publication) -> ReplyToGoogle | Outcome:
        """Exactly the approved words, read now; or that they are others by now."""
        unit = await runtime.look(partial(_needs_of_message, document))
        response = unit.get(RESPONSES, document.response_id)
        if response is None or hash_of(response.text) != document.text_hash:
            return Outcome(Result.NOT_MADE, CHANGED)
        only_look = document.stage == "submitted"
        return ReplyToGoogle(document.name, response.text, document.put, only_look)

    async def is_held(self, _: Runtime) -> bool:
        """Never: a person approved each."""
        return False

    def needs(self, document: Publication, unit: ReadSoFar) -> Iterable[Need]:
        """What recording its outcome needs."""
        return self.steps.needs_of_recording(document, unit)

    def cause(self, runtime: Runtime, document: Publication) -> Cause:
        """The hand-over of this reply."""
        tried = f"{document.text_hash[:16]}-{document.looks}-{document.retries}"
        own_id = f"published-{document.response_id}-{tried}"
        source = f"urn:clientele:{runtime.name}"
        return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())

    def record(self, handed: Handed[Publication, ReplyToGoogle], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        self.steps.record(handed.document, handed.outcome, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Nobody watches how long it takes."""
        return nullcontext()

    def count(self, batch: Sequence[Handed[Publication, ReplyToGoogle]]) -> None:
        """Count what became of these; what failed is a line for ops."""
        for handed in batch:
            outcome = handed.outcome
            state = outcome.state if isinstance(outcome, SiteOutcome) else outcome.result.value
            self.outcomes.labels(self.site.name, state).inc()
            if outcome.result not in (Result.HANDED_OVER, Result.NOT_TRIED):
                log.warning("reply_not_taken", channel=self.site.name,
                            outcome=outcome.result.value, reason=outcome.reason)  # fmt: skip


class Publications:
    """The hand-over of replies in one running process."""

    _carry: HandOver[Publication, ReplyToGoogle]

    def __init__(self, steps: PublicationSteps, site: GoogleReplies) -> None:
        self._steps, self._site = steps, site

    async def start(self, runtime: Runtime) -> None:
        """From now on it can hand over."""
        sender = f"{runtime.settings.replica}:{uuid4().hex[:12]}"
        self._steps.publishing.sender = sender
        work = PublicationWork(self._steps, self._site, _outcomes(runtime.metrics.registry))
        self._carry = HandOver(work)

    async def claimed(self, runtime: Runtime, publications: Sequence[Publication]) -> None:
        """A batch was committed; what it claimed is handed over."""
        await self._carry(runtime, publications)


def _outcomes(registry: CollectorRegistry) -> Counter:
    return Counter(
        "review_replies",
        "Replies handed to a review site, or looked after there, by what became of it",
        ["site", "outcome"],
        registry=registry,
    )


def _needs_of_message(document: Publication, _: ReadSoFar) -> Iterable[Need]:
    yield RESPONSES.one(document.response_id)
