"""A service's listeners, deciders and due work over plain memory.

It fills units of work and keeps their changes the way the real engine does, without MongoDB and
without a broker; both pass ``tests/core/test_store_contract.py``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event
from shared.contracts.firm_decisions import WhoDecides
from shared.contracts.firm_roles import FirmRoles
from shared.engine.due_work import Due
from shared.engine.listening import Listener
from shared.errors import RuleError
from shared.requests.decisions import Actor, Decider, Decision, apply_decision, decision_needs
from shared.requests.views import View
from shared.state.document_types import DocumentType, Need
from shared.state.need_resolver import NeedResolver, Question
from shared.state.store import MAX_ROUNDS
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task

T = TypeVar("T")
R = TypeVar("R")
Values = Callable[[Any], Iterable[str]]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


@dataclass
class MemoryService:
    """One service over memory: ``hear`` events, ``decide`` tasks, ``work_due``."""

    service: str
    listeners: Sequence[Listener[Any]] = ()
    deciders: Sequence[Decider] = ()
    views: Sequence[View] = ()
    due: Sequence[Due[Any]] = ()
    now: datetime = START
    firm_roles: FirmRoles = field(default_factory=dict)
    who_decides: WhoDecides | None = None  # its word on single decisions too
    announced: list[Event[Any]] = field(default_factory=list)
    _kept: dict[str, dict[str, tuple[Any, int]]] = field(default_factory=dict)
    _handled: set[tuple[str, str]] = field(default_factory=set)
    _numbers: Any = field(default_factory=count)

    def hear(
        self,
        data: EventData,
        *,
        time: datetime | None = None,
        id: str | None = None,
        source: str = "urn:firm:test",
        history: bool = False,
    ) -> str:
        """Hear one event; ``applied``, ``duplicate``, ``not-heard`` or the code of a refusal."""
        number = next(self._numbers)
        event = Event(
            id=id or f"event-{number}", source=source, type=data.TYPE, version=data.VERSION,
            time=time or self.now, subject=data.key(), data=data,
            correlation_id=id or f"event-{number}", causation_id=None, traceparent=None,
            history=history,
        )  # fmt: skip
        return self.hear_event(event)

    def hear_event(self, event: Event[Any]) -> str:
        """Hear an event that exists already, such as one another service announced."""
        if (event.source, event.id) in self._handled:
            return "duplicate"
        heard = [each for each in self.listeners if event.type == each.event.TYPE]
        if not heard:
            return "not-heard"

        def needs(unit: ReadSoFar) -> Iterable[Need]:
            return [need for each in heard for need in each.needs(event, unit)]

        def step(unit: UnitOfWork) -> None:
            for each in heard:
                each.step(event, unit)

        try:
            self.act(step, needs, event.cause)
        except RuleError as no:
            return no.code
        finally:
            self._handled.add((event.source, event.id))
        return "applied"

    def decide(
        self,
        task_id: str,
        decision: str,
        fields: dict[str, Any] | None = None,
        *,
        actor: Actor,
        version: int | None = None,
    ) -> dict[str, Any]:
        """Decide a task as desk would ask; raises RuleError where the owner refuses."""
        task = self.get(TASKS, task_id)
        asked = Decision(
            decision_id=f"decision-{next(self._numbers)}",
            task_id=task_id,
            decision=decision,
            fields=fields or {},
            version=version if version is not None else (task.version if task else 0),
            actor=actor,
        )
        by_kind = {decider.kind: decider for decider in self.deciders}
        cause = Cause("urn:clientele:desk", asked.decision_id, "decision", asked.decision_id, None,
                      self.now)  # fmt: skip
        return self.act(
            lambda unit: apply_decision(asked, unit, by_kind),
            lambda unit: decision_needs(asked, unit, by_kind),
            cause,
        )

    def ask(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        id: str = "",
    ) -> R:
        """Do what a request asks for; raises RuleError where it is refused."""
        own = id or f"request-{next(self._numbers)}"
        return self.act(step, needs, Cause("urn:test", own, "request", own, None, self.now))

    def view(self, task_id: str, actor: Actor) -> dict[str, Any]:
        """The values desk would be shown for a task's fields."""
        task = self.get(TASKS, task_id)
        assert task is not None
        view = next(each for each in self.views if each.kind == task.kind)
        unit = self._unit()
        self.fill(unit, [lambda u: [TASKS.one(task_id), *view.needs(task, u)]])
        return view.show(task, unit, actor)

    def work_due(self, until: datetime | None = None) -> list[Any]:
        """Do everything that is due by ``until`` (moving ``now`` along); the documents after it."""
        worked: list[Any] = []
        while True:
            found = self._earliest_due(until or self.now)
            if found is None:
                self.now = max(self.now, until or self.now)
                return worked
            due, value, instant = found
            self.now = max(self.now, instant)
            key = due.kind.key(value)
            version = self._kept[due.kind.collection][key][1]
            cause = Cause(f"urn:clientele:{self.service}", f"{due.kind.collection}-{key}-{version}",
                          "due", getattr(value, "correlation_id", None) or key, None,
                          self.now)  # fmt: skip

            def step(unit: UnitOfWork, due: Due[Any] = due, key: str = key) -> None:
                due.step(unit.get(due.kind, key), unit)

            def needs(unit: ReadSoFar, due: Due[Any] = due, value: Any = value) -> Iterable[Need]:
                return [due.kind.one(due.kind.key(value)), *due.needs(value, unit)]

            self.act(step, needs, cause)
            worked.append(self.get(due.kind, key))

    def next_due(self, until: datetime) -> datetime | None:
        """When something next falls due, by then; None where nothing does."""
        found = self._earliest_due(until)
        return found[2] if found else None

    def _unit(self) -> UnitOfWork:
        unit = UnitOfWork(self.service, self.now)
        unit.who_decides = self.who_decides or WhoDecides(roles=self.firm_roles)
        return unit

    def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        cause: Cause,
    ) -> R:
        """One step over a filled unit; kept only when it does not raise."""
        known: set[Need] = set()
        while True:
            unit = self._unit()
            self.fill(unit, [needs], known)
            with unit.working_on(cause):
                result = step(unit)
            there = self._there_already(unit)
            if not there - known:
                self.keep(unit)
                return result
            known |= there  # as the engine: read it, and repeat

    def _there_already(self, unit: UnitOfWork) -> set[Need]:
        return {
            entry.kind.one(entry.key)
            for entry in unit.changes()
            if not entry.version and entry.key in self._kept.get(entry.kind.collection, {})
        }

    def keep(self, unit: UnitOfWork) -> None:
        """Keep what a unit changed and announced."""
        for entry in unit.changes():
            mapping = self._kept.setdefault(entry.kind.collection, {})
            if entry.value is None:
                mapping.pop(entry.key, None)
                continue
            already = mapping.get(entry.key)
            assert (already[1] if already else 0) == entry.version, (
                "added what was there: declare it"
            )
            mapping[entry.key] = (entry.value, entry.version + 1)
        self.announced.extend(unit.announced)

    def announced_of(self, kind: type[T]) -> list[T]:
        """The data of every announced event of this type, in order."""
        return [event.data for event in self.announced if isinstance(event.data, kind)]

    def get(self, kind: DocumentType[T], key: str) -> T | None:
        """One kept document."""
        found = self._kept.get(kind.collection, {}).get(key)
        return found[0] if found else None

    def version(self, kind: DocumentType[Any], key: str) -> int:
        """The version of a kept document; 0 where there is none."""
        found = self._kept.get(kind.collection, {}).get(key)
        return found[1] if found else 0

    def all(self, kind: DocumentType[T]) -> list[T]:
        """Every kept document of this kind, in key order."""
        return [value for _, (value, _) in sorted(self._kept.get(kind.collection, {}).items())]

    def tasks(self, kind: str | None = None, state: str | None = "open") -> list[Task]:
        """The tasks asked for, of one kind and state."""
        return [
            task
            for task in self.all(TASKS)
            if (kind is None or task.kind == kind) and (state is None or task.state == state)
        ]

    def _earliest_due(self, until: datetime) -> tuple[Due[Any], Any, datetime] | None:
        found = []
        for due in self.due:
            for value in self.all(due.kind):
                instant = self.due_of(due.kind, value)
                if instant is not None and instant <= until:
                    found.append((instant, due.kind.collection, due.kind.key(value), due, value))
        if not found:
            return None
        instant, _, _, due, value = min(found, key=lambda each: each[:3])
        return due, value, instant

    due_by_mapping: dict[str, Callable[[Any], datetime | None]] = field(default_factory=dict)

    def due_of(self, kind: DocumentType[Any], value: Any) -> datetime | None:
        """When a document falls due, as ``due_by_mapping`` says by its collection."""
        read = self.due_by_mapping.get(kind.collection)
        return read(value) if read else getattr(value, "due_at", None)

    def fill(
        self, unit: UnitOfWork, questions: Iterable[Question], known: Iterable[Need] = ()
    ) -> None:
        """Read what is needed as the engine does, by its own resolver."""
        ask = NeedResolver(known, questions)
        for _ in range(MAX_ROUNDS):
            wanted = {need for need in ask(unit) if not unit.knows(need)}
            if not wanted:
                return
            for need in wanted:
                self._read(unit, need)
        raise AssertionError("needs kept growing")

    def _read(self, unit: UnitOfWork, need: Need) -> None:
        mapping = self._kept.get(need.kind.collection, {})
        if need.lookup is None:
            value, version = mapping.get(str(need.value), (None, 0))
            unit.load(need.kind, str(need.value), value, version)
            return
        values = need.kind.lookups[need.lookup]
        if isinstance(need.value, tuple):
            most, first = need.kind.most[need.lookup], need.kind.first.get(need.lookup)
            found = _under(need.value, mapping, values)
            before = _under(first.among(need.value), mapping, values) if first else []
            if first and len(before) > first.most:
                some, cut = before[: first.most], True
            else:
                some, cut = [*before, *found[:most]], len(found) > most
            for key in some:
                unit.load(need.kind, key, *mapping[key])
            unit.load_some(need, some, cut=cut)
            return
        for key, (value, version) in mapping.items():
            if need.value in values(value):
                unit.load(need.kind, key, value, version)
        unit.load_found([need])


def _under(wanted: Iterable[str], mapping: Mapping[str, Any], values: Values) -> list[str]:
    asked = set(wanted)
    return [key for key, (value, _) in mapping.items() if asked & set(values(value))]
