"""How does a person's digest become what is handed over, and where is its outcome kept?

The desk is asked what there is to do and where it is to be sent; nothing of that is kept here.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from services.reminders.domain.digest import Digest
from services.reminders.domain.wording import Occasion, WordingError, with_links
from services.reminders.gateways.hold import is_held
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import DESK_AWAY, Agenda, Agendas, Group, OutgoingMessage
from services.reminders.workflow.digests import DigestSteps, needs_of_address, refuses
from services.reminders.workflow.firm_config import FirmConfig
from shared.channels import HandsOver, Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

DESK = "digests.desk"
MESSAGE = "digest"
AGENDA = TypeAdapter(Agenda)


@dataclass(frozen=True)
class DigestMessages:
    """The digests of the firm's people, as the hand-over sees them."""

    config: FirmConfig
    mailer: HandsOver[OutgoingMessage]
    agendas: Agendas
    metrics: SendMetrics
    at_once: int = 8

    def is_mine(self, document: Digest) -> bool:
        """Whether this very process has claimed it."""
        return DigestSteps(self.config).is_in_hand(document)

    def claimed_until(self, document: Digest) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: Digest) -> str:
        """The person; where it goes, the desk says."""
        return document.staff_id

    def channel(self, _: Digest) -> HandsOver[OutgoingMessage]:
        """Always the mail server."""
        return self.mailer

    async def message(self, runtime: Runtime, document: Digest) -> OutgoingMessage | Outcome:
        """What there is to do, in words; or why no message is made."""
        try:
            agenda = await self._agenda(runtime, document)
        except TemporaryError:
            return Outcome(Result.RETRY, DESK_AWAY)
        if isinstance(agenda, str):
            return Outcome(Result.NOT_MADE, agenda)
        try:
            return self._worded(document, agenda, runtime.clock.now())
        except WordingError as lacking:
            return Outcome(Result.REFUSED_HERE, lacking.code)

    async def is_held(self, runtime: Runtime) -> bool:
        """Whether all messages are being held back."""
        return await is_held(runtime)

    def needs(self, document: Digest, _: ReadSoFar) -> Iterator[Need]:
        """The digest as it is by then."""
        return DigestSteps(self.config).needs_of_recording(document)

    def cause(self, runtime: Runtime, document: Digest) -> Cause:
        """The hand-over of this digest."""
        own_id = f"handed-{document.number}-{document.retries}"
        source = f"urn:clientele:{runtime.name}"
        return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())

    def record(self, handed: Handed[Digest, OutgoingMessage], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        address = handed.message.address if handed.message is not None else None
        DigestSteps(self.config).record_outcome(handed.document, handed.outcome, address, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self.metrics.timing()

    def count(self, batch: Sequence[Handed[Digest, OutgoingMessage]]) -> None:
        """Count what became of these."""
        for handed in batch:
            outcome = handed.outcome
            self.metrics.digested(outcome)
            log.info("digest", staff_id=handed.document.staff_id, outcome=outcome.result.value,
                     reason=outcome.reason)  # fmt: skip

    async def _agenda(self, runtime: Runtime, digest: Digest) -> Agenda | str:
        since = digest.new_since(runtime.clock.now())
        agenda = await self.agendas.agenda(digest.staff_id, since)
        if isinstance(agenda, str):
            return agenda
        unit = await runtime.look(lambda _: needs_of_address(agenda.address))
        return "address-refused" if refuses(agenda.address, unit) else agenda

    def _worded(self, digest: Digest, agenda: Agenda, now: datetime) -> OutgoingMessage:
        groups = {
            "overdue": agenda.overdue,
            "today": agenda.today,
            "new": agenda.new,
            "escalated": agenda.escalated or Group(kinds={}, unowned=0),
        }
        words = {
            **groups,
            "firm": self.config.name,
            "inbox": agenda.inbox,
            "preferences": agenda.settings,
            "month": agenda.month,
            "count": sum(each.count for each in groups.values()),
        }
        occasion = Occasion(locale=agenda.language or "", zone=ZoneInfo(digest.zone), now=now)
        worded = self.config.to_staff.render(MESSAGE, words, occasion)
        return OutgoingMessage(
            contact_id=digest.number,
            number=0,
            address=agenda.address,
            subject_line=worded.subject_line,
            text=with_links(worded.text, {}),
            html=with_links(worded.html, {}),
            locale=worded.locale,
        )


class NatsAgendas:
    """The desk, asked over NATS."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def agenda(self, staff_id: str, new_since: datetime) -> Agenda | str:
        """What there is to do, or why no message goes; TemporaryError when the desk is away."""
        asked = {"staff_id": staff_id, "new_since": new_since.isoformat()}
        answer = await self._runtime.request(DESK, asked)
        if isinstance(answer.get("nothing"), str):
            return str(answer["nothing"])
        try:
            return AGENDA.validate_python(answer)
        except ValidationError:  # a refusal, or a desk of another release
            raise TemporaryError("the desk cannot say it now") from None
