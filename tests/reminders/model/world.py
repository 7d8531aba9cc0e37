"""The world around some replicas: time, events on their way, a mail server with its own ledger.

What was told, who was refused and what went is kept here as the model sees it; every commit of
every replica is held against it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.reminders.domain.contact import MAY_HAVE_COME, WAITING, Contact, State
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.occurrence import State as Timer
from services.reminders.listeners import listeners
from services.reminders.ports import CONTACTS, TIMERS, OutgoingMessage
from services.reminders.staff import deciders
from shared.channels import Outcome, Result
from shared.contracts.base import EventData
from shared.contracts.envelope import Event
from shared.state.entries import Entry
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, Task
from tests.reminders.model import watching
from tests.reminders.model.aftermath import asked_since, ended, keep, telling_in
from tests.reminders.model.grounds import Message
from tests.reminders.model.letters import carries_a_letter, left_out, letters_since, planned_in
from tests.reminders.model.replica import Replica, Surroundings, WatchedOffice
from tests.reminders.model.rules import BY_RULE
from tests.reminders.model.stores import SharedStore
from tests.reminders.model.told import Facts, Told
from tests.reminders.over_memory import shipped_config

BEGIN_WITHIN = timedelta(minutes=1)
SENT, LATER = Outcome(Result.HANDED_OVER), Outcome(Result.RETRY, "away")
NEVER, UNKNOWN = Outcome(Result.REFUSED, "no-such-user"), Outcome(Result.UNKNOWN, "no-answer")


@dataclass(frozen=True)
class Delivered:
    """One line of the mail server's own ledger: it has this message, whatever it answered."""

    contact_id: str
    number: int
    address: str
    at: datetime


