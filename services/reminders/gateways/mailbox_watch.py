"""Who reads the firm's mailbox, how far, and what if it is away?

One replica at a time: whoever consumes events. A mail is fetched, taken in with the place up to
which was read in one transaction, and only then moved: whoever is killed in between moves it when
they come back, and takes nothing in twice. One mail nobody can take in holds up no other.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge

from services.reminders.domain.incoming_mail import IncomingMail
from services.reminders.domain.kept_mail import Place
from services.reminders.domain.mail_sorting import Sort
from services.reminders.domain.mail_words import MailWords
from services.reminders.gateways.imap_mailbox import (
    Fetched,
    ImapMailbox,
    MailboxAwayError,
    NotPutAwayError,
)
from services.reminders.gateways.mail_reading import UNREADABLE, Ours, read_mail
from services.reminders.ports import MAILBOX_PLACES
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.incoming_mails import (
    PLACE,
    MailSteps,
    begin_at,
    needs_of_place,
    note_moved,
)
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

SOON_SECONDS = 2.0  # after something came, or at first: not every server tells of what came
# between the last look and the beginning of listening
LISTEN_SECONDS = 120.0  # RFC 2177 says 29 minutes; many routers forget a connection after five
POLL_SECONDS = 30.0  # where the server does not tell by itself
TURN_SECONDS = 5.0  # between looks whether it is this replica's turn
WAITS = (2.0, 5.0, 15.0, 30.0, 60.0, 120.0)  # after each failure in a row, the last for ever
SOURCE = "urn:clientele:mailbox"


class MailboxFigures:
    """What of the mailbox is shown on ``/metrics``; labels are kinds alone."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._messages = Counter(
            "mailbox_messages", "Mails that came to the firm, by kind", ["kind"], registry=registry
        )
        for kind in (*Sort, "unreadable"):
            self._messages.labels(str(kind))
        self._away = Gauge(
            "mailbox_away_seconds",
            "For how long the mailbox cannot be read; 0: it is",
            registry=registry,
        )
        self._since: float | None = None

    def took_in(self, kind: str) -> None:
        """A mail came."""
        self._messages.labels(kind).inc()

    def away(self) -> float:
        """It could not be read; for how long that has been so."""
        self._since = monotonic() if self._since is None else self._since
        seconds = max(monotonic() - self._since, 1.0)
        self._away.set(seconds)
        return seconds

    def well(self) -> None:
        """It is read, or another replica's to read."""
        self._since = None
        self._away.set(0.0)


