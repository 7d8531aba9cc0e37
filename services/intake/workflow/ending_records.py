"""A matter has been closed for long: is the firm's time for its client's working records over?

Asked at the last matter of a client only, and of nobody whom a hold protects or the firm acts for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.intake.domain.matters import Matter
from services.intake.domain.working_records import A_YEAR, WHILE_HELD, is_the_last, span_of
from services.intake.ports import MATTERS, FirmConfig
from services.intake.workflow.records_requests import held, needs_of_holds
from shared.contracts.records import RecordsEnded
from shared.people import PEOPLE, every_id, trail
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True)
class EndingSteps:
    """The step for every closed matter that is to be looked at, by the firm's retention."""

    config: FirmConfig

    def needs(self, matter: Matter, unit: ReadSoFar) -> Iterable[Need]:
        """The client by every id, all their matters, and every hold on them."""
        if matter.client_id is None:
            return
        for each in trail(matter.client_id, unit):
            yield PEOPLE.one(each)
        yield from needs_of_holds(trail(matter.client_id, unit)[-1], unit)

    def step(self, matter: Matter, unit: UnitOfWork) -> None:
        """Say that the time is over, or note when to look again."""
        client_id = trail(matter.client_id, unit)[-1] if matter.client_id else ""
        person = unit.peek(PEOPLE, client_id)
        if matter.records_look_at is None or (person is not None and person.erased):
            self._note(matter, None, unit)
            return
        matters = [
            m for each in every_id(client_id, unit) for m in unit.find(MATTERS, "client", each)
        ]
        if not is_the_last(matter, matters):
            self._note(matter, unit.now + A_YEAR, unit)  # matters close with any day, in any order
            return
        span = span_of(self.config.retention, self.config.times.calendar.zone)
        if span is None or matter.closed_at is None:
            self._note(matter, unit.now + A_YEAR, unit)
        elif unit.now < (end := span.after(matter.closed_at)):
            self._note(matter, end, unit)
        elif held(client_id, unit):
            self._note(matter, unit.now + WHILE_HELD, unit)
        else:
            self._say(client_id, span.before(unit.now), unit)
            self._note(matter, span.next_look(unit.now), unit)

    def _say(self, client_id: str, until: datetime, unit: UnitOfWork) -> None:
        others = tuple(each for each in every_id(client_id, unit) if each != client_id)
        unit.announce(
            RecordsEnded(client_id=client_id, merged_ids=others, until=until, at=unit.now)
        )

    def _note(self, matter: Matter, again: datetime | None, unit: UnitOfWork) -> None:
        unit.put(MATTERS, replace(matter, looked_for=matter.closed_at, look_at=again))
