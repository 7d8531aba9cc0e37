"""A message is due: may it go, and if so, in which words?

Every gate is asked of freshly read facts. What passes is worded and kept as it will be handed
over; the hand-over itself happens outside, right after this is committed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from services.reminders.domain.card import Card
from services.reminders.domain.contact import TAKEN_BACK, UNMADE, WAITING, Contact, State
from services.reminders.domain.gate import ASKS, Facts, Judgement, call_instead, judge, opens_at
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.occurrence import State as Timer
from services.reminders.domain.outbound import SWITCH, Outbound
from services.reminders.domain.playbook import Rule
from services.reminders.domain.schedule import ELAPSED
from services.reminders.domain.statements import stated_by, told_lately
from services.reminders.domain.subject import Subject
from services.reminders.domain.unmet_wishes import unmet_wishes
from services.reminders.domain.wording import (
    WordingError,
)
from services.reminders.ports import (
    CARDS,
    CONTACTS,
    MAY_HAVE_COME,
    OUTBOUND,
    SUBJECTS,
    SUPPRESSIONS,
    TIMERS,
)
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import call_instead_of, lost_sight_of
from services.reminders.workflow.message_words import word
from services.reminders.workflow.timers_due import still_wanted
from services.reminders.workflow.told_clients import needs_of_telling
from shared.channels import HAND_OVER_TIME
from shared.contracts.reminders import ContactDeferred, ContactSuppressed
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS

AT_ONCE = timedelta(minutes=1)  # what goes later has waited for something


@dataclass(frozen=True)
class MessageSteps:
    """The step for every message that is due, over the firm's playbooks, policy and words."""

    config: FirmConfig

    def needs(self, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
        """Everything the gates ask about."""
        yield SUBJECTS.one(contact.thread)
        yield CARDS.one(contact.client_id)
        yield TIMERS.one(contact.occurrence_id)
        yield OUTBOUND.one(SWITCH)
        yield TASKS.by("ref", contact.thread)
        if contact.message_class in ASKS:
            yield CONTACTS.by("asked", contact.client_id)
        card = unit.peek(CARDS, contact.client_id)
        if (address := self._address(contact, card)) is not None:
            yield SUPPRESSIONS.by("address", normal_address(address))
        if contact.series_key and (_waited(contact, unit) or self._is_quiet(card, unit)):
            yield CONTACTS.by("series", contact.series_key)
        rule = self.config.playbooks.version(contact.rule_id, contact.rule_version)
        if rule is not None and rule.send is not None and rule.send.told_within is not None:
            yield CONTACTS.by("telling", contact.thread)
        if contact.state is State.HANDING_OVER:
            yield from needs_of_telling(contact, unit)

    def step(self, contact: Contact, unit: UnitOfWork) -> None:
        """Let it go, let it wait, or say why it will not be sent."""
        if contact.state is State.HANDING_OVER:
            self._someone_was_at_it(contact, unit)
            return
        rule = self.config.playbooks.version(contact.rule_id, contact.rule_version)
        subject = unit.get(SUBJECTS, contact.thread)
        card = unit.get(CARDS, contact.client_id)
        facts = self._facts(contact, rule, subject, card, unit)
        judgement = judge(contact, facts, self.config.policy)
        contact = replace(contact, gates=judgement.gates)
        if judgement.verdict == "stop":
            self._stop(contact, judgement, facts, unit)
        elif judgement.verdict == "wait":
            _wait(contact, judgement, unit)
        elif rule is not None and subject is not None and card is not None:
            self._let_go(contact, rule, subject, card, unit)

    def _someone_was_at_it(self, contact: Contact, unit: UnitOfWork) -> None:
        """Found in hand: its sender is gone, or may still be at it until the time is up."""
        until = contact.hand_over_until
        if self.config.has_let_go(contact.handed_by, until, unit.now):
            lost_sight_of(self.config, contact, "crash", unit)
        else:
            unit.put(CONTACTS, contact.to(State.HANDING_OVER, due_at=until))

    def _facts(
        self, contact: Contact, rule: Rule | None, subject: Subject | None, card: Card | None,
        unit: UnitOfWork,
    ) -> Facts:  # fmt: skip
        outbound = unit.get(OUTBOUND, SWITCH) or Outbound()
        why_not: str | None = State.CANCELLED.value
        if (
            rule is not None
            and subject is not None
            and self.config.playbooks.in_force(rule.rule_id)
        ):
            ended = still_wanted(rule, contact.anchor, subject, card, contact.contact_id)[1]
            why_not = ended.value if ended is not None else None
        if why_not is None and _overtaken(contact, self.config, unit):
            why_not = State.SUPERSEDED.value
        address = self._address(contact, card)
        refused = unit.find(SUPPRESSIONS, "address", normal_address(address)) if address else []
        return Facts(
            now=unit.now,
            card=card,
            why_unwanted=why_not,
            held=outbound.held,
            sample_values=bool(self.config.sample_settings),
            address=address,
            address_suppressed=bool(refused),
            last_ask_at=_last_ask(contact, unit),
            last_invitation_at=_last_invitation(contact, unit),
            went_before=_went_before(contact, unit),
            told_lately=_told_lately(contact, rule, subject, unit),
        )

    def _stop(self, contact: Contact, judgement: Judgement, facts: Facts, unit: UnitOfWork) -> None:
        reason = judgement.reason or ""
        ended = State(reason) if reason in UNMADE else State.SUPPRESSED
        stopped = contact.to(ended, reason=reason)
        unit.put(CONTACTS, stopped)
        announce_contact(ContactSuppressed, stopped, unit)
        if ended in TAKEN_BACK and not _overtaken(contact, self.config, unit):
            _take_back(stopped, unit)
        if call_instead(contact, reason, facts):
            call_instead_of(self.config, stopped, unit)

    def _let_go(
        self, contact: Contact, rule: Rule, subject: Subject, card: Card, unit: UnitOfWork
    ) -> None:
        try:
            worded = word(self.config, contact, rule, subject, card, unit)
        except WordingError as lacking:
            stopped = contact.to(State.SUPPRESSED, reason=lacking.code)
            unit.put(CONTACTS, stopped)
            announce_contact(ContactSuppressed, stopped, unit)
            call_instead_of(self.config, stopped, unit)
            return
        unit.put(
            CONTACTS,
            contact.to(
                State.HANDING_OVER,
                due_at=unit.now,
                handed_by=self.config.sender,
                hand_over_until=unit.now + HAND_OVER_TIME,
                address=self._address(contact, card),
                subject_line=worded.subject_line,
                text=worded.text,
                html=worded.html,
                locale=worded.locale,
                states=stated_by(rule, subject, contact.contact_id),
                gates=contact.gates + unmet_wishes(card, contact.channel, worded.locale),
            ),
        )

    def _address(self, contact: Contact, card: Card | None) -> str | None:
        return self.config.channels[contact.channel].can_reach(card) if card else None

    def _is_quiet(self, card: Card | None, unit: ReadSoFar) -> bool:
        return card is not None and opens_at(card, self.config.policy, unit.now) != unit.now


def _told_lately(
    contact: Contact, rule: Rule | None, subject: Subject | None, unit: UnitOfWork
) -> bool:
    """Whether the client was told the very same lately, or is being told it just now."""
    if rule is None or rule.send is None or rule.send.told_within is None or subject is None:
        return False
    within = ELAPSED[rule.send.told_within.span] * rule.send.told_within.amount
    if told_lately(rule, subject, unit.now, within):
        return True
    return any(
        each.contact_id != contact.contact_id
        and (
            each.state is State.HANDING_OVER or (each.state in WAITING and each.due_at <= unit.now)
        )
        for each in unit.find(CONTACTS, "telling", contact.thread)
    )


def _take_back(stopped: Contact, unit: UnitOfWork) -> None:
    """Nobody wants it now; should it be wanted again, its occurrence can be planned again."""
    timer = unit.get(TIMERS, stopped.occurrence_id)
    if timer is not None and timer.state is Timer.FIRED:
        unit.put(TIMERS, timer.ended(Timer(stopped.state.value), stopped.state.value))


def _waited(contact: Contact, unit: ReadSoFar) -> bool:
    return unit.now - contact.planned_for >= AT_ONCE


def _overtaken(contact: Contact, config: FirmConfig, unit: UnitOfWork) -> bool:
    """Whether a later reminder of the same anchor has gone, or waited as well and may go now."""
    if contact.series_key is None:
        return False
    return any(
        contact.planned_for < each.planned_for
        and (each.state in MAY_HAVE_COME or _may_go(each, config, unit))
        for each in unit.peek_all(CONTACTS, "series", contact.series_key)
    )


def _may_go(contact: Contact, config: FirmConfig, unit: UnitOfWork) -> bool:
    of_use = contact.valid_until is None or unit.now < contact.valid_until
    waits = contact.state in WAITING and contact.due_at <= unit.now
    return waits and of_use and config.playbooks.in_force(contact.rule_id)


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


def _last_ask(contact: Contact, unit: UnitOfWork) -> Any:
    if contact.message_class not in ASKS:
        return None
    others = unit.find(CONTACTS, "asked", contact.client_id)
    times = [
        each.sent_at or each.due_at for each in others if each.contact_id != contact.contact_id
    ]
    return max(times, default=None)


def _last_invitation(contact: Contact, unit: UnitOfWork) -> datetime | None:
    """When the client was last invited to something else of the same class, reminders aside."""
    if contact.message_class not in ASKS:
        return None
    invited: dict[str, datetime] = {}
    for each in unit.find(CONTACTS, "asked", contact.client_id):
        if each.message_class is contact.message_class and each.thread != contact.thread:
            at = each.sent_at or each.due_at
            invited[each.thread] = min(at, invited.get(each.thread, at))
    return max(invited.values(), default=None)


def _went_before(contact: Contact, unit: UnitOfWork) -> bool:
    """Whether another reminder of the same anchor reached the client, or a person was asked to."""
    if contact.series_key is None:
        return False
    others = unit.peek_all(CONTACTS, "series", contact.series_key)
    return any(
        each.contact_id != contact.contact_id
        and (each.state is State.HANDED_OVER or each.reason == "quiet-hours")
        for each in others
    )
