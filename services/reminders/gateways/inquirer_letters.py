"""How does a letter to somebody who asked for help become what is handed over?"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from services.reminders.domain.inquirer_letter import InquirerLetter
from services.reminders.domain.wording import LINK, WordingError, with_links
from services.reminders.gateways.hold import is_held
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import INQUIRER_LETTERS, Links, OutgoingMessage
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.inquirer_letters import LetterSteps
from shared.channels import HandsOver, Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

PLACE = "{link}"  # where intake's text wants the link


@dataclass(frozen=True)
class LetterMessages:
    """The letters to inquirers, as the hand-over sees them."""

    config: FirmConfig
    mailer: HandsOver[OutgoingMessage]
    links: Links
    metrics: SendMetrics
    return_paths: ReturnPaths | None = None
    at_once: int = 8

    def is_mine(self, document: InquirerLetter) -> bool:
        """Whether this very process has claimed it."""
        return LetterSteps(self.config).is_in_hand(document)

    def claimed_until(self, document: InquirerLetter) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: InquirerLetter) -> str:
        """Whoever asked."""
        return document.inquiry_id

    def channel(self, _: InquirerLetter) -> HandsOver[OutgoingMessage]:
        """Always the mail server."""
        return self.mailer

    async def message(self, _: Runtime, document: InquirerLetter, /) -> OutgoingMessage | Outcome:
        """The letter with its link; or why there is none."""
        try:
            links = {LINK: await self._link(document)} if document.link else {}
        except TemporaryError:
            return Outcome(Result.RETRY, "link-away")
        except RuleError as no:
            return Outcome(Result.NOT_MADE, no.code)
        try:
            body = document.body.replace(PLACE, LINK)
            worded = self.config.wording.as_it_is(
                document.subject, body, document.locale, self.config.name
            )
        except WordingError as lacking:
            return Outcome(Result.REFUSED_HERE, lacking.code)
        return OutgoingMessage(
            contact_id=document.letter_id,
            number=0,
            address=document.address,
            return_path=self._return_path(document),
            subject_line=worded.subject_line,
            text=with_links(worded.text, links),
            html=with_links(worded.html, links),
            locale=worded.locale,
        )

    async def is_held(self, runtime: Runtime) -> bool:
        """Whether all messages are being held back."""
        return await is_held(runtime)

    def needs(self, document: InquirerLetter, _: ReadSoFar) -> Iterator[Need]:
        """The letter as it is by then."""
        yield INQUIRER_LETTERS.one(document.letter_id)

    def cause(self, runtime: Runtime, document: InquirerLetter) -> Cause:
        """The hand-over of this letter."""
        own_id = f"handed-{document.letter_id}-{document.retries}"
        source = f"urn:clientele:{runtime.name}"
        return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())

    def record(self, handed: Handed[InquirerLetter, OutgoingMessage], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        LetterSteps(self.config).record_outcome(handed.document, handed.outcome, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self.metrics.timing()

    def count(self, batch: Sequence[Handed[InquirerLetter, OutgoingMessage]]) -> None:
        """Say what became of these."""
        for handed in batch:
            outcome = handed.outcome
            log.info("inquirer_letter", contact_id=handed.document.letter_id,
                     purpose=handed.document.letter, outcome=outcome.result.value,
                     reason=outcome.reason)  # fmt: skip

    def _return_path(self, letter: InquirerLetter) -> str | None:
        if self.return_paths is None:
            return None
        return self.return_paths.address(letter.letter_id, letter.retries)

    async def _link(self, letter: InquirerLetter) -> str:
        return await self.links.link(letter.link, letter.link_id)
