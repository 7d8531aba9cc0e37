"""A hand-over has ended: what became of the message, and what follows?

Handed over, refused for good, to be tried again, or unknown. What becomes of an unknown one, its
channel says by the rule: it is handed over again, or held for a person.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from services.reminders.domain.contact import DELIVERED, Contact, State
from services.reminders.domain.gate import ASKS, PERSON_FIRST
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.occurrence import State as Timer
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.outbound import SWITCH, Outbound, Suppression
from services.reminders.domain.playbook import OnUnknown
from services.reminders.ports import APPROVAL_LETTERS, CONTACTS, OUTBOUND, SUPPRESSIONS, TIMERS
from services.reminders.workflow.channel_choice import needs_of_choosing, other_way
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letters_on_their_way import post_instead, went
from services.reminders.workflow.tasks_for_staff import ask_to_call, ask_what_became_of_it
from services.reminders.workflow.told_clients import (
    forget_what_was_told,
    keep_what_was_told,
    needs_of_telling,
)
from shared.channels import RETRIES, Outcome, Result, Unknown, retry_at
from shared.contracts.envelope import Cause
from shared.contracts.reminders import (
    ContactDeferred,
    ContactFailed,
    ContactSent,
    ContactUnknown,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS


def cause_of(contact: Contact, service: str, now: datetime) -> Cause:
    """The hand-over of one message as the cause of what follows from it."""
    return Cause(
        source=f"urn:clientele:{service}",
        id=f"handed-{contact.contact_id}-{contact.resends}-{contact.retries}",
        type="handed-over",
        correlation_id=contact.correlation_id,
        traceparent=contact.traceparent,
        time=now,
    )


def record_outcome(
    config: FirmConfig, contact: Contact, outcome: Outcome, unit: UnitOfWork
) -> None:
    """Record the outcome of a hand-over, unless its fate was decided meanwhile.

    It is that of every message in the letter; an address that is wrong is given up once.
    """
    if contact.state is not State.HANDING_OVER:
        return
    outcome = as_reported(contact, outcome)
    _count_refusals(config, outcome, unit)
    with_it = [each for each in carried_by(contact, unit) if each.state is State.HANDING_OVER]
    _record(config, contact, outcome, unit)
    if outcome.result is Result.REFUSED:
        outcome = replace(outcome, result=Result.REFUSED_MESSAGE)
    for each in with_it:
        _record(config, each, outcome, unit)


def needs_of_recording(config: FirmConfig, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The message, its timer, what it told, and the same of all that went in its letter."""
    yield OUTBOUND.one(SWITCH)
    yield CONTACTS.one(contact.contact_id)
    yield from _needs_of_outcome(config, contact, unit)
    for contact_id in contact.carries:
        yield CONTACTS.one(contact_id)
        other = unit.peek(CONTACTS, contact_id)
        if other is not None:
            yield from _needs_of_outcome(config, other, unit)


