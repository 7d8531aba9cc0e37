"""An event has happened: what does it change for the firm's timers?

The client's card and the subjects it is about take it in; then everything the rules want for those
subjects is compared with what is planned. Events no playbook names pass quickly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.conditions import speaks_to
from services.reminders.domain.subject import Subject, client_of, thread_of
from services.reminders.ports import CARDS, CONTACTS, SUBJECTS, TIMERS
from services.reminders.workflow import arming, client_cards
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

CLIENT, MATTER = "client_id", "matter_id"


@dataclass(frozen=True)
class EventSteps:
    """The step for every event, over the firm's playbooks."""

    config: FirmConfig

    def needs(self, event: Event[Any], unit: ReadSoFar) -> Iterator[Need]:
        """The card, the subjects, and what is planned for them."""
        client_id = client_of(event.data)
        upkeep = event.type in client_cards.UPKEEP
        if client_id is not None:
            yield CARDS.one(client_id)
        threads = self._threads(event, unit)
        yield from _subject_needs(threads, unit)
        if client_id is not None and upkeep:
            yield from self._needs_of_client(event, client_id, unit)

    def step(self, event: Event[Any], unit: UnitOfWork) -> None:
        """Take the event in and plan anew what it touches."""
        client_id = client_of(event.data)
        moved = client_cards.take_in(event, client_id, unit) if client_id else False
        threads = self._threads(event, unit)
        for thread in threads:
            before = unit.get(SUBJECTS, thread) or Subject(thread=thread)
            subject = before.with_event(event, unit.now)
            if subject != before:
                unit.put(SUBJECTS, subject)
            arming.arm(self.config, subject, unit)
        if moved and client_id is not None:
            self._replan_client(client_id, set(threads), unit)

    def _threads(self, event: Event[Any], unit: ReadSoFar) -> list[str]:
        rules = self.config.playbooks.hearing(event.type)
        fields = {rule.per for rule in rules if speaks_to(rule, event.type, event.data)}
        threads = (thread_of(name, event.data) for name in sorted(fields))
        found = [thread for thread in threads if thread is not None]
        if MATTER not in fields or getattr(event.data, MATTER, None) is not None:
            return found
        client_id = client_of(event.data)
        card = unit.peek(CARDS, client_id) if client_id else None
        return [*found, *(f"{MATTER}:{each}" for each in (card.open_matters if card else ()))]

    def _needs_of_client(
        self, event: Event[Any], client_id: str, unit: ReadSoFar
    ) -> Iterator[Need]:
        if event.type in client_cards.MOVES_TIMERS:
            yield TIMERS.by("client", client_id)
            yield CONTACTS.by("waiting", f"card:{client_id}")
        yield from _subject_needs(self._threads_of_client(client_id, unit), unit)

    def _threads_of_client(self, client_id: str, unit: ReadSoFar) -> list[str]:
        waiting = {timer.thread for timer in unit.peek_all(TIMERS, "client", client_id)}
        return sorted({*waiting, f"{CLIENT}:{client_id}"})

    def _replan_client(self, client_id: str, done: set[str], unit: UnitOfWork) -> None:
        """The client's zone, language or matters changed: so may what is planned for them."""
        for thread in self._threads_of_client(client_id, unit):
            subject = unit.get(SUBJECTS, thread) if thread not in done else None
            if subject is not None:
                arming.arm(self.config, subject, unit)
        for contact in unit.peek_all(CONTACTS, "waiting", f"card:{client_id}"):
            arming.wake(contact, unit)


def _subject_needs(threads: Iterable[str], unit: ReadSoFar) -> Iterator[Need]:
    for thread in threads:
        yield SUBJECTS.one(thread)
        yield TIMERS.by("thread", thread)
        subject = unit.peek(SUBJECTS, thread)
        if subject is not None and subject.client_id is not None:
            yield CARDS.one(subject.client_id)
        yield from arming.needs_of_tasks(unit.peek_all(TIMERS, "thread", thread))
