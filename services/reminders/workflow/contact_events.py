"""How do we say what was planned, made and not made, and why?

One event per contact made or not made, with the verdict of each gate; one event per cause for what
it armed. Only ids, dates and sentences of our own: never a name, an address or a client's words.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from services.reminders.domain.contact import Contact
from services.reminders.domain.mail_status import sentence_for
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.subject import Subject
from services.reminders.domain.text_status import sentence_for as of_texts
from services.reminders.domain.unmet_wishes import said_of
from shared.contracts import reminders as said
from shared.state.unit_of_work import UnitOfWork

ABOUT = ("matter_id", "appointment_id", "invoice_id", "request_id", "survey_id", "note_id",
         "testimonial_id")  # fmt: skip
MOST_IN_ONE_EVENT = 200
TEXTS = {
    "past": "Its moment had passed when it was planned.",
    "superseded": "Something newer took its place.",
    "cancelled": "What it was about no longer needs it.",
    "expired": "It would have come too late.",
    "erased": "The client's data has been erased.",
    "no-card": "The client is not known yet.",
    "no-consent": "The client has not agreed to messages of this kind.",
    "withdrawn": "The client does not want messages of this kind.",
    "no-channel": "There is no way to write to the client.",
    "prefers-phone": "The client chose to be called about their matter instead of written to.",
    "address-suppressed": "The client's address refused an earlier message for good.",
    "restricted-conflict": "A possible conflict of interest has not been decided yet.",
    "restricted-declined": "The firm has declined to act.",
    "restricted-deceased": "The client has died.",
    "restricted-insider": "This client is one of the firm's own, or related to one.",
    "restricted-legal-hold": "A legal hold stands in its way.",
    "restricted-wall": "An ethical wall stands in its way.",
    "restricted-freeze": "Messages of this kind are stopped for now.",
    "restricted-sensitivity": "This client is not written to before somebody has talked to them.",
    "person-first": "Somebody is to talk to this client before anything is written.",
    "held-by-staff": "Somebody of the firm holds it back.",
    "skipped-by-staff": "Somebody of the firm decided that it is not to go.",
    "moved-by-staff": "Somebody of the firm chose another moment.",
    "told-lately": "The client was told the very same only a short while ago.",
    "held": "All messages to clients are being held back.",
    "sample-values": "The firm's name or sender address is a sample: nothing is sent with it.",
    "invited-lately": "The client was invited to something of this kind not long ago.",
    "joins-letter": "The client is written to once a day where it can wait: it joins the next "
    "letter.",
    "cap": "The client was asked for something only a short while ago.",
    "other-channel": "It could not go by one way and goes by another.",
    "no-text": "There is no text message of it.",
    "text-too-long": "As a text message it would be too long.",
    "provider-away": "The provider of text messages is away.",
    "quiet-hours": "It is outside the hours in which clients are written to.",
    "wording": "A word that the message needs is missing.",
    "unsafe-text": "A word of the message holds control characters.",
    "address-unusable": "Mail cannot be sent to the client's address as it is written.",
    "address-needs-smtputf8": "The firm's mail server cannot write to the client's address: it has "
    "letters beyond ASCII before the @.",
    "cannot-be-made": "The message could not be made; operations have been told why.",
    "hand-over-failed": "The hand-over broke off; nobody knows whether it arrived.",
    "no-link": "The link the message needs could not be made.",
    "link-away": "The service that makes the link is away.",
    "away": "The mail server is away or did not take it now.",
    "rule-withdrawn": "The rule that wanted it is no longer in force.",
    "crash": "The hand-over was cut off; nobody knows whether it arrived.",
    "no-answer": "The mail server took it and gave no answer.",
    "sent": "The message was handed over and accepted.",
}


TOGETHER_TEXT = "It went in one letter with others."


def ids_of(subject: Subject, types: Iterable[str]) -> dict[str, str]:
    """The ids that the subject's events of these types name: what a contact is about."""
    facts = [subject.facts[each] for each in types if each in subject.facts]
    facts.sort(key=lambda fact: fact.stamp)
    found = {name: fact.values.get(name) for fact in facts for name in ABOUT if name in fact.values}
    return {name: str(value) for name, value in found.items() if value}


def announce_planned(
    occurrences: Sequence[Occurrence], ids: dict[str, str], unit: UnitOfWork
) -> None:
    """Say what one cause armed for one client."""
    client_id = occurrences[0].client_id
    if client_id is None:
        return
    planned = tuple(
        said.Occurrence(
            occurrence_id=each.occurrence_id,
            rule_id=each.rule_id,
            rule_version=each.rule_version,
            purpose=each.purpose,
            due_at=each.due_at,
        )
        for each in sorted(occurrences, key=lambda each: each.due_at)[:MOST_IN_ONE_EVENT]
    )
    unit.announce(
        said.ContactPlanned(
            client_id=client_id, matter_id=ids.get("matter_id"), occurrences=planned
        )
    )


def announce_contact(
    kind: type[said.ContactSent]
    | type[said.ContactDeferred]
    | type[said.ContactSuppressed]
    | type[said.ContactFailed]
    | type[said.ContactUnknown],
    contact: Contact,
    unit: UnitOfWork,
    *,
    until: datetime | None = None,
) -> None:
    """Say what became of one contact."""
    reason = contact.reason
    unit.announce(
        kind(
            contact_id=contact.contact_id,
            occurrence_id=contact.occurrence_id,
            client_id=contact.client_id,
            **contact.ids,
            rule_id=contact.rule_id,
            rule_version=contact.rule_version,
            purpose=contact.purpose,
            channel=contact.channel,
            template=contact.template,
            reason=reason,
            due_at=contact.planned_for,
            at=unit.now,
            until=until,
            gates=tuple(
                said.Gate(gate=each.gate, verdict=each.verdict, reason=each.reason)
                for each in contact.gates
            ),
            letter_id=contact.letter_id,
            text_hash=contact.text_hash,
            why=why_of(contact, text_of(reason) + said_of(contact.gates) + _together(contact)),
        )
    )


def _together(contact: Contact) -> str:
    return f" {TOGETHER_TEXT}" if contact.letter_id is not None else ""


def text_of(reason: str | None) -> str:
    """The sentence for a reason: ours by its code, a server's by its status."""
    if (reason or "").startswith("sms-"):
        return of_texts(reason or "")
    return TEXTS.get(reason or "sent") or sentence_for(reason or "")


def why_of(contact: Contact, text: str) -> said.Why:
    """What a contact goes back to."""
    return said.Why(
        event_id=contact.event_id,
        rule_id=contact.rule_id,
        rule_version=contact.rule_version,
        text=text,
    )
