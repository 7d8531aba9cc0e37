"""How does a test mail become what is handed over, and where is its outcome kept?"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.reminders.domain.sender_check import SenderCheck
from services.reminders.domain.wording import Occasion, WordingError, with_links
from services.reminders.gateways.hold import is_held
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import OutgoingMessage
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.sender_checks import SenderSteps
from shared.channels import HandsOver, Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

MESSAGE = "sender-check"


@dataclass(frozen=True)
class SenderCheckMessages:
    """The test mail, as the hand-over sees it."""

    config: FirmConfig
    mailer: HandsOver[OutgoingMessage]
    metrics: SendMetrics
    paths: ReturnPaths | None = None
    at_once: int = 1

    @property
    def _steps(self) -> SenderSteps:
        return SenderSteps(self.config)

    def is_mine(self, document: SenderCheck) -> bool:
        """Whether this very process has claimed it."""
        return self._steps.is_in_hand(document)

    def claimed_until(self, document: SenderCheck) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: SenderCheck) -> str:
        """Where it goes."""
        return document.address or ""

    def channel(self, _: SenderCheck) -> HandsOver[OutgoingMessage]:
        """Always the mail server."""
        return self.mailer

    async def message(self, runtime: Runtime, document: SenderCheck) -> OutgoingMessage | Outcome:
        """The words, as a message to a client has them around it; or why there are none."""
        if document.address is None:
            return Outcome(Result.REFUSED_HERE, "no-address")
        zone = ZoneInfo(self.config.firm.zone)
        occasion = Occasion(locale=document.language, zone=zone, now=runtime.clock.now())
        words = {"firm": self.config.name, "sender": self.config.mail_way.address}
        try:
            worded = self.config.to_staff.render(MESSAGE, words, occasion)
        except WordingError as lacking:
            return Outcome(Result.REFUSED_HERE, lacking.code)
        return OutgoingMessage(
            contact_id=document.number,
            number=0,
            address=document.address,
            subject_line=worded.subject_line,
            text=with_links(worded.text, {}),
            html=with_links(worded.html, {}),
            locale=worded.locale,
            return_path=self.paths.address(document.number, 0) if self.paths else None,
        )

    async def is_held(self, runtime: Runtime) -> bool:
        """Whether all messages are being held back."""
        return await is_held(runtime)

    def needs(self, _: SenderCheck, _unit: ReadSoFar) -> Iterator[Need]:
        """The test mail as it is by then."""
        return self._steps.needs_of_recording()

    def cause(self, runtime: Runtime, document: SenderCheck) -> Cause:
        """The hand-over of this mail."""
        own_id = f"handed-{document.number}-{document.retries}"
        source = f"urn:clientele:{runtime.name}"
        return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())

    def record(self, handed: Handed[SenderCheck, OutgoingMessage], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        self._steps.record_outcome(handed.document, handed.outcome, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self.metrics.timing()

    def count(self, batch: Sequence[Handed[SenderCheck, OutgoingMessage]]) -> None:
        """Note what became of it."""
        for handed in batch:
            outcome = handed.outcome
            log.info("sender_check", staff_id=handed.document.by, outcome=outcome.result.value,
                     reason=outcome.reason)  # fmt: skip
