"""How does the command line import a list? Some entries at a time, weighed or taken in.

The gateway knows what was imported before and says the events in the name of the list; the program
that reads the file has no way to the database and says nothing itself.
"""

from collections.abc import Iterable
from functools import partial
from typing import Literal

from pydantic import Field

from services.gateway.domain.imports.judging import Judged
from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.rows import Entry
from services.gateway.ports import FirmConfig
from services.gateway.workflow.importing import Batch, needs_of_importing, take_in, weigh
from shared.contracts.envelope import Cause
from shared.contracts.fields import Instant
from shared.contracts.keys import id_made_of
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.ops import OpsQuestion

MOST = 100
"""How many entries one question may hold."""


class EntryAsked(Asked):
    """One thing a list tells: its kind and id, and its fields as the list has them."""

    row: int
    kind: Kind
    id: str
    fields: dict[str, str]


class ImportAsked(Asked):
    """Weigh some entries of a list, or take them in."""

    ask: Literal["import"]
    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")
    entries: list[EntryAsked] = Field(max_length=MOST)
    dry_run: bool = True
    news_since: Instant | None = None


class NoteTold(Answer):
    """Something about a field of an entry; never what stands in it."""

    field: str
    message: str


class EntryTold(Answer):
    """What became of one entry, or would: new, changed, same or wrong."""

    row: int
    what: str
    changed: list[str]
    events: list[str]  # their types
    problems: list[NoteTold]
    remarks: list[NoteTold]


class ImportTold(Answer):
    """What became of each."""

    entries: list[EntryTold]


def importing(config: FirmConfig) -> OpsQuestion:
    """The question; TemporaryError when the database is away."""

    async def answer(runtime: Runtime, asked: ImportAsked) -> ImportTold:
        batch = _batch(config, asked)
        needs = partial(needs_of_importing, batch)
        if asked.dry_run:
            found = weigh(batch, await runtime.look(needs))
        else:
            cause = _cause(runtime, asked)
            found = await runtime.act(partial(take_in, batch), needs, cause=cause)
        return told_of(found)

    return OpsQuestion("import", ImportAsked, (ImportTold,), answer)


def told_of(found: Iterable[Judged]) -> ImportTold:
    """What became of each, as it is told."""
    return ImportTold(entries=[_told(each) for each in found])


def _batch(config: FirmConfig, asked: ImportAsked) -> Batch:
    entries = [Entry(each.kind, each.id, each.fields, each.row) for each in asked.entries]
    if len({(each.kind, each.id) for each in entries}) < len(entries):
        raise RuleError("Two entries are about one thing.", code="twice", field="entries")
    return Batch(asked.name, config.zone, entries, asked.news_since)


def _cause(runtime: Runtime, asked: ImportAsked) -> Cause:
    now = runtime.clock.now()
    own_id = id_made_of("im", asked.name, now.isoformat(), *(each.id for each in asked.entries))
    return Cause(f"urn:clientele:{runtime.name}", own_id, "import", own_id, None, now)


def _told(each: Judged) -> EntryTold:
    return EntryTold(
        row=each.row,
        what=each.what,
        changed=list(each.changed),
        events=[event.type for event in each.events],
        problems=[NoteTold(field=note.field, message=note.message) for note in each.problems],
        remarks=[NoteTold(field=note.field, message=note.message) for note in each.remarks],
    )
