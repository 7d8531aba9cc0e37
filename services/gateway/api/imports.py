"""What is the desk told of the lists a person brings, and what may it have done with them?

``imports.gateway`` is asked by the desk alone, in the name of a person it vouches for: a partner,
or whoever keeps the machines running. A list is its bringer's: nobody else is told of it.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from services.gateway.api.calendars_told import calendar_told, needs_of_calendars
from services.gateway.api.lists_told import as_told, list_told, mappings_told, row_told
from services.gateway.domain.imports.drafts import mapping_of
from services.gateway.domain.imports.kept_list import KeptList, id_of_list
from services.gateway.domain.imports.kinds import KINDS, Kind
from services.gateway.domain.imports.mapping_files import ImportMapping
from services.gateway.domain.imports.runs import columns_of
from services.gateway.domain.names import is_name
from services.gateway.domain.sources import Source
from services.gateway.ports import FirmConfig
from services.gateway.workflow import bringing_lists as lists
from services.gateway.workflow import kept_mappings as mappings
from services.gateway.workflow import list_runs as runs
from services.gateway.workflow import understanding_lists as columns
from services.gateway.workflow.calendars import needs_of_calendar, read_now
from shared.contracts.envelope import Cause
from shared.contracts.fields import read_day
from shared.contracts.imports import (
    CalendarsTold,
    ListAsked,
    ListDone,
    ListsTold,
    ListTold,
    MappingsKnown,
    RefusedTold,
    RowsTold,
)
from shared.contracts.requests import Answer, RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

SOURCE = "urn:clientele:desk"
WHO = ("partner", "ops")
R = TypeVar("R")
Mappings = Callable[[], Sequence[ImportMapping]]
Needs = Callable[[ReadSoFar], Iterable[Need]]
AddressOf = Callable[[Source], str | None]  # of a calendar: a secret


class ListRequest(ListAsked):
    """The question, and who asks it."""

    actor: Actor


IMPORTS_REQUEST = RequestType(
    "imports",
    "Lists that a person brings by the desk: read, tried, and taken in once confirmed; which "
    "mappings they are read by, and which calendars are read.",
    ListRequest,
    (ListTold, ListsTold, RowsTold, RefusedTold, MappingsKnown, CalendarsTold, ListDone),
)


def answer_lists(
    config: FirmConfig, mappings: Mappings, address_of: AddressOf = lambda _: None
) -> Callable[[Runtime, ListRequest], Awaitable[Answer]]:
    """Answers every question about lists; RuleError for what is refused, in a sentence."""

    async def answer(runtime: Runtime, asked: ListRequest) -> Answer:
        if not set(asked.actor.roles) & set(WHO):
            raise RuleError("This is for partners and operations.", code="wrong-role")
        question = _Question(config, mappings, address_of, runtime, asked)
        answered: Answer = await getattr(question, f"on_{asked.ask.replace('-', '_')}")()
        return answered

    return answer


@dataclass(frozen=True, slots=True)
class _Question:
    """One question of one person; what it does is one transaction."""

    config: FirmConfig
    mappings: Mappings
    address_of: AddressOf
    runtime: Runtime
    asked: ListRequest

    @property
    def by(self) -> str:
        return self.asked.actor.id

    @property
    def list_id(self) -> str:
        if not self.asked.list_id:
            raise RuleError("Say which list is meant.", code="missing", field="list_id")
        return self.asked.list_id

    async def on_lists(self) -> Answer:
        unit = await self.runtime.look(partial(lists.needs_of_lists, self.by))
        return ListsTold(lists=[self._told(each) for each in lists.lists_of(self.by, unit)])

    async def on_piece(self) -> Answer:
        number, list_id = self.asked.number or 0, id_of_list(self.by, self.list_id)
        try:
            content = base64.b64decode(self.asked.content or "", validate=True)
        except binascii.Error:
            raise RuleError("A piece is base64.", code="invalid", field="content") from None
        step = partial(lists.keep_piece, list_id, number, self.by, content)
        await self._act(step, partial(lists.needs_of_piece, list_id, number, self.by))
        return ListDone(list_id=list_id)

    async def on_read(self) -> Answer:
        list_id = id_of_list(self.by, self.list_id)
        brought = columns.Brought(
            list_id=list_id, by=self.by, kind=self._kind(), file=self.asked.file or "",
            pieces=self.asked.pieces or 1, folder=self.mappings(),
        )  # fmt: skip
        step = partial(columns.read_brought, self.config, brought)
        kept = await self._act(step, partial(columns.needs_of_reading_list, brought), aside=True)
        return self._told(kept)

    async def on_show(self) -> Answer:
        unit = await self.runtime.look(partial(columns.needs_of_changing, self.list_id))
        kept = lists.list_of(self.list_id, self.by, unit)
        known = columns.known_mappings(self.mappings(), kept.kind, unit)
        return as_told(kept, [mapping.name for _, mapping in known], self.runtime.clock.now())

    async def on_use(self) -> Answer:
        step = partial(
            columns.use_mapping, self.config, self.mappings(), self.list_id, self.by,
            self.asked.name or "",
        )  # fmt: skip
        needs = partial(columns.needs_of_changing, self.list_id)
        return self._told(await self._act(step, needs, aside=True))

    async def on_columns(self) -> Answer:
        name = self.asked.name or ""
        if not is_name(name):
            raise RuleError(
                "Call it by lower-case letters, digits and single hyphens, 32 at most.",
                code="invalid", field="mapping",
            )  # fmt: skip
        said: dict[str, Any] = self.asked.said or {}
        step = partial(columns.choose_columns, self.list_id, self.by, name, said)
        needs = partial(columns.needs_of_choosing, self.list_id, name)
        return self._told(await self._act(step, needs, aside=True))

    async def on_weigh(self) -> Answer:
        step = partial(runs.begin_weighing, self.config, self.list_id, self.by, self._news_day())
        needs = partial(runs.needs_of_weighing, self.list_id)
        return self._told(await self._act(step, needs, aside=True))

    async def on_confirm(self) -> Answer:
        list_id, run, roles = self.list_id, self.asked.run or "", self.asked.actor.roles

        def step(unit: UnitOfWork) -> ListTold:
            unit.who_decides.check("list-import", "confirm", roles)
            return self._told(runs.confirm(list_id, self.by, run, unit))

        return await self._act(step, partial(lists.needs_of_list, list_id))

    async def on_rows(self) -> Answer:
        after = self.asked.after or 0
        needs = partial(runs.needs_of_rows, self.list_id, after, False)
        unit = await self.runtime.look(needs)
        kept, rows, following = runs.rows_worth_a_look(self.list_id, self.by, after, unit)
        read_from = columns_of(mapping_of(kept.name, kept.draft)) if rows else {}
        return RowsTold(rows=[row_told(each, read_from) for each in rows], next=following)

    async def on_refused(self) -> Answer:
        after = self.asked.after or 0
        needs = partial(runs.needs_of_rows, self.list_id, after, True)
        unit = await self.runtime.look(needs)
        content, following = runs.refused_rows(self.list_id, self.by, after, unit)
        return RefusedTold(content=base64.b64encode(content).decode(), next=following)

    async def on_drop(self) -> Answer:
        step = partial(lists.drop_list, self.list_id, self.by)
        await self._act(step, partial(lists.needs_of_dropping, self.list_id))
        return ListDone(list_id=self.list_id)

    async def on_mappings(self) -> Answer:
        unit = await self.runtime.look(mappings.needs_of_mappings)
        return MappingsKnown(mappings=mappings_told(mappings.kept_mappings(unit), self.mappings()))

    async def on_calendars(self) -> Answer:
        sources = [each for each in self.config.sources.values() if each.calendar is not None]
        unit = await self.runtime.look(partial(needs_of_calendars, sources))
        return CalendarsTold(
            calendars=[
                calendar_told(each, each.calendar, self.address_of(each), unit)
                for each in sorted(sources, key=lambda one: one.name)
                if each.calendar is not None
            ]
        )

    async def on_read_calendar(self) -> Answer:
        source = self.config.sources.get(self.asked.name or "")
        if source is None or source.calendar is None:
            raise RuleError("There is no such calendar.", code="no-list")
        if not self.address_of(source):
            raise RuleError(
                "It has no address: write it into the file of its secret first.", code="closed"
            )
        step, needs = partial(read_now, source.name), partial(needs_of_calendar, source.name)
        await self._act(step, needs, about=source.name)
        return ListDone(list_id=source.name)

    async def on_forget(self) -> Answer:
        name = self.asked.name or ""
        step, needs = partial(mappings.forget, name), partial(mappings.needs_of_one, name)
        await self._act(step, needs, about=name)
        return ListDone(list_id=name)

    def _told(self, kept: KeptList) -> ListTold:
        return list_told(kept, self.runtime.clock.now())

    def _kind(self) -> Kind:
        found = next((each for each in KINDS if each == self.asked.kind), None)
        if found is None:
            raise RuleError("Say what the list holds.", code="invalid", field="kind")
        return found

    def _news_day(self) -> str:
        said = (self.asked.news_since or "").strip()
        try:
            return read_day(said).isoformat() if said else ""
        except ValueError:
            raise RuleError(
                "This is no day: write it like 2026-12-31.", code="invalid", field="news_since"
            ) from None

    async def _act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Needs,
        *,
        aside: bool = False,
        about: str = "",
    ) -> R:
        now = self.runtime.clock.now()
        id = f"list-{self.asked.ask}-{about or self.list_id}-{self.asked.number or 0}"
        cause = Cause(SOURCE, id, "request", id, None, now)
        return await self.runtime.act(step, needs, cause=cause, aside=aside)
