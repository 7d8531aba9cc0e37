"""A letter is approved: how do exactly these words reach their reader, and what if they cannot?

By e-mail as a message like any other, past every gate, whose words are the approved ones; what
comes to nothing there, a person prints and posts. What was posted is said as every contact is.
"""

from dataclasses import replace
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact, contact_for
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.inquirer_letter import InquirerLetter
from services.reminders.domain.letter_for_approval import (
    EMAIL,
    POST,
    REQUESTED,
    LetterForApproval,
    State,
    approved_text,
    by_post_instead,
    may_go_by_post,
    sent,
)
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.playbook import LetterRule, MessageClass, OnUnknown
from services.reminders.domain.wording import Occasion, Worded
from services.reminders.ports import (
    APPROVAL_LETTERS,
    CONTACTS,
    INQUIRER_LETTERS,
    TIMERS,
    Draft,
    PaperLetter,
)
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.firm_config import DueDays, FirmConfig
from services.reminders.workflow.letter_drafts import about, why
from services.reminders.workflow.tasks_for_staff import due_in
from shared.contracts.reminders import ContactSent
from shared.errors import RuleError
from shared.firm.dates import written_out
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import open_task

LETTER_POSTING = "letter-posting"
POSTING_TITLE = "Print and post an approved letter"
COULD_NOT_GO = "It could not go by e-mail, so it goes by post."
CAME_BACK = "It came back by e-mail, so it goes by post."
TO_INQUIRERS = "declined"  # how a letter to somebody who is no client is called there


def send_by_email(
    config: FirmConfig, letter: LetterForApproval, card: Card | None, unit: UnitOfWork
) -> LetterForApproval:
    """Put it on its way; the letter as it is kept then."""
    if letter.client_id is None:
        unit.add(INQUIRER_LETTERS, _to_inquirer(letter, unit))
        return letter
    contact = contact_of(config, letter, EMAIL, unit)
    address = card.email if card is not None else None
    unit.add(CONTACTS, replace(contact, address=address))
    return replace(letter, contact_id=contact.contact_id)


def contact_of(
    config: FirmConfig, letter: LetterForApproval, channel: str, unit: UnitOfWork
) -> Contact:
    """The message that carries exactly the approved words."""
    text = approved_text(letter)
    worded = config.wording.as_it_is(
        letter.subject_line, text.rstrip("\n"), letter.locale, config.name
    )
    if worded.text != text:
        raise RuleError("Its text could not be handed over as it is.", code="wording")
    return replace(
        _made(config, letter, channel, unit),
        letter=LetterRule.OWN,
        planned_for=unit.now,
        due_at=unit.now,
        locale=letter.locale,
        subject_line=worded.subject_line,
        text=worded.text,
        html=worded.html,
        letter_for_approval=letter.letter_id,
        text_hash=letter.text_hash,
    )


def worded_as_approved(contact: Contact) -> Worded:
    """The words of an approved letter, once more and unchanged."""
    return Worded(
        contact.subject_line or "", contact.text or "", contact.html or "", contact.locale or "en"
    )


