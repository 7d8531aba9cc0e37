"""How does a message to a client become what is handed over, and where is its outcome kept?

The links are put in at the last moment and are kept nowhere; everything else is as it was worded
when the gates let it go. When, how many at a time and how often: ``shared/engine/hand_over.py``.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from services.reminders.domain.contact import EMAIL, Contact, State
from services.reminders.domain.gate import ASKS, purpose_of
from services.reminders.domain.letter_for_approval import hash_of
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.wording import LINK, PREFERENCES, UNSUBSCRIBE, with_links
from services.reminders.gateways.hold import is_held
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import (
    CONTACTS,
    Links,
    MessageChannel,
    OutgoingMessage,
)
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import (
    cause_of,
    needs_of_recording,
    record_outcome,
)
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

PREFERENCES_LINK, UNSUBSCRIBE_LINK = "intake/preferences", "intake/unsubscribe"


@dataclass(frozen=True)
class ClientMessages:
    """Messages to clients, as the hand-over sees them."""

    config: FirmConfig
    links: Links
    metrics: SendMetrics
    return_paths: ReturnPaths | None = None
    at_once: int = 32

    def is_mine(self, document: Contact) -> bool:
        """Whether this very process has claimed it, and no other message carries it."""
        in_hand = document.state is State.HANDING_OVER and document.carried_by is None
        return in_hand and document.handed_by == self.config.sender

    def claimed_until(self, document: Contact) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: Contact) -> str:
        """The address."""
        return normal_address(document.address or document.contact_id)

    def channel(self, document: Contact) -> MessageChannel:
        """The channel it was worded for."""
        return self.config.channels[document.channel]

    async def message(self, _: Runtime, document: Contact) -> OutgoingMessage | Outcome:
        """The message with its links; a link's owner being away, it waits."""
        if not (document.address and document.text):
            raise RuleError("The client's data is gone.", code="erased")
        if document.text_hash is not None and hash_of(document.text) != document.text_hash:
            raise RuleError("Its text is not the one that was approved.", code="text-changed")
        try:
            urls = await self._urls(document)
        except TemporaryError:
            return Outcome(Result.RETRY, "link-away")
        in_html = {mark: url.replace("&", "&amp;") for mark, url in urls.items()}
        return OutgoingMessage(
            contact_id=document.contact_id,
            number=document.resends,
            address=document.address,
            subject_line=document.subject_line or "",
            text=with_links(document.text, urls),
            html=with_links(document.html or "", in_html),
            locale=document.locale or "en",
            unsubscribe=urls.get(UNSUBSCRIBE),
            return_path=self._return_path(document),
        )

    async def is_held(self, runtime: Runtime) -> bool:
        """Whether all messages are being held back."""
        return await is_held(runtime)

    def needs(self, document: Contact, unit: ReadSoFar) -> Iterator[Need]:
        """The message as it is by then, and what recording its outcome needs."""
        yield from needs_of_recording(self.config, document, unit)

    def cause(self, runtime: Runtime, document: Contact) -> Cause:
        """The hand-over of this message."""
        return cause_of(document, runtime.name, runtime.clock.now())

    def record(self, handed: Handed[Contact, OutgoingMessage], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        current = unit.get(CONTACTS, handed.document.contact_id)
        if current is not None and current.handed_by == self.config.sender:
            record_outcome(self.config, current, handed.outcome, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self.metrics.timing()

    def count(self, batch: Sequence[Handed[Contact, OutgoingMessage]]) -> None:
        """Count what became of these."""
        self.metrics.count_outcomes([(each.document, each.outcome) for each in batch])

    def _return_path(self, contact: Contact) -> str | None:
        if self.return_paths is None:
            return None
        return self.return_paths.address(contact.contact_id, contact.resends)

    async def _urls(self, contact: Contact) -> dict[str, str]:
        """Where the message's links lead, by their marks.

        Whoever is asked for something must be able to say no, so an ask waits for the links at its
        foot. News about a client's own matter does not: it goes without them.
        """
        urls: dict[str, str] = {}
        if contact.link is not None:
            urls[LINK] = await self.links.link(contact.link, contact.link_id or "")
        if contact.channel != EMAIL:  # what has no foot is ended by a word
            return urls
        is_ask = contact.message_class in ASKS
        if is_ask:
            purpose = purpose_of(contact.message_class, self.config.policy)
            about = f"{purpose}.{contact.client_id}"
            urls[UNSUBSCRIBE] = await self.links.link(UNSUBSCRIBE_LINK, about)
        try:
            urls[PREFERENCES] = await self.links.link(PREFERENCES_LINK, contact.client_id)
        except (TemporaryError, RuleError):
            if is_ask:
                raise
        return urls
