"""What happens between "this may be handed over" and "this became of it"?

Right after a batch of messages has been committed as handing-over, each is given to the mail
server, several at a time, and the outcomes are committed as they come. A message that is not
reached in time is put back untouched, so that nothing is ever sent by a sender that slept. Those to
one address go one after the other: once it is refused, the others go back to the gates.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.gate import ASKS, purpose_of
from services.reminders.domain.outbound import normal_address
from services.reminders.domain.wording import LINK, PREFERENCES, UNSUBSCRIBE, with_links
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.gateways.sending import (
    NOT_TRIED,
    START_SECONDS,
    begin_until,
    give,
    keep,
    see_through,
)
from services.reminders.ports import (
    CONTACTS,
    TIMERS,
    Links,
    Mailer,
    Outcome,
    OutgoingMessage,
    Result,
)
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import cause_of, record_outcome
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.errors import RuleError, TemporaryError
from shared.failpoints import reach
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

AT_ONCE = 32
IN_ONE_COMMIT = 100
PREFERENCES_LINK, UNSUBSCRIBE_LINK = "intake/preferences", "intake/unsubscribe"

ContactOutcome = tuple[Contact, Outcome]


@dataclass(frozen=True)
class HandingOver:
    """Hands over what a batch of due messages left in this process's hands."""

    config: FirmConfig
    mailer: Mailer
    links: Links
    metrics: SendMetrics
    start_seconds: float = START_SECONDS

    async def __call__(self, runtime: Any, contacts: Sequence[Contact]) -> None:
        """Hand over, and record every outcome; a stop of the process waits for what has begun."""
        self.metrics.looked_at(contacts)
        mine = [each for each in contacts if self._is_mine(each)]
        if not mine:
            return
        await see_through(self._all(runtime, mine))

    def _is_mine(self, contact: Contact) -> bool:
        return contact.state is State.HANDING_OVER and contact.handed_by == self.config.sender

    async def _all(self, runtime: Any, contacts: Sequence[Contact]) -> None:
        ends = [each.hand_over_until for each in contacts]
        until = await begin_until(runtime, ends, self.start_seconds)
        done: asyncio.Queue[ContactOutcome | None] = asyncio.Queue()
        places = asyncio.Semaphore(AT_ONCE)

        async def in_turn(contacts: Sequence[Contact]) -> None:
            refused = False
            for contact in contacts:
                async with places:
                    late = runtime.leaving or monotonic() >= until
                    no = refused or late
                    outcome = NOT_TRIED if no else await self._one(contact, until)
                refused = refused or outcome.result is Result.REFUSED
                await done.put((contact, outcome))

        recording = asyncio.ensure_future(self._record_all(runtime, done))
        await asyncio.gather(*(in_turn(each) for each in _by_address(contacts)))
        await done.put(None)
        await recording

    async def _one(self, contact: Contact, until: float) -> Outcome:
        try:
            message = await self._message(contact)
        except TemporaryError:
            return Outcome(Result.RETRY, "link-away")
        except RuleError as no:
            return Outcome(Result.REFUSED_HERE, no.code)
        return await give(message, self.mailer, self.metrics, until)

    async def _message(self, contact: Contact) -> OutgoingMessage:
        if not (contact.address and contact.subject_line and contact.text and contact.html):
            raise RuleError("The client's data is gone.", code="erased")
        urls = await self._urls(contact)
        in_html = {mark: url.replace("&", "&amp;") for mark, url in urls.items()}
        return OutgoingMessage(
            contact_id=contact.contact_id,
            number=contact.resends,
            address=contact.address,
            subject_line=contact.subject_line,
            text=with_links(contact.text, urls),
            html=with_links(contact.html, in_html),
            locale=contact.locale or "en",
            unsubscribe=urls.get(UNSUBSCRIBE),
        )

    async def _urls(self, contact: Contact) -> dict[str, str]:
        """Where the message's links lead, by their marks.

        Whoever is asked for something must be able to say no, so an ask waits for the links at its
        foot. News about a client's own matter does not: it goes without them.
        """
        urls: dict[str, str] = {}
        if contact.link is not None:
            urls[LINK] = await self.links.link(contact.link, contact.link_id or "")
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

    async def _record_all(self, runtime: Any, done: "asyncio.Queue[ContactOutcome | None]") -> None:
        """Commit outcomes as they come, as many together as there are."""
        more = True
        while more:
            batch: list[ContactOutcome] = []
            first = await done.get()
            more = first is not None
            if first is not None:
                batch.append(first)
            while more and not done.empty() and len(batch) < IN_ONE_COMMIT:
                another = done.get_nowait()
                more = another is not None
                if another is not None:
                    batch.append(another)
            if batch:
                await self._record(runtime, batch)

    async def _record(self, runtime: Any, batch: Sequence[ContactOutcome]) -> None:
        """Commit these outcomes."""

        def needs(_: ReadSoFar) -> Iterator[Need]:
            for contact, _outcome in batch:
                yield CONTACTS.one(contact.contact_id)
                yield TIMERS.one(contact.occurrence_id)

        def step(unit: UnitOfWork) -> None:
            for contact, outcome in batch:
                current = unit.get(CONTACTS, contact.contact_id)
                if current is not None and current.handed_by == self.config.sender:
                    with unit.working_on(cause_of(contact, unit)):
                        record_outcome(self.config, current, outcome, unit)

        await keep(runtime, step, needs, _cause_of(batch[0][0], runtime), len(batch))
        reach("message-recorded")
        self.metrics.count_outcomes(batch)


def _by_address(contacts: Sequence[Contact]) -> Iterable[Sequence[Contact]]:
    groups: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        groups[normal_address(contact.address or contact.contact_id)].append(contact)
    return groups.values()


def _cause_of(contact: Contact, runtime: Any) -> Cause:
    return Cause(
        source=f"urn:clientele:{runtime.name}",
        id=f"handed-{contact.contact_id}",
        type="handed-over",
        correlation_id=contact.correlation_id,
        traceparent=contact.traceparent,
        time=runtime.clock.now(),
    )
