"""An occurrence has fallen due: does it still hold, and what follows?

Whether it is still wanted is asked afresh. Then it announces, asks a person, or becomes a message,
which is tried on its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.card import Card
from services.reminders.domain.conditions import holds
from services.reminders.domain.contact import FAILED, TAKEN_BACK, Contact, contact_for
from services.reminders.domain.occurrence import Occurrence, State
from services.reminders.domain.playbook import Rule
from services.reminders.domain.repeating import first_anchor
from services.reminders.domain.statements import wanted_statement
from services.reminders.domain.subject import Fact, Standing, Subject
from services.reminders.ports import CARDS, CONTACTS, SUBJECTS, TIMERS
from services.reminders.workflow.announced_events import announce
from services.reminders.workflow.arming import arm, end_what_it_asked, needs_of_tasks
from services.reminders.workflow.contact_events import announce_contact, ids_of
from services.reminders.workflow.dropped_invitations import INVITATIONS
from services.reminders.workflow.dropped_invitations import say as say_it_will_not_come
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letter_drafts import wanted_by_rule
from services.reminders.workflow.tasks_for_staff import ask_as_the_rule_says, needs_of_asking
from shared.contracts.reminders import ContactSuppressed
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True)
class TimerSteps:
    """The step for every occurrence that falls due, over the firm's playbooks."""

    config: FirmConfig

    def needs(self, timer: Occurrence, unit: ReadSoFar) -> Iterator[Need]:
        """Its subject, its client, and the others planned for the same subject."""
        yield SUBJECTS.one(timer.thread)
        yield TIMERS.by("thread", timer.thread)
        if timer.client_id is not None:
            yield CARDS.one(timer.client_id)
        if timer.contact_id is not None:
            yield CONTACTS.one(timer.contact_id)
        if timer.state is State.FIRED:
            yield from needs_of_tasks([timer])
        rule = self.config.playbooks.version(timer.rule_id, timer.rule_version)
        if rule is not None and rule.ask is not None:
            yield from needs_of_asking(timer, unit)
        if rule is not None and rule.every is not None:
            yield from needs_of_tasks(unit.peek_all(TIMERS, "thread", timer.thread))

    def step(self, timer: Occurrence, unit: UnitOfWork) -> None:
        """Let it happen, or say why not."""
        if timer.state is State.FIRED:
            end_what_it_asked(timer, unit)
            return
        rule = self.config.playbooks.version(timer.rule_id, timer.rule_version)
        subject = unit.get(SUBJECTS, timer.thread)
        card = unit.get(CARDS, timer.client_id) if timer.client_id else None
        if rule is None or subject is None:
            unit.put(TIMERS, timer.ended(State.CANCELLED, "rule-withdrawn"))
            return
        if not self.config.playbooks.in_force(rule.rule_id):
            self._end(timer, rule, subject, State.CANCELLED, unit, "rule-withdrawn")
            return
        fact, why_not = still_wanted(rule, timer.anchor, subject, card)
        if why_not is None and timer.valid_until is not None and unit.now >= timer.valid_until:
            why_not = State.EXPIRED
        if why_not is None and _overtaken(timer, self.config, unit):
            why_not = State.SUPERSEDED
        if why_not is not None or fact is None:
            self._end(timer, rule, subject, why_not or State.CANCELLED, unit)
        else:
            self._happen(timer, rule, subject, fact, unit)
        if rule.every is not None:
            arm(self.config, subject, unit)  # its next turn

    def _happen(
        self, timer: Occurrence, rule: Rule, subject: Subject, fact: Fact, unit: UnitOfWork
    ) -> None:
        fired = replace(timer, state=State.FIRED)
        if rule.send is not None and rule.send.approve is not None:
            wanted_by_rule(rule, timer, ids_of(subject, rule.on), unit)
        elif rule.send is not None:
            ids, channel = ids_of(subject, rule.on), self.config.usual_channel
            contact = contact_for(timer, rule, ids, channel)
            fired = replace(fired, contact_id=contact.contact_id)
            put_on_its_way(contact, unit)
        elif rule.ask is not None:
            ask_as_the_rule_says(self.config, rule, timer, subject, unit)
            fired = replace(fired, asked=True)
        elif rule.announce is not None:
            card = unit.get(CARDS, timer.client_id) if timer.client_id else None
            announce(rule, timer, subject.words(fact), card, unit)
        unit.put(TIMERS, fired)

    def _end(
        self, timer: Occurrence, rule: Rule, subject: Subject, state: State, unit: UnitOfWork,
        why: str = "",
    ) -> None:  # fmt: skip
        reason = why or state.value
        unit.put(TIMERS, timer.ended(state, reason))
        if rule.send is not None and timer.client_id is not None:
            ids, channel = ids_of(subject, rule.on), self.config.usual_channel
            not_made = contact_for(timer, rule, ids, channel)
            announce_contact(ContactSuppressed, replace(not_made, reason=reason), unit)
        elif rule.announce is not None and rule.announce.type in INVITATIONS:
            say_it_will_not_come(rule, timer, reason, subject, unit)