def _needs_of_outcome(config: FirmConfig, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    yield TIMERS.one(contact.occurrence_id)
    yield from needs_of_letter(contact)
    yield from needs_of_choosing(config, contact, unit)
    yield TASKS.by("ref", contact.thread)
    yield from needs_of_telling(contact, unit)


def needs_of_letter(contact: Contact) -> Iterator[Need]:
    """The approved letter whose words it is, where it is one."""
    if contact.letter_for_approval is not None:
        yield APPROVAL_LETTERS.one(contact.letter_for_approval)


def as_reported(contact: Contact, outcome: Outcome) -> Outcome:
    """What its channel has said of it meanwhile counts: it came before the answer."""
    if contact.reported is None:
        return outcome
    if contact.reported == DELIVERED:
        return replace(outcome, result=Result.HANDED_OVER, reason=None)
    return replace(outcome, result=Result.REFUSED_MESSAGE, reason=contact.reported)


def _record(config: FirmConfig, contact: Contact, outcome: Outcome, unit: UnitOfWork) -> None:
    match outcome.result:
        case Result.HANDED_OVER:
            was_handed_over(config, contact, unit)
        case Result.REFUSED:
            suppress_address(contact, outcome.reason or "refused", unit.now, unit)
            _fail(config, contact, outcome.reason, unit)
        case Result.REFUSED_MESSAGE | Result.REFUSED_HERE:
            _fail(config, contact, outcome.reason, unit)
        case Result.RETRY:
            _try_again(config, contact, outcome.reason, unit)
        case Result.UNKNOWN:
            lost_sight_of(config, contact, outcome.reason or "no-answer", unit)
        case Result.NOT_TRIED:
            unit.put(CONTACTS, contact.to(State.DUE, due_at=unit.now, handed_by=None))


def _count_refusals(config: FirmConfig, outcome: Outcome, unit: UnitOfWork) -> None:
    """Refusals in a row that speak against our own sending hold everything back."""
    before = unit.get(OUTBOUND, SWITCH) or Outbound()
    went = outcome.result is Result.HANDED_OVER
    after = before.after_answer(
        of_sender=outcome.of_sender, went=went, most=config.refusals_in_a_row, now=unit.now
    )
    if after != before:
        unit.put(OUTBOUND, after)


def was_handed_over(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """The mail server took the message."""
    sent = contact.to(State.HANDED_OVER, sent_at=unit.now, handed_by=None)
    unit.put(CONTACTS, sent)
    announce_contact(ContactSent, sent, unit)
    went(sent, unit)
    if contact.state is State.HANDING_OVER:  # else it went when it was lost sight of
        keep_what_was_told(config, sent, unit)


def send_again(contact: Contact, unit: UnitOfWork) -> None:
    """Send an unknown message once more, as a message of its own, past every gate again."""
    unit.put(
        CONTACTS,
        contact.to(State.RETRY, due_at=unit.now, resends=contact.resends + 1, handed_by=None),
    )


def lost_sight_of(config: FirmConfig, contact: Contact, reason: str, unit: UnitOfWork) -> None:
    """Nobody can say whether the message arrived, unless its channel has reported so."""
    if contact.reported == DELIVERED:
        was_handed_over(config, contact, unit)
        return
    unknown = contact.to(State.UNKNOWN, reason=reason, handed_by=None)
    unit.put(CONTACTS, unknown)
    announce_contact(ContactUnknown, unknown, unit)
    keep_what_was_told(config, unknown, unit)
    channel = config.channels[contact.channel]
    may_repeat = contact.on_unknown is OnUnknown.RESEND
    if channel.settle_unknown(contact.resends, may_repeat=may_repeat) is Unknown.AGAIN:
        send_again(unknown, unit)
    else:
        ask_what_became_of_it(config, unknown, unit)


def call_instead_of(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """A person calls; should what it is about pass meanwhile, the task is taken back. An approved
    letter goes by post instead.

    Nobody is rung to be asked for an opinion, but where the talk takes the survey's place.
    """
    if contact.message_class in ASKS and contact.reason != PERSON_FIRST:
        return
    if contact.letter_for_approval is not None:
        post_instead(config, contact, unit)
        return
    ask_to_call(config, contact, unit)
    timer = unit.get(TIMERS, contact.occurrence_id)
    if timer is not None and timer.state is Timer.FIRED:
        ahead = contact.anchor_at is not None and contact.anchor_at > unit.now
        ends_at = contact.anchor_at if ahead else None
        unit.put(TIMERS, replace(timer, asked=True, ends_at=ends_at))


def _try_again(config: FirmConfig, contact: Contact, reason: str | None, unit: UnitOfWork) -> None:
    due_at = retry_at(unit.now, contact.retries)
    too_late = contact.valid_until is not None and due_at >= contact.valid_until
    if too_late and go_by_another_way(config, contact, reason, unit):
        return
    if contact.retries >= RETRIES:
        _fail(config, contact, reason, unit)
        return
    again = contact.to(
        State.RETRY, reason=reason, due_at=due_at, retries=contact.retries + 1, handed_by=None
    )
    unit.put(CONTACTS, again)
    if contact.retries == 0:
        announce_contact(ContactDeferred, again, unit, until=due_at)


def go_by_another_way(
    config: FirmConfig, contact: Contact, reason: str | None, unit: UnitOfWork
) -> bool:
    """This way failed for certain: it goes by the next one, where there is one in time."""
    other = other_way(config, contact, reason, unit)
    if other is None:
        return False
    unit.put(CONTACTS, other)
    announce_contact(ContactDeferred, other, unit, until=unit.now)
    return True


def _fail(config: FirmConfig, contact: Contact, reason: str | None, unit: UnitOfWork) -> None:
    if go_by_another_way(config, contact, reason, unit):
        forget_what_was_told(contact, unit)
        return
    failed = contact.to(State.REFUSED, reason=reason, handed_by=None)
    unit.put(CONTACTS, failed)
    announce_contact(ContactFailed, failed, unit)
    forget_what_was_told(contact, unit)
    call_instead_of(config, failed, unit)


def carried_by(contact: Contact, unit: UnitOfWork) -> list[Contact]:
    """The messages that went in this one's letter, as far as they still stand as it does."""
    found = [unit.get(CONTACTS, each) for each in contact.carries]
    return [
        each
        for each in found
        if each is not None
        and each.carried_by == contact.contact_id
        and each.handed_by == contact.handed_by
    ]


def suppress_address(contact: Contact, reason: str, at: datetime, unit: UnitOfWork) -> None:
    """Nothing goes to the message's address any more, since then, until somebody lifts it."""
    if contact.address is None:
        return
    unit.add(
        SUPPRESSIONS,
        Suppression(
            suppression_id=derived_id("s", contact.contact_id, str(contact.resends)),
            client_id=contact.client_id,
            address=normal_address(contact.address),
            reason=reason,
            at=at,
        ),
    )
