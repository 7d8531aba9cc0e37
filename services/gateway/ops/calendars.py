"""How does the command line import a calendar's file? What is known of it first, then its
appointments, some at a time.
"""

from functools import partial
from typing import Any, Literal

from pydantic import Field

from services.gateway.domain.calendars.entries import Found
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.imports.rows import Entry
from services.gateway.domain.names import duration
from services.gateway.ops.imports import MOST, ImportTold, told_of
from services.gateway.ports import CALENDARS, FirmConfig
from services.gateway.workflow.calendars import (
    CalendarBatch,
    needs_of_calendar,
    needs_of_taking,
    take_in_appointments,
)
from services.gateway.workflow.importing import Batch, weigh
from shared.contracts.envelope import Cause
from shared.contracts.fields import Instant
from shared.contracts.keys import id_made_of
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.ops import OpsQuestion

NAME = r"^[a-z][a-z0-9-]{0,31}$"
MOST_KNOWN = 500


class CalendarAsked(Asked):
    """What is known of a calendar, some appointments at a time."""

    ask: Literal["calendar"]
    name: str = Field(pattern=NAME)
    after: str = ""


class KnownTold(Answer):
    """One appointment as it was told last."""

    id: str
    uid: str
    starts: str
    sequence: int


class CalendarTold(Answer):
    """What is known, in the order of their ids; less than asked for: that was all."""

    known: list[KnownTold]


class AppointmentAsked(Asked):
    """One appointment of a calendar."""

    row: int
    id: str
    fields: dict[str, str]
    uid: str
    starts: str
    sequence: int = 0


class ImportCalendarAsked(Asked):
    """Weigh some appointments of a calendar, or take them in."""

    ask: Literal["import-calendar"]
    name: str = Field(pattern=NAME)
    entries: list[AppointmentAsked] = Field(max_length=MOST)
    dry_run: bool = True
    news_since: Instant | None = None


def calendar_questions(config: FirmConfig) -> list[OpsQuestion]:
    """Both; TemporaryError when the database is away."""
    return [
        OpsQuestion("calendar", CalendarAsked, (CalendarTold,), _known),
        OpsQuestion(
            "import-calendar", ImportCalendarAsked, (ImportTold,), partial(_import, config)
        ),
    ]


async def _known(runtime: Runtime, asked: CalendarAsked) -> CalendarTold:
    kept = (await runtime.look(partial(needs_of_calendar, asked.name))).get(CALENDARS, asked.name)
    known = sorted(kept.known.items()) if kept else []
    some = [each for each in known if each[0] > asked.after][:MOST_KNOWN]
    return CalendarTold(
        known=[KnownTold(id=name, uid=each.uid, starts=each.starts, sequence=each.sequence)
               for name, each in some]
    )  # fmt: skip


async def _import(config: FirmConfig, runtime: Runtime, asked: ImportCalendarAsked) -> ImportTold:
    part = _part(config, asked)
    needs = partial(needs_of_taking, part)
    if asked.dry_run:
        return told_of(weigh(part.batch, await runtime.look(needs)))
    taken = partial(take_in_appointments, part)
    return told_of(await runtime.act(taken, needs, cause=_cause(runtime, asked)))


def _part(config: FirmConfig, asked: ImportCalendarAsked) -> CalendarBatch:
    if len({each.id for each in asked.entries}) < len(asked.entries):
        raise RuleError("Two entries are about one thing.", code="twice", field="entries")
    source = config.sources.get(asked.name)
    rules = source.calendar if source and source.calendar else CalendarRules()
    entries = [Entry("appointments", each.id, each.fields, each.row) for each in asked.entries]
    found = [
        Found(entry, each.uid, each.starts, each.sequence)
        for entry, each in zip(entries, asked.entries, strict=True)
    ]
    batch = Batch(asked.name, config.zone, entries, asked.news_since)
    return CalendarBatch(asked.name, batch, found, duration(rules.back))


def _cause(runtime: Any, asked: ImportCalendarAsked) -> Cause:
    now = runtime.clock.now()
    ids = (each.id for each in asked.entries)
    own_id = id_made_of("ic", asked.name, now.isoformat(), *ids)
    return Cause(f"urn:clientele:{runtime.name}", own_id, "import", own_id, None, now)
