"""An event has happened: what does it change for the firm's timers?

The client's card and the subjects it is about take it in; then everything the rules want for those
subjects is compared with what is planned. Events no playbook names pass quickly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.conditions import speaks_to
from services.reminders.domain.former_clients import is_left
from services.reminders.domain.kept_ends import with_kept_ends
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Subject, client_of, thread_of
from services.reminders.ports import CARDS, COMMITMENTS, CONTACTS, SUBJECTS, TIMERS
from services.reminders.workflow import arming, client_cards
from services.reminders.workflow.commitments import follow, needs_of_commitments
from services.reminders.workflow.dropped_invitations import (
    invitations_of,
    say_asked_too_late,
    say_dropped,
)
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.former_clients import change_hands, needs_of_changing_hands
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
        for whole in self._wholes(event):
            yield SUBJECTS.by("larger", whole)
        threads = self._threads(event, unit)
        yield from _subject_needs(threads, unit)
        yield from self._needs_of_ends(event, threads)
        for thread in threads:
            yield from needs_of_changing_hands(event, thread, unit)
        if client_id is not None and upkeep:
            yield from self._needs_of_client(event, client_id, unit)

    def step(self, event: Event[Any], unit: UnitOfWork) -> None:
        """Take the event in and plan anew what it touches."""
        client_id = client_of(event.data)
        moved = client_cards.take_in(event, client_id, unit) if client_id else False
        threads = self._threads(event, unit)
        for thread in threads:
            before = unit.get(SUBJECTS, thread) or Subject(thread=thread)
            subject = with_kept_ends(
                before.with_event(event, unit.now), event, self._ending(event, thread), unit.now
            )
            if before.is_cleared(event.time) or self._whole_is_cleared(event, subject, unit):
                continue  # said again, long after it was over
            subject = change_hands(self.config, before, subject, unit)
            subject = self._with_ends(subject, thread, unit)
            if subject != before:
                unit.put(SUBJECTS, subject)
            self._arm(subject, unit)
            say_asked_too_late(self.config, event, subject, unit)
        if moved and client_id is not None:
            self._replan_client(client_id, set(threads), unit)

    def _ending(self, event: Event[Any], thread: str) -> list[Rule]:
        """The rules about such a thing that an event of this type may end."""
        field = thread.partition(":")[0]
        rules = self.config.playbooks.hearing(event.type)
        return [each for each in rules if each.per == field and event.type in each.until]

    def _arm(self, subject: Subject, unit: UnitOfWork) -> None:
        if is_left(subject.thread):
            arming.arm(self.config, subject, unit)
            return
        before = invitations_of(self.config, subject, unit)
        arming.arm(self.config, subject, unit)
        follow(self.config, subject, unit)
        say_dropped(self.config, subject, before, unit)

    def _threads(self, event: Event[Any], unit: ReadSoFar) -> list[str]:
        rules = self.config.playbooks.hearing(event.type)
        fields = {rule.per for rule in rules if speaks_to(rule, event.type, event.data)}
        threads = (thread_of(name, event.data) for name in sorted(fields))
        found = [thread for thread in threads if thread is not None]
        found += [each for each in self._parts(event, unit) if each not in found]
        if MATTER not in fields or getattr(event.data, MATTER, None) is not None:
            return found
        client_id = client_of(event.data)
        card = unit.peek(CARDS, client_id) if client_id else None
        return [*found, *(f"{MATTER}:{each}" for each in (card.open_matters if card else ()))]

    def _wholes(self, event: Event[Any]) -> list[str]:
        """What this event ends as a whole, such as a matter with all that was asked for in it."""
        rules = self.config.playbooks.hearing(event.type)
        fields = {rule.until_by[event.type] for rule in rules if event.type in rule.until_by}
        found = (thread_of(field, event.data) for field in sorted(fields))
        return [each for each in found if each is not None]

    def _parts(self, event: Event[Any], unit: ReadSoFar) -> list[str]:
        """The whole, which keeps that it ended, and every part of it that is followed."""
        pers = {rule.per for rule in self.config.playbooks.hearing(event.type)
                if event.type in rule.until_by}  # fmt: skip
        found: list[str] = []
        for whole in self._wholes(event):
            parts = unit.peek_all(SUBJECTS, "larger", whole)
            found += [
                whole,
                *(
                    p.thread
                    for p in parts
                    if p.thread.partition(":")[0] in pers and not is_left(p.thread)
                ),
            ]
        return found

    def _needs_of_ends(self, event: Event[Any], threads: list[str]) -> Iterator[Need]:
        """What is known of the larger things that a new part belongs to."""
        for rule in self.config.playbooks.hearing(event.type):
            if event.type in rule.on:
                for field in rule.until_by.values():
                    whole = thread_of(field, event.data)
                    if whole is not None and whole not in threads:
                        yield SUBJECTS.one(whole)

    def _with_ends(self, subject: Subject, thread: str, unit: UnitOfWork) -> Subject:
        rules = [r for r in self.config.playbooks.per(thread.partition(":")[0]) if r.until_by]
        wholes = {whole for rule in rules for _, whole in subject.ends_elsewhere(rule)}
        found = {whole: unit.peek(SUBJECTS, whole) for whole in wholes}
        return subject.with_ends_of(rules, {k: v for k, v in found.items() if v is not None})

    def _whole_is_cleared(self, event: Event[Any], subject: Subject, unit: UnitOfWork) -> bool:
        """Whether it is part of a matter whose end was forgotten with it, and older than that."""
        rules = self.config.playbooks.per(subject.thread.partition(":")[0])
        wholes = (whole for rule in rules if rule.until_by
                  for _, whole in subject.ends_elsewhere(rule))  # fmt: skip
        found = (unit.peek(SUBJECTS, whole) for whole in wholes)
        return any(whole is not None and whole.is_cleared(event.time) for whole in found)

    def _needs_of_client(
        self, event: Event[Any], client_id: str, unit: ReadSoFar
    ) -> Iterator[Need]:
        if event.type in client_cards.MOVES_TIMERS:
            yield TIMERS.by("client", client_id)
            yield COMMITMENTS.by("client", client_id)
            yield CONTACTS.by("waiting", f"card:{client_id}")
        yield from _subject_needs(self._threads_of_client(client_id, unit), unit)

    def _threads_of_client(self, client_id: str, unit: ReadSoFar) -> list[str]:
        waiting = {timer.thread for timer in unit.peek_all(TIMERS, "client", client_id)}
        waiting |= {each.thread for each in unit.peek_all(COMMITMENTS, "client", client_id)}
        return sorted({*waiting, f"{CLIENT}:{client_id}"})

    def _replan_client(self, client_id: str, done: set[str], unit: UnitOfWork) -> None:
        """The client's zone, language or matters changed: so may what is planned for them."""
        for thread in self._threads_of_client(client_id, unit):
            subject = unit.get(SUBJECTS, thread) if thread not in done else None
            if subject is not None:
                self._arm(subject, unit)
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
        yield from needs_of_commitments(thread, unit)