class World(Surroundings):
    """Everything but the machine's choices."""

    def __init__(self, store: SharedStore, now: datetime) -> None:
        self.store = store
        self.now = now
        self.facts = Facts()
        self.on_their_way: list[tuple[datetime, Event[Any]]] = []
        self.heard: list[Event[Any]] = []
        self.timers: dict[str, Occurrence] = {}
        self.messages: dict[str, Contact] = {}
        self.tasks: dict[str, Task] = {}
        self.ledger: list[Delivered] = []
        self.claimed: dict[tuple[str, str], datetime] = {}  # when which sender took a message
        self.mood: list[Outcome] = [SENT]
        self.unknowns: Counter[str] = Counter()
        self.sent_again: Counter[str] = Counter()
        self.broken: list[str] = []
        self.alive: set[str] = set()  # the senders that have not crashed, awake or not
        self._starts: Counter[str] = Counter()
        self._letters = 0
        self.desk = Replica("desk", 0, store, self)  # hears events and decisions, sends nothing
        self.deciders = {each.kind: each for each in deciders(shipped_config())}
        self._listeners = listeners(shipped_config())

    def start(self, name: str) -> Replica:
        """A replica starts, or starts again."""
        self._starts[name] += 1
        replica = Replica(name, self._starts[name], self.store, self)
        self.alive.add(replica.sender)
        return replica

    @property
    def seconds(self) -> float:
        """What every process's own stopwatch shows."""
        return self.now.timestamp()

    @property
    def consumed_until(self) -> datetime:
        """Up to when everything received has been heard."""
        return min((at for at, _ in self.on_their_way), default=self.now)

    # -- events -------------------------------------------------------------------------------

    def publish(self, data: EventData, at: datetime) -> None:
        """An event is received by the stream; it happened at ``at``."""
        number = len(self.heard) + len(self.on_their_way)
        event = Event(
            id=f"e-{number:04}", source="urn:firm:test", type=data.TYPE, version=1, time=at,
            subject=data.key(), data=data, correlation_id=f"e-{number:04}", causation_id=None,
            traceparent=None,
        )  # fmt: skip
        self.on_their_way.append((self.now, event))

    async def hear(self, event: Event[Any]) -> None:
        """An event is consumed, for the first time or again."""
        self.on_their_way = [each for each in self.on_their_way if each[1] is not event]
        if event not in self.heard:
            self.heard.append(event)
        heard = [each for each in self._listeners if event.type == each.event.TYPE]
        told = Told(event.id, event.time, event.data)
        self.facts = replace(self.facts, told=self.facts.told | {told})

        def step(unit: UnitOfWork) -> None:
            for each in heard:
                each.step(event, unit)

        await self.desk.act(
            step,
            lambda unit: [need for each in heard for need in each.needs(event, unit)],
            cause=event.cause,
        )

    def hold(self, *, held: bool) -> None:
        """Ops hold everything back, or let it go."""
        self.facts = replace(self.facts, held=held)

    def decided(self, message_id: str, decision: str) -> None:
        """A person settled what became of a message."""
        if decision == "send-again":
            self.sent_again[message_id] += 1

    # -- mail ---------------------------------------------------------------------------------

    def begins(self, message: OutgoingMessage, sender: str) -> None:
        """A hand-over begins; its sender must not have slept since it looked."""
        claimed = self.claimed[message.contact_id, sender]
        if self.now >= claimed + BEGIN_WITHIN:
            wrong = f"handed over {self.now - claimed} after it was looked at"
            self._broken(self.messages[message.contact_id], wrong)

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """The mail server's answer; it keeps what it accepted, and what it never answered for."""
        outcome = self.mood[self._letters % len(self.mood)]
        self._letters += 1
        if outcome.result in (Result.HANDED_OVER, Result.UNKNOWN):
            carrier = self.messages[message.contact_id]
            for told in (carrier, *(self.messages[each] for each in carrier.carries)):
                copy = Delivered(told.contact_id, told.resends, message.address, self.now)
                self.ledger.append(copy)
        return outcome

    # -- watching -----------------------------------------------------------------------------

    def failed(self, operations: Any) -> None:
        """No step may raise, whatever comes."""
        if any(operations.values()):
            self.broken.append(f"a step failed: {operations}")

    def committed(self, unit: UnitOfWork, reminders: WatchedOffice) -> None:
        """Hold every change against the model, as of when the replica looked."""
        facts, now = reminders.known, unit.now
        told, taken = self._told_by(unit, facts), list[Contact]()
        for entry in sorted(unit.changes(), key=self._taken_in_hand_first):
            match entry.kind.collection:
                case TIMERS.collection:
                    self._timer_changed(self.timers.get(entry.key), entry.value, told, now)
                    self._in_time(entry.value, reminders)
                    if entry.value is not None:
                        self._stands(entry.value)
                    keep(self.timers, entry.key, entry.value)
                    self.facts = replace(self.facts, planned=planned_in(self.timers.values()))
                case CONTACTS.collection:
                    before = self.messages.get(entry.key)
                    self._message_changed(before, entry.value, facts, told, now)
                    self._settled(before, entry.value, reminders.sender, now)
                    self.messages[entry.key] = entry.value
                    if carries_a_letter(before, entry.value):
                        taken.append(entry.value)
                    facts = replace(facts, asked=asked_since(facts, entry.value, now))
                    facts = replace(facts, letters=letters_since(facts, before, entry.value, now))
                    self.facts = replace(
                        self.facts, asked=asked_since(self.facts, entry.value, now),
                        waiting=self._waiting(), telling=telling_in(self.messages.values()),
                        letters=letters_since(self.facts, before, entry.value, now),
                    )  # fmt: skip
                case TASKS.collection:
                    keep(self.tasks, entry.key, entry.value)
                case _:
                    pass
        for carrier in taken:
            for wrong in left_out(carrier, self.messages, reminders.known, now):
                self._broken(carrier, wrong)

    def _told_by(self, unit: UnitOfWork, facts: Facts) -> Facts:
        """What is known once these hand-overs have ended: what follows is planned with them."""
        last = dict(facts.last)
        for entry in unit.changes():
            before = self.messages.get(entry.key) if entry.kind is CONTACTS else None
            if before is not None and before.state is State.HANDING_OVER:
                ended(before, entry.value, unit.now, last)
        return replace(facts, last=last)

    def _taken_in_hand_first(self, entry: Entry) -> bool:
        """Of several that are due together, those that go come before those that wait for them;
        one found in somebody's hands stays in its turn.
        """
        before = self.messages.get(entry.key)
        found = before is not None and before.state is State.HANDING_OVER
        return found or getattr(entry.value, "state", None) is not State.HANDING_OVER

    def _in_time(self, after: Occurrence | None, reminders: WatchedOffice) -> None:
        until = reminders.consumed_until
        if after is not None and after.state is Timer.FIRED and until and after.due_at > until:
            self._broken(after, "fired ahead of the stream")

    def _stands(self, after: Occurrence) -> None:
        key = watching.key_of(after)
        skipped, fired = self.facts.skipped - {key}, dict(self.facts.fired)
        fired.pop(key, None)
        if after.state is Timer.SKIPPED:
            skipped |= {key}
        if after.state is Timer.FIRED:
            fired[key] = after.due_at
        self.facts = replace(self.facts, skipped=skipped, fired=fired)

    def _timer_changed(
        self, before: Occurrence | None, after: Occurrence | None, facts: Facts, now: datetime
    ) -> None:
        either = after or before
        if either is not None and either.rule_id in BY_RULE:
            self._broken(either, watching.of_timer(before, after, facts, now))

    def _message_changed(
        self, before: Contact | None, after: Contact, facts: Facts, told: Facts, now: datetime
    ) -> None:
        self._broken(after, watching.of_message(before, after, facts, told, now))
        me = after.contact_id
        taken = before is not None and before.state is not State.HANDING_OVER
        if taken and after.state is State.HANDING_OVER:
            self.claimed[me, after.handed_by or ""] = now

    def _settled(self, before: Contact | None, after: Contact, by: str, now: datetime) -> None:
        if before is None or before.state is not State.HANDING_OVER:
            return
        me, until = after.contact_id, before.hand_over_until
        at_it = before.handed_by in self.alive and until is not None and now < until
        if by != before.handed_by and at_it and after.state is not State.HANDING_OVER:
            self._broken(after, "given up while its sender may still be at it")
        unknown = after.state is State.UNKNOWN or after.resends > before.resends
        if unknown:
            self.unknowns[me] += 1
        last = dict(self.facts.last)
        ended(before, after, now, last)
        self.facts = replace(self.facts, last=last)
        if after.state is State.REFUSED and after.reason != "away" and before.address:
            self.facts = replace(self.facts, refused=self.facts.refused | {before.address})

    def _broken(self, what: Any, wrong: str | None) -> None:
        if wrong is not None:
            self.broken.append(watching.describe(what, wrong, self.now))

    # -- looking ------------------------------------------------------------------------------

    def open_tasks(self, kind: str) -> list[Task]:
        """What people are asked."""
        return [each for each in self.tasks.values() if (each.kind, each.state) == (kind, "open")]

    def instants(self) -> list[datetime]:
        """When something waits to be looked at."""
        waiting = [timer.due_at for timer in self.timers.values() if timer.state is Timer.PLANNED]
        return waiting + [
            each.due_at
            for each in self.messages.values()
            if each.state in WAITING or each.state is State.HANDING_OVER
        ]

    def _waiting(self) -> frozenset[tuple[Message, datetime]]:
        """Each message that waits or has gone; the latter stays in the way of earlier ones."""
        found = []
        for each in self.messages.values():
            message = watching.message_of(each)
            if each.state in WAITING:
                found.append((message, each.due_at))
            elif each.state in MAY_HAVE_COME:
                found.append((replace(message, useless=None), each.planned_for))
        return frozenset(found)

    def turning_points(self) -> list[datetime]:
        """The instants ahead at which what is right to do may change, soonest first."""
        limits = [timer.valid_until for timer in self.timers.values()]
        anchors = [timer.anchor_at for timer in self.timers.values()]
        points = {*self.instants(), *(each for each in (*limits, *anchors) if each)}
        return sorted(each for each in points if each > self.now)


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
