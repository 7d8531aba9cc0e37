"""Who reads the firm's calendars, how often, and what if one cannot be read?

One replica at a time for each, by a claim that is kept. What is in it is taken in some appointments
at a time, each with what is known of it in one transaction: whoever is killed in between begins
again at the next time, and says nothing twice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from prometheus_client import CollectorRegistry, Counter

from services.gateway.domain.calendars.entries import (
    CalendarError,
    CalendarRead,
    Found,
    read_calendar,
)
from services.gateway.domain.calendars.kept import KeptCalendar, Marks, is_stale
from services.gateway.domain.calendars.news import news_of
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.imports.judging import ERASED, NOBODY, SEVERAL, Judged
from services.gateway.domain.imports.rows import Note
from services.gateway.domain.last_words import Notebook
from services.gateway.domain.names import duration
from services.gateway.domain.sources import Source
from services.gateway.gateways.calendar_fetch import Fetched
from services.gateway.ports import FirmConfig
from services.gateway.workflow.calendars import (
    CalendarBatch,
    claim,
    needs_of_calendar,
    needs_of_taking,
    note_problem,
    note_whole,
    take_in_appointments,
)
from services.gateway.workflow.importing import Batch
from shared.contracts.envelope import Cause
from shared.contracts.fields import wire_instant
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

LOOK_SECONDS = 5.0
MOST = 100  # appointments in one transaction
DISBELIEVED, NO_CALENDAR, UNREADABLE = "too-much-gone", "no-calendar", "unreadable"
WHY = {NOBODY: "nobody", SEVERAL: "several", ERASED: "erased"}
AddressOf = Callable[[Source], str | None]  # where a calendar is: a secret
Fetch = Callable[[str, Marks], Awaitable[Fetched]]


class CalendarFigures:
    """What of calendars is shown on ``/metrics``; a calendar is called as its file is."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.fetched = Counter(
            "gateway_calendar_fetches",
            "Calendars fetched, by source and what came of it",
            ["source", "outcome"],
            registry=registry,
        )


class CalendarWatch:
    """The reading of calendars in one running process."""

    def __init__(
        self, config: FirmConfig, address_of: AddressOf, fetch: Fetch, notebook: Notebook
    ) -> None:
        self._config, self._address_of = config, address_of
        self._fetch, self._notebook = fetch, notebook

    async def keep(self, runtime: Runtime) -> None:
        """Look whose time it is, for ever."""
        sources = [each for each in self._config.sources.values() if each.calendar is not None]
        figures = CalendarFigures(runtime.metrics.registry)
        while not runtime.leaving:
            await asyncio.gather(*(self._look(runtime, each, figures) for each in sources))
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self, runtime: Runtime, source: Source, figures: CalendarFigures) -> None:
        try:
            outcome = await self.look_at(runtime, source)
        except TemporaryError:
            return  # the database is away: nothing was claimed, or it is fetched at its next time
        except Exception as failure:  # one calendar must not hold up the others
            outcome = "failed"
            log.error("calendar_not_read", source=source.name, fingerprint=fingerprint(failure))
        if outcome:
            figures.fetched.labels(source.name, outcome).inc()

    async def look_at(self, runtime: Runtime, source: Source) -> str:
        """Fetch it if it is time, and take in what is new; what came of it, or nothing."""
        url, rules = self._address_of(source), source.calendar
        if url is None or rules is None:
            return ""
        needs = partial(needs_of_calendar, source.name)
        before: KeptCalendar | None = await runtime.act(
            partial(claim, source.name, rules.rhythm), needs, cause=_cause(runtime, source)
        )
        if before is None:
            return ""
        now = runtime.clock.now()
        last = Marks() if is_stale(before, now) else _marks(before)
        fetched = await self._fetch(url, last)
        if fetched.problem:
            return await self._problem(runtime, source, fetched.problem)
        if fetched.content is None:
            self._notebook.note(source.name, now)
            return "unchanged"
        try:
            reading = partial(read_calendar, fetched.content, rules, self._config.zone, now)
            read = await asyncio.to_thread(reading)
        except CalendarError as no:
            log.warning("calendar_unreadable", source=source.name, why=no.message)
            return await self._problem(runtime, source, NO_CALENDAR)
        await self._take_in(runtime, source, before, read, fetched.marks)
        return "read"

    async def _take_in(
        self, runtime: Runtime, source: Source, before: KeptCalendar, read: CalendarRead,
        marks: Marks,
    ) -> None:  # fmt: skip
        rules = source.calendar or CalendarRules()
        now = runtime.clock.now()
        news = news_of(read, before.known, rules, now, whole=True)
        since = before.first_at
        parts = [(news.told, since), (news.quiet, None), (news.missing, since)]
        said = [
            f"{each.starts or each.uid} {UNREADABLE}:{each.why.field}"
            for each in read.left_out
            if each.why.field not in ("client_id", "STATUS")
        ]
        for found, news_since in parts:
            for some in _some(found):
                batch = Batch(
                    source.name, self._config.zone, [each.entry for each in some], news_since,
                    source=source.name,
                )  # fmt: skip
                judged = await self._take_some(runtime, source, batch, some)
                said += [_said(each, one) for each, one in zip(some, judged, strict=True)
                         if one.what == "wrong" and not each.is_off]  # fmt: skip
        if not news.disbelieved:  # a calendar that is not believed counts as silent
            self._notebook.note(source.name, now)
        else:
            log.warning("calendar_not_believed", source=source.name, gone=news.disbelieved)
        problem = f"{DISBELIEVED}: {news.disbelieved}" if news.disbelieved else ""
        left_out = sum(each.why.field == "client_id" for each in read.left_out)
        await runtime.act(
            partial(note_whole, source.name, marks, left_out, said, problem),
            partial(needs_of_calendar, source.name),
            cause=_cause(runtime, source),
        )

    async def _take_some(
        self, runtime: Runtime, source: Source, batch: Batch, some: Sequence[Found]
    ) -> list[Judged]:
        rules = source.calendar or CalendarRules()
        part = CalendarBatch(source.name, batch, some, duration(rules.back))
        return await runtime.act(
            partial(take_in_appointments, part), partial(needs_of_taking, part),
            cause=_cause(runtime, source),
        )  # fmt: skip

    async def _problem(self, runtime: Runtime, source: Source, problem: str) -> str:
        log.warning("calendar_away", source=source.name, reason=problem)
        await runtime.act(
            partial(note_problem, source.name, problem),
            partial(needs_of_calendar, source.name),
            cause=_cause(runtime, source),
        )
        return "failed"


def _some(found: Sequence[Found]) -> list[Sequence[Found]]:
    return [found[at : at + MOST] for at in range(0, len(found), MOST)]


def _said(found: Found, judged: Judged) -> str:
    """When it is, and why nothing was made of it, as a word and no sentence."""
    first = next(iter(judged.problems), Note("", ""))
    return f"{found.starts} {WHY.get(first.message) or f'{UNREADABLE}:{first.field}'}"


def _marks(calendar: KeptCalendar) -> Marks:
    return Marks(calendar.etag, calendar.modified, calendar.digest)


def _cause(runtime: Runtime, source: Source) -> Cause:
    now = runtime.clock.now()
    own_id = f"calendar-{source.name}-{wire_instant(now)}"
    return Cause(f"urn:clientele:{runtime.name}", own_id, "calendar", own_id, None, now)