class MailboxWatch:
    """Reads the mailbox for as long as the process runs."""

    def __init__(
        self,
        config: FirmConfig,
        mailbox: Callable[[], ImapMailbox],
        ours: Ours,
        words: Mapping[str, MailWords],
    ) -> None:
        self._mailbox = mailbox
        self._ours = ours
        self._steps = MailSteps(config, words)
        self.away_reason = ""  # why it cannot be read just now
        self.not_put_away = ""  # why what was read stays in the inbox
        self._figures: MailboxFigures | None = None

    async def watch(self, runtime: Runtime) -> None:
        """Read what comes, as long as it is this replica's turn."""
        self._figures = figures = MailboxFigures(runtime.metrics.registry)
        failures = 0
        while not runtime.leaving:
            if not runtime.leases.consuming.is_set():
                self._well()
                await asyncio.sleep(TURN_SECONDS)
                continue
            try:
                await self._read_on(runtime)
                failures = 0
            except MailboxAwayError as away:
                self.away_reason = away.reason
                log.warning("mailbox_away", reason=away.reason, seconds=round(figures.away()))
                await asyncio.sleep(WAITS[min(failures, len(WAITS) - 1)])
                failures += 1
            except TemporaryError:
                log.warning("mailbox_waits", reason="database-away")
                await asyncio.sleep(TURN_SECONDS)

    def _well(self) -> None:
        self.away_reason = ""
        if self._figures is not None:
            self._figures.well()

    async def _read_on(self, runtime: Runtime) -> None:
        """One connection: read what is new, wait for more, until it is another's turn."""
        box = self._mailbox()
        try:
            await asyncio.to_thread(box.open)
            place = await self._begin(runtime, box)
            seconds = SOON_SECONDS
            while not runtime.leaving and runtime.leases.consuming.is_set():
                before = place.last
                place = await self._take_in_all(runtime, box, place)
                self._well()
                seconds = seconds if place.last == before else SOON_SECONDS
                told = await _until_more(box, seconds)
                seconds = SOON_SECONDS if told else LISTEN_SECONDS
        finally:
            box.close()

    async def _begin(self, runtime: Runtime, box: ImapMailbox) -> Place:
        numbering, last = box.numbering, box.next_number - 1
        own_id = f"mailbox-{numbering}"
        return await runtime.act(
            partial(begin_at, numbering, last), needs_of_place, cause=_cause(own_id, runtime)
        )

    async def _take_in_all(self, runtime: Runtime, box: ImapMailbox, place: Place) -> Place:
        """Everything that came; the place after it."""
        await self._put_away(runtime, box, place)
        for number in await asyncio.to_thread(box.after, place.last):
            fetched = await asyncio.to_thread(box.fetch, number)
            if fetched is not None:
                await self._take_in(runtime, box.numbering, fetched)
        place = (await runtime.look(needs_of_place)).get(MAILBOX_PLACES, PLACE) or place
        return await self._put_away(runtime, box, place)

    async def _put_away(self, runtime: Runtime, box: ImapMailbox, place: Place) -> Place:
        """Move what is kept and still lies in the inbox; where the server will not, later."""
        if not place.unmoved:
            self.not_put_away = ""
            return place
        try:
            await asyncio.to_thread(box.put_away, place.unmoved)
        except NotPutAwayError as no:
            if no.reason != self.not_put_away:
                log.warning("mail_not_put_away", reason=no.reason, count=len(place.unmoved))
            self.not_put_away = no.reason
            return place
        self.not_put_away = ""
        cause = _cause(f"moved-{box.numbering}-{place.unmoved[-1]}", runtime)
        await runtime.act(partial(note_moved, place.unmoved), needs_of_place, cause=cause)
        return replace(place, unmoved=())

    async def _take_in(self, runtime: Runtime, numbering: int, fetched: Fetched) -> None:
        read = partial(read_mail, fetched.raw, self._ours, fetched.at, cut=fetched.cut)
        mail = await asyncio.to_thread(read)
        at = (numbering, fetched.number)
        try:
            kind = await self._act(runtime, mail, at)
        except TemporaryError:
            raise
        except Exception as error:  # one mail must not hold up the others
            log.error("mail_not_taken_in", fingerprint=fingerprint(error))
            bare = IncomingMail(mail_id=mail.mail_id, at=mail.at, lacks=UNREADABLE)
            kind = await self._act(runtime, bare, at)
            mail = bare
        if kind is not None and self._figures is not None:
            self._figures.took_in("unreadable" if mail.lacks == UNREADABLE else kind)

    async def _act(self, runtime: Runtime, mail: IncomingMail, at: tuple[int, int]) -> Sort | None:
        return await runtime.act(
            partial(self._steps.take_in, mail, at),
            partial(self._steps.needs, mail),
            cause=_cause(mail.mail_id, runtime),
        )


async def _until_more(box: ImapMailbox, seconds: float) -> bool:
    """Wait until the server says that something came, or it is time to look; whether it said so."""
    if not box.tells:
        await asyncio.sleep(POLL_SECONDS)
        return False
    file = await asyncio.to_thread(box.listen)
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    if file is None:
        told.set()
    else:
        loop.add_reader(file, told.set)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await told.wait()
    finally:
        if file is not None:
            loop.remove_reader(file)
    await asyncio.to_thread(box.hear)
    return told.is_set()


def _cause(own_id: str, runtime: Any) -> Cause:
    """Derived from the mail: repeated, it says the same events."""
    now: datetime = runtime.clock.now()
    return Cause(SOURCE, own_id, "mail", own_id, None, now)
