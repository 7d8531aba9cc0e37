"""What would these rules have done, had they been in force when the firm's past events came?

The steps of ``reminders`` run over memory: real rules, real gates, real planning, and nothing
leaves. Every message is taken to have arrived. What other services said in answer (a survey that
was requested) is taken as it happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.commitments import State as Owed
from services.reminders.domain.contact import WAITING, Contact
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.occurrence import Occurrence, State
from services.reminders.due import commitments_due, due
from services.reminders.ports import COMMITMENTS, CONTACTS, TIMERS
from services.reminders.storage import MAPPINGS
from services.reminders.workflow.events_heard import EventSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import cause_of, record_outcome
from services.reminders.workflow.told_clients import needs_of_planning_on_all
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause, Event
from shared.engine.due_work import Due
from shared.errors import PermanentError, RuleError
from shared.state.document_types import Need
from shared.state.memory_store import Memory
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

SERVICE, OWN = "reminders", "urn:clientele:reminders"
DECIDED = "task-completed"  # of its own tasks: a person's decision, not a rule's consequence
TO_COME = (State.PLANNED.value, Owed.OPEN.value)  # what lies ahead still
SENT = Outcome(Result.HANDED_OVER)
SENDER = "rehearsal:1"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one occurrence of a rule."""

    occurrence_id: str
    rule_id: str
    rule_version: int
    about: str  # the thread: "client_id:c-1"
    client_id: str | None
    at: datetime
    acted: bool  # sent, asked or announced; of what was owed: missed
    outcome: str  # "sent", "done", or why not
    owed: bool = False  # a commitment: it acted where it was missed


async def _nothing(_: Any, __: list[Any]) -> None:
    """What would happen outside does not happen here."""


class Rehearsal:
    """One set of rules; ``hear`` every past event in stream order, then ``pass_until`` the end."""

    def __init__(self, config: FirmConfig) -> None:
        config.sender = SENDER
        self._config = config
        self._event_steps = EventSteps(config)
        self._due: dict[str, Due[Any]] = {
            each.kind.collection: each for each in (
                *due(config, _nothing, _nothing, _nothing), commitments_due(config)
            )
        }  # fmt: skip
        self.memory = Memory(
            {mapping.collection: mapping.due for mapping in MAPPINGS if mapping.due}
        )
        self.now = datetime.min.replace(tzinfo=UTC)
        self._heard: set[str] = set()

    def hear(self, event: Event[Any], at: datetime) -> None:
        """Let time pass until ``at``, then hear the event; a repetition changes nothing."""
        self.pass_until(at)
        if event.source == OWN and event.type != DECIDED:
            return  # what the rules of that time led to; here these rules speak for themselves
        self._take([event])

    def pass_until(self, instant: datetime) -> None:
        """Let everything happen that falls due by then."""
        while (found := self.memory.take_due(instant)) is not None:
            due_at, kind, value = found
            self.now = max(self.now, due_at)
            self._take(self._fire(self._due[kind.collection], value))
        self.now = max(self.now, instant)

    def done(self, since: datetime) -> list[Done]:
        """What became of every occurrence that fell due after ``since`` and by now."""
        return [
            each
            for each in self.every()
            if since < each.at <= self.now and each.outcome not in TO_COME
        ]

    def every(self) -> list[Done]:
        """What became of every occurrence there was, and of what lies ahead still."""
        contacts = {each.occurrence_id: each for each in self.memory.all(CONTACTS)}
        return [
            _done(timer, contacts.get(timer.occurrence_id)) for timer in self.memory.all(TIMERS)
        ] + [_missed_or_not(owed) for owed in self.memory.all(COMMITMENTS)]

    def _take(self, events: Iterable[Event[Any]]) -> None:
        """Hear these, and what reminders itself says because of them."""
        waiting = list(events)
        while waiting:
            event = waiting.pop(0)
            if event.msg_id not in self._heard:
                self._heard.add(event.msg_id)
                waiting += self._step(event)

    def _step(self, event: Event[Any]) -> list[Event[Any]]:
        unit = UnitOfWork(SERVICE, self.now)
        self.memory.fill(unit, [lambda u: self._event_steps.needs(event, u)])
        try:
            with unit.working_on(event.cause):
                self._event_steps.step(event, unit)
        except (RuleError, PermanentError):
            return []  # refused then as now
        self.memory.keep(unit)
        return unit.announced

    def _fire(self, work: Due[Any], value: Any) -> list[Event[Any]]:
        unit, key = UnitOfWork(SERVICE, self.now), work.kind.key(value)
        more = needs_of_planning_on_all if work.kind is CONTACTS else no_more
        self.memory.fill(
            unit, [lambda u: [work.kind.one(key), *work.needs(value, u), *more(value, u)]]
        )
        own_id = f"{work.kind.collection}-{key}-{self.now.isoformat()}"
        with unit.working_on(Cause(OWN, own_id, "due", own_id, None, self.now)):
            work.step(value, unit)
        current = unit.peek(CONTACTS, key) if work.kind is CONTACTS else None
        if current is not None and current.state is Stands.HANDING_OVER:
            with unit.working_on(cause_of(current, unit.service, unit.now)):
                record_outcome(self._config, current, SENT, unit)
        self.memory.keep(unit)
        return unit.announced


def no_more(_: Any, __: ReadSoFar) -> Iterable[Need]:
    """Nothing follows in the same step."""
    return ()


def _missed_or_not(owed: Commitment) -> Done:
    """A commitment that was missed is what has to be seen; one that was met is as it should be."""
    missed = owed.state is Owed.MISSED
    return Done(owed.commitment_id, owed.rule_id, owed.rule_version, owed.thread, owed.client_id,
                owed.due_at, missed, owed.state.value, owed=True)  # fmt: skip


def _done(timer: Occurrence, contact: Contact | None) -> Done:
    acted, outcome = timer.state is State.FIRED, "done"
    at = timer.due_at
    if not acted:
        outcome = timer.reason or timer.state.value
    elif contact is not None and contact.state in WAITING:
        acted, outcome, at = False, State.PLANNED.value, contact.due_at
    elif contact is not None:
        acted = contact.state is Stands.HANDED_OVER
        outcome = contact.state.value if acted else contact.reason or contact.state.value
        at = contact.sent_at or contact.due_at
    return Done(timer.occurrence_id, timer.rule_id, timer.rule_version, timer.thread,
                timer.client_id, at, acted, outcome)  # fmt: skip