def draft_as_approved(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> Draft:
    """What such a message would be worded from; it never is again."""
    zone = ZoneInfo(config.firm.zone)
    occasion = Occasion(locale=contact.locale or "en", zone=zone, now=unit.now)
    return Draft(wording=config.wording, template=contact.template, words={}, occasion=occasion)


def went(contact: Contact, unit: UnitOfWork) -> None:
    """The mail server took it: the letter is kept as sent."""
    if contact.letter_for_approval is None:
        return
    letter = unit.get(APPROVAL_LETTERS, contact.letter_for_approval)
    if letter is not None:
        unit.put(APPROVAL_LETTERS, sent(letter, contact.contact_id))


def post_instead(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """It cannot go by e-mail, or came back: somebody prints and posts the same words."""
    letter = unit.get(APPROVAL_LETTERS, contact.letter_for_approval or "")
    if letter is None or not may_go_by_post(letter, contact.contact_id):
        return
    on_paper = by_post_instead(letter)
    unit.put(APPROVAL_LETTERS, on_paper)
    ask_to_post(config, on_paper, unit, CAME_BACK if letter.state is State.SENT else COULD_NOT_GO)


def ask_to_post(config: FirmConfig, letter: LetterForApproval, unit: UnitOfWork, text: str) -> None:
    """Somebody prints the letter and brings it to the post."""
    kind = config.letters.texts.kinds.get(letter.letter)
    label = f"{kind.label}. " if kind is not None else ""
    open_task(
        unit,
        kind=LETTER_POSTING,
        ref=letter.letter_id,
        about=about(letter),
        title=POSTING_TITLE,
        why=why(letter, label + text),
        due_at=due_in(DueDays.within(config.days.post), config, unit.now),
    )


def went_by_post(config: FirmConfig, letter: LetterForApproval, unit: UnitOfWork) -> str | None:
    """It was posted: one contact made, with the hash of what was approved."""
    if letter.client_id is None:
        return None
    made = replace(
        contact_of(config, letter, POST, unit), state=Stands.HANDED_OVER, sent_at=unit.now
    )
    if unit.add(CONTACTS, made):
        announce_contact(ContactSent, made, unit)
    return made.contact_id


def paper_of(config: FirmConfig, letter: LetterForApproval) -> PaperLetter:
    """The letter as it is printed; of the day on which it was approved."""
    at = letter.approved_at or letter.asked_at
    lines = [config.signature.get(each, "") for each in ("firm_address", "firm_phone")]
    return PaperLetter(
        sender=config.name,
        sender_lines=tuple(each for each in lines if each),
        recipient=letter.recipient,
        day=written_out(config.firm.calendar.day_of(at), letter.locale.replace("-", "_"), "long"),
        subject_line=letter.subject_line,
        text=approved_text(letter),
        locale=letter.locale,
        made_at=at,
    )


def _made(config: FirmConfig, letter: LetterForApproval, channel: str, unit: UnitOfWork) -> Contact:
    """Its message by the rule that wanted it, or by the event that asked for it."""
    rule = config.playbooks.version(letter.rule_id or "", letter.rule_version)
    timer = unit.get(TIMERS, letter.occurrence_id) if letter.occurrence_id else None
    if rule is not None and timer is not None:
        return contact_for(timer, rule, letter.ids, channel)
    kind = config.letters.texts.kinds.get(letter.letter)
    return Contact(
        contact_id=derived_id("m", REQUESTED, letter.letter_id, channel),
        occurrence_id=derived_id("o", REQUESTED, letter.letter_id),
        client_id=letter.client_id or "",
        thread=f"letter_id:{letter.letter_id}",
        anchor=REQUESTED,
        purpose=letter.letter,
        rule_id=REQUESTED,
        rule_version=1,
        template=letter.letter,
        message_class=kind.message_class if kind is not None else MessageClass.SERVICE,
        on_unknown=OnUnknown.HOLD,
        planned_for=unit.now,
        due_at=unit.now,
        event_id=letter.event_id,
        correlation_id=letter.correlation_id,
        traceparent=letter.traceparent,
        channel=channel,
        ids={name: value for name, value in letter.ids.items() if value},
    )


def _to_inquirer(letter: LetterForApproval, unit: UnitOfWork) -> InquirerLetter:
    return InquirerLetter(
        letter_id=derived_id("il", letter.letter_id),
        inquiry_id=letter.inquiry_id or "",
        letter=TO_INQUIRERS,
        address=letter.address,
        subject=letter.subject_line,
        body=approved_text(letter).rstrip("\n"),
        locale=letter.locale,
        text_hash=letter.text_hash,
        asked_at=unit.now,
        due_at=unit.now,
    )
