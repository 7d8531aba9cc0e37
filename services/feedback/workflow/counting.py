"""Something was told that is counted: which fact changes, and which tallies with it?

All counting is done as events are heard, also feedback's own, and never beside a client's page: so
one writer changes a tally, and the order of the stream is the only one there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.feedback.domain.fact import Fact, Told, fact_id_of, recounted, with_told
from services.feedback.domain.matter import Matter, with_area, with_owner
from services.feedback.domain.measures import labels_of
from services.feedback.domain.plain_words import plain
from services.feedback.domain.tally import Tally, changed, changes, tally_id_of
from services.feedback.domain.telling import told_by
from services.feedback.ports import FACTS, MATTERS, TALLIES
from shared.calendar import FirmCalendar
from shared.contracts.envelope import Event
from shared.contracts.firm import MatterOpened
from shared.contracts.handovers import HandoverCompleted
from shared.state.document_types import DocumentType, Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Placed = Event[MatterOpened] | Event[HandoverCompleted]
Changed = tuple[Fact | None, Fact]  # before, after
ReadFact = Callable[[DocumentType[Fact], str], Fact | None]
ReadMatter = Callable[[DocumentType[Matter], str], Matter | None]


@dataclass(frozen=True, slots=True)
class CountingSteps:
    """The steps, by the firm's calendar."""

    calendar: FirmCalendar

    def needs(self, event: Event[Any], unit: ReadSoFar) -> Iterable[Need]:
        """The facts told of, their matters, and every tally that changes."""
        for told in told_by(event):
            fact_id = fact_id_of(told.measure, told.thing)
            yield FACTS.one(fact_id)
            fact = unit.peek(FACTS, fact_id)
            matter_id = (fact.matter_id if fact else None) or told.matter_id
            if matter_id is not None:
                yield MATTERS.one(matter_id)
            yield from _tallies(self._changed(told, event, unit.peek, unit.peek))

    def count(self, event: Event[Any], unit: UnitOfWork) -> None:
        """Keep what was told, and count it."""
        for told in told_by(event):
            _keep(self._changed(told, event, unit.get, unit.get), unit)

    def needs_of_matter(self, event: Placed, unit: ReadSoFar) -> Iterable[Need]:
        """What is counted of the matter, and every tally that changes."""
        matter_id = event.data.matter_id
        yield MATTERS.one(matter_id)
        yield FACTS.by("matter", matter_id)
        matter = _placed(event, unit.peek(MATTERS, matter_id))
        for fact in unit.peek_all(FACTS, "matter", matter_id):
            yield from _tallies((fact, self._recounted(fact, matter)))

    def place(self, event: Placed, unit: UnitOfWork) -> None:
        """Whose the matter is, and of which area: what was counted before is counted for them."""
        matter = _placed(event, unit.get(MATTERS, event.data.matter_id))
        unit.put(MATTERS, matter)
        for fact in unit.find(FACTS, "matter", event.data.matter_id):
            _keep((fact, self._recounted(fact, matter)), unit)

    def _changed(
        self, told: Told, event: Event[Any], fact: ReadFact, matter_of: ReadMatter
    ) -> Changed:
        before = fact(FACTS, fact_id_of(told.measure, told.thing))
        after = with_told(before, told, event.stamp, event.msg_id)
        matter = matter_of(MATTERS, after.matter_id) if after.matter_id else None
        return before, self._recounted(after, matter)

    def _recounted(self, fact: Fact, matter: Matter | None) -> Fact:
        return recounted(fact, matter, labels_of(fact.measure, self.calendar), self.calendar.zone)


def _placed(event: Placed, before: Matter | None) -> Matter:
    told = event.data
    matter = before or Matter(matter_id=told.matter_id)
    if isinstance(told, HandoverCompleted):
        return with_owner(matter, told.to, event.stamp)
    owned = with_owner(matter, told.owner_id, event.stamp)
    return with_area(owned, plain(told.practice_area), event.stamp)


def _tallies(pair: Changed) -> Iterable[Need]:
    before, after = pair
    for month, scope in changes(before.counted if before else None, after.counted):
        yield TALLIES.one(tally_id_of(after.measure, month, scope))


def _keep(pair: Changed, unit: UnitOfWork) -> None:
    before, after = pair
    if after == before:
        return
    unit.put(FACTS, after)
    for (month, scope), change in changes(
        before.counted if before else None, after.counted
    ).items():
        tally = unit.get(TALLIES, tally_id_of(after.measure, month, scope))
        empty = Tally(measure=after.measure, month=month, scope=scope)
        unit.put(TALLIES, changed(tally or empty, change))
