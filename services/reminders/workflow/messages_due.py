"""A message is due: may it go, and if so, in which words?

Every gate is asked of freshly read facts. What passes is worded and kept as it will be handed
over; the hand-over itself happens outside, right after this is committed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.reminders.domain.contact import TAKEN_BACK, UNMADE, Contact, State
from services.reminders.domain.gate import Facts, Judgement, call_instead, judge
from services.reminders.domain.occurrence import State as Timer
from services.reminders.domain.statements import stated_by
from services.reminders.domain.unmet_wishes import unmet_wishes
from services.reminders.domain.wording import Worded, WordingError
from services.reminders.ports import CARDS, CONTACTS, TIMERS
from services.reminders.workflow.channel_choice import chosen
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import (
    call_instead_of,
    go_by_another_way,
    lost_sight_of,
    needs_of_letter,
)
from services.reminders.workflow.letters import (
    Part,
    letter_of,
    needs_of_others,
    others_for,
    part_of,
)
from services.reminders.workflow.message_facts import (
    Asked,
    address_of,
    ask,
    needs_of_asking,
    overtaken,
)
from services.reminders.workflow.told_clients import needs_of_telling
from shared.channels import HAND_OVER_TIME
from shared.contracts.reminders import ContactDeferred, ContactSuppressed
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True)
class MessageSteps:
    """The step for every message that is due, over the firm's playbooks, policy and words."""

    config: FirmConfig

    def needs(self, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
        """Everything the gates ask about, and what may go in the same letter."""
        yield from needs_of_asking(self.config, contact, unit)
        now = chosen(self.config, contact, unit.peek(CARDS, contact.client_id), unit)
        yield from needs_of_others(self.config, now, unit)
        yield from needs_of_letter(contact)
        if contact.state is State.HANDING_OVER:
            yield from needs_of_telling(contact, unit)

    def step(self, contact: Contact, unit: UnitOfWork) -> None:
        """Let it go, let it wait, or say why it will not be sent."""
        if contact.state is State.HANDING_OVER:
            self._someone_was_at_it(contact, unit)
            return
        asked = ask(self.config, contact, unit)
        judgement = judge(asked.contact, asked.facts, self.config.policy)
        contact = replace(asked.contact, gates=judgement.gates)
        if judgement.verdict == "stop":
            self._stop(contact, judgement, asked.facts, unit)
        elif judgement.verdict == "wait":
            _wait(contact, judgement, unit)
        else:
            self._let_go(replace(asked, contact=contact), unit)

    def _someone_was_at_it(self, contact: Contact, unit: UnitOfWork) -> None:
        """Found in hand: its sender is gone, or may still be at it until the time is up."""
        until = contact.hand_over_until
        if self._taken_just_now(contact, unit):
            return
        if self.config.has_let_go(contact.handed_by, until, unit.now):
            lost_sight_of(self.config, contact, "crash", unit)
        else:
            unit.put(CONTACTS, contact.to(State.HANDING_OVER, due_at=until))

    def _taken_just_now(self, contact: Contact, unit: UnitOfWork) -> bool:
        """Whether a message of the same batch has taken it into its letter."""
        mine = contact.handed_by == self.config.sender and contact.carried_by is not None
        return mine and contact.hand_over_until == unit.now + HAND_OVER_TIME

    def _stop(self, contact: Contact, judgement: Judgement, facts: Facts, unit: UnitOfWork) -> None:
        reason = judgement.reason or ""
        ended = State(reason) if reason in UNMADE else State.SUPPRESSED
        stopped = contact.to(ended, reason=reason)
        unit.put(CONTACTS, stopped)
        announce_contact(ContactSuppressed, stopped, unit)
        if ended in TAKEN_BACK and not overtaken(contact, self.config, unit):
            _take_back(stopped, unit)
        if call_instead(contact, reason, facts):
            call_instead_of(self.config, stopped, unit)

    def _let_go(self, asked: Asked, unit: UnitOfWork) -> None:
        try:
            part = part_of(self.config, asked, unit)
        except WordingError as lacking:
            if go_by_another_way(self.config, asked.contact, lacking.code, unit):
                return
            stopped = asked.contact.to(State.SUPPRESSED, reason=lacking.code)
            unit.put(CONTACTS, stopped)
            announce_contact(ContactSuppressed, stopped, unit)
            call_instead_of(self.config, stopped, unit)
            return
        self._claim(part, others_for(self.config, part, unit), unit)

    def _claim(self, carrier: Part, others: Sequence[Part], unit: UnitOfWork) -> None:
        """Take the message in hand, and with it what goes in its letter."""
        letter = letter_of(self.config, [carrier, *others]) if others else carrier.worded
        carries = tuple(each.contact.contact_id for each in others)
        claimed = self._in_hand(carrier, letter, unit)
        unit.put(CONTACTS, replace(claimed, carries=carries))
        for each in others:
            claimed = self._in_hand(each, each.worded, unit)
            unit.put(CONTACTS, replace(claimed, carried_by=carrier.contact.contact_id))

    def _in_hand(self, part: Part, worded: Worded, unit: UnitOfWork) -> Contact:
        contact, rule, subject = part.contact, part.asked.rule, part.asked.subject
        states = stated_by(rule, subject, contact.contact_id) if rule and subject else None
        card = part.asked.card
        wishes = unmet_wishes(card, contact.channel, worded.locale) if card else ()
        return contact.to(
            State.HANDING_OVER,
            due_at=unit.now,
            handed_by=self.config.sender,
            hand_over_until=unit.now + HAND_OVER_TIME,
            address=address_of(self.config, contact, card),
            subject_line=worded.subject_line,
            text=worded.text,
            html=worded.html,
            locale=worded.locale,
            states=states,
            gates=contact.gates + wishes,
        )


def _take_back(stopped: Contact, unit: UnitOfWork) -> None:
    """Nobody wants it now; should it be wanted again, its occurrence can be planned again."""
    timer = unit.get(TIMERS, stopped.occurrence_id)
    if timer is not None and timer.state is Timer.FIRED:
        unit.put(TIMERS, timer.ended(Timer(stopped.state.value), stopped.state.value))


def _wait(contact: Contact, judgement: Judgement, unit: UnitOfWork) -> None:
    """Wait; say so once per reason, not at every look."""
    said_before = contact.state is State.DEFERRED and contact.reason == judgement.reason
    waiting = contact.to(
        State.DEFERRED,
        reason=judgement.reason,
        waiting_for=judgement.waiting_for,
        due_at=judgement.until,
    )
    unit.put(CONTACTS, waiting)
    if not said_before:
        announce_contact(ContactDeferred, waiting, unit, until=judgement.until)