def put_on_its_way(contact: Contact, unit: UnitOfWork) -> None:
    """A new message; or again one that was taken back, or failed, and is wanted after all."""
    before = unit.peek(CONTACTS, contact.contact_id)
    if before is None:
        unit.add(CONTACTS, contact)
    elif before.state in TAKEN_BACK:
        again = replace(contact, resends=before.resends, retries=before.retries)
        unit.put(CONTACTS, again)
    elif before.state in FAILED:  # and the call instead of it was taken back: a new attempt
        unit.put(CONTACTS, replace(contact, resends=before.resends + 1))


def still_wanted(
    rule: Rule, anchor: str, subject: Subject, card: Card | None, contact_id: str = ""
) -> tuple[Fact | None, State | None]:
    """The event behind it, or what became of it: cancelled or superseded.

    ``contact_id``: the message it became, if it did; what that told already may go once more.
    """
    if rule.tell is not None:
        return _still_to_tell(rule, anchor, subject, card, contact_id)
    standing, fact = subject.standing(rule)
    if standing is not Standing.ARMED or fact is None:
        return None, State.CANCELLED
    found = subject.anchor_of(rule, fact)
    named = first_anchor(anchor) if rule.every is not None else anchor
    if found is None or found[1] != named:
        return None, State.SUPERSEDED
    if not holds(rule.when, fact, subject, card):
        return None, State.CANCELLED
    return fact, None


def _still_to_tell(
    rule: Rule, anchor: str, subject: Subject, card: Card | None, contact_id: str
) -> tuple[Fact | None, State | None]:
    start = subject.latest(rule.on)
    found = wanted_statement(rule, subject)
    if start is None or not holds(rule.when, start, subject, card):
        return None, State.CANCELLED
    if contact_id and subject.told is not None and subject.told.contact_id == contact_id:
        return (start, None) if found is None else (None, State.SUPERSEDED)
    if found is None:
        return None, State.CANCELLED
    return (found.fact, None) if found.anchor == anchor else (None, State.SUPERSEDED)


def _overtaken(timer: Occurrence, config: FirmConfig, unit: UnitOfWork) -> bool:
    """After an outage only the latest of a series goes out that is still of use."""
    if timer.series is None:
        return False
    others = unit.find(TIMERS, "thread", timer.thread)
    return any(
        each.client_id == timer.client_id
        and each.series == timer.series
        and each.anchor == timer.anchor
        and timer.due_at < each.due_at <= unit.now
        and (each.state is State.FIRED or _goes(each, config, unit))
        for each in others
    )


def _goes(timer: Occurrence, config: FirmConfig, unit: UnitOfWork) -> bool:
    of_use = timer.valid_until is None or unit.now < timer.valid_until
    return timer.state is State.PLANNED and of_use and config.playbooks.in_force(timer.rule_id)
