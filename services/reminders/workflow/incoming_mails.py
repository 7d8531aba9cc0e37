"""A mail came to the firm: is it a message that came back, a client's answer, or a stranger's?

Taken in once, whatever is repeated, together with the place up to which the mailbox has been read.
Who wrote is never taken from a header alone: what says it answers our message, from an address we
do not know, is shown to a person with that doubt and is no contact by the client.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact
from services.reminders.domain.delivery_reports import Verdict, verdict_of
from services.reminders.domain.incoming_mail import IncomingMail
from services.reminders.domain.kept_mail import MOST_LISTED, KeptMail, Place
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.mail_sorting import (
    HANDLED,
    Sort,
    first_look,
    in_order,
    seems_automatic,
    wishes_to_end,
)
from services.reminders.domain.mail_words import MailWords
from services.reminders.domain.sender_check import NAME as SENDER
from services.reminders.ports import (
    CARDS,
    CONTACTS,
    INCOMING_MAILS,
    INQUIRER_LETTERS,
    MAILBOX_PLACES,
    SENDER_CHECKS,
)
from services.reminders.workflow.bounces import first_bounce
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.sender_checks import SenderSteps
from services.reminders.workflow.unanswered_contacts import answer_by
from shared.contracts.firm import ClientContactLogged
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, open_task

CLIENT_MAIL, STRANGERS_MAIL = "client-mail", "strangers-mail"
PLACE = "mailbox"
CHANNEL = "e-mail"
TITLE = "Answer a client's e-mail"
DOUBTFUL_TITLE = "See who answered a message to a client"
INQUIRER_TITLE = "Read what somebody who asked for help has answered"
STRANGERS_TITLE = "Look through mail that belongs to no client"
ANSWERED = "The client answered a message of ours by e-mail."
WROTE = "The client wrote an e-mail."
DOUBTFUL = (
    "Somebody answered a message to this client from an address that we do not know for them. "
    "Make sure who it is before you answer."
)
OF_INQUIRER = (
    "Somebody who asked for help answered our letter. Their words are not kept here, because names "
    "come before the conflict check: the mail is in the mailbox."
)
OF_STRANGERS = "Mail came that is from no client's address and answers no message of ours."
Numbered = tuple[int, int]  # the mailbox's numbering (UIDVALIDITY), the mail's number in it (UID)


@dataclass(frozen=True)
class MailSteps:
    """The step for every mail that came."""

    config: FirmConfig
    words: Mapping[str, MailWords]

    def needs(self, mail: IncomingMail, unit: ReadSoFar) -> Iterator[Need]:
        """Whether it came before; what it may be about; who may have written it."""
        yield INCOMING_MAILS.one(mail.mail_id)
        yield MAILBOX_PLACES.one(PLACE)
        if mail.from_us:
            yield SENDER_CHECKS.one(SENDER)
        place = unit.peek(MAILBOX_PLACES, PLACE)
        if place is not None and place.asked:
            yield TASKS.one(place.asked)
        for each in _candidates(mail):
            yield CONTACTS.one(each)
            yield INQUIRER_LETTERS.one(each)
            contact = unit.peek(CONTACTS, each)
            if contact is not None:
                yield CARDS.one(contact.client_id)
        if mail.sender:
            yield CARDS.by("email", mail.sender)

    def take_in(self, mail: IncomingMail, at: Numbered, unit: UnitOfWork) -> Sort | None:
        """Let it take effect, and note the place; None: it had come before."""
        numbering, number = at
        place = unit.get(MAILBOX_PLACES, PLACE) or Place(name=PLACE, numbering=numbering)
        known = unit.get(INCOMING_MAILS, mail.mail_id)
        kept, place = (known, place) if known is not None else self._kept(mail, place, unit)
        move = kept.kind in HANDLED
        unit.put(MAILBOX_PLACES, place.after(number, unit.now, move=move))
        return None if known is not None else kept.kind

    def _kept(self, mail: IncomingMail, place: Place, unit: UnitOfWork) -> tuple[KeptMail, Place]:
        kind, contact = first_look(mail), self._contact(mail, unit)
        if kind is Sort.OWN:
            SenderSteps(self.config).take_in(mail, unit)
        noted = KeptMail(mail_id=mail.mail_id, kind=kind or Sort.UNKNOWN,
                         at=min(mail.at, unit.now), kept_at=unit.now)  # fmt: skip
        if kind is Sort.BOUNCED:
            noted = self._came_back(mail, noted, contact, unit)
        elif kind in (Sort.DELAYED, Sort.AUTOMATIC) and not self._is_ours(mail, contact, unit):
            noted = replace(noted, kind=Sort.NOTICE)
        elif kind is None:
            return self._written(mail, noted, contact, place, unit)
        unit.put(INCOMING_MAILS, noted)
        return noted, place

    def _contact(self, mail: IncomingMail, unit: UnitOfWork) -> Contact | None:
        found = (unit.get(CONTACTS, each) for each in _candidates(mail))
        return next((each for each in found if each is not None), None)

    def _is_ours(self, mail: IncomingMail, contact: Contact | None, unit: UnitOfWork) -> bool:
        """Whether it is about something we sent."""
        letters = (unit.get(INQUIRER_LETTERS, each) for each in _candidates(mail))
        return contact is not None or any(each is not None for each in letters)

    # -- what came back ------------------------------------------------------------------------

    def _came_back(
        self, mail: IncomingMail, noted: KeptMail, contact: Contact | None, unit: UnitOfWork
    ) -> KeptMail:
        """Say so, where it is sure that this message of ours is meant."""
        verdict, contact_id = verdict_of(mail), mail.named
        if contact_id is None and contact is not None and verdict is not None:
            contact_id = contact.contact_id if _names(mail, verdict, contact) else None
        known = contact_id is not None and self._is_ours(mail, contact, unit)
        if verdict is None or contact_id is None or not known:
            return replace(noted, kind=Sort.NOTICE)
        if first_bounce(contact_id, unit):
            said = {"contact_id": contact_id, "kind": verdict.kind, "status": verdict.status}
            unit.announce(ContactBounced.model_validate({**said, "at": noted.at}))
        return replace(noted, contact_id=contact_id)

    # -- what a person wrote -------------------------------------------------------------------

    def _written(
        self, mail: IncomingMail, noted: KeptMail, contact: Contact | None, place: Place,
        unit: UnitOfWork,
    ) -> tuple[KeptMail, Place]:  # fmt: skip
        noted = replace(noted, automatic=seems_automatic(mail, self.words))
        cards = unit.find(CARDS, "email", mail.sender) if mail.sender else []
        if contact is not None:
            kept = self._of_client(mail, noted, unit.get(CARDS, contact.client_id), contact, unit)
        elif (inquiry_id := self._inquiry(mail, unit)) is not None:
            kept = self._of_inquirer(noted, inquiry_id, unit)
        elif len(cards) == 1:
            kept = self._of_client(mail, noted, cards[0], None, unit)
        else:
            kept, place = self._of_stranger(mail, noted, place, unit)
        unit.put(INCOMING_MAILS, kept)
        return kept, place

    def _of_client(
        self, mail: IncomingMail, noted: KeptMail, card: Card | None, contact: Contact | None,
        unit: UnitOfWork,
    ) -> KeptMail:  # fmt: skip
        """A task for whose matter it is; a contact by the client only where the sender is known."""
        client_id = contact.client_id if contact else card.client_id if card else ""
        matter_id = contact.ids.get("matter_id") if contact else None
        known = mail.sender in _addresses(card, contact)
        task = self._ask(
            noted,
            About(client_id=client_id, matter_id=matter_id),
            title=TITLE if known else DOUBTFUL_TITLE,
            text=(ANSWERED if contact else WROTE) if known else DOUBTFUL,
            owner_id=card.owner_of(matter_id) if card else None,
            unit=unit,
        )
        if known:
            said = ClientContactLogged(
                client_id=client_id, matter_id=matter_id, direction="in", channel=CHANNEL,
                at=noted.at, mail_id=noted.mail_id,
            )  # fmt: skip
            unit.announce(said)
        return _with_words(
            replace(
                noted,
                kind=Sort.REPLY if contact else Sort.CLIENT,
                client_id=client_id,
                matter_id=matter_id,
                contact_id=contact.contact_id if contact else None,
                task_id=task.task_id,
                known_sender=known,
                ends=wishes_to_end(mail, self.words),
            ),
            mail,
        )

    def _inquiry(self, mail: IncomingMail, unit: UnitOfWork) -> str | None:
        letters = (unit.get(INQUIRER_LETTERS, each) for each in _candidates(mail))
        return next((each.inquiry_id for each in letters if each is not None), None)

    def _of_inquirer(self, noted: KeptMail, inquiry_id: str, unit: UnitOfWork) -> KeptMail:
        task = self._ask(
            noted, About(inquiry_id=inquiry_id), title=INQUIRER_TITLE, text=OF_INQUIRER,
            owner_id=None, unit=unit,
        )  # fmt: skip
        return replace(noted, kind=Sort.INQUIRER, inquiry_id=inquiry_id, task_id=task.task_id)

    def _of_stranger(
        self, mail: IncomingMail, noted: KeptMail, place: Place, unit: UnitOfWork
    ) -> tuple[KeptMail, Place]:
        """One task lists what came until somebody has looked; its mails stay in the inbox."""
        if mail.header("x-spam-flag") == "yes":
            return replace(noted, kind=Sort.NOTICE), place
        asked = unit.get(TASKS, place.asked) if place.asked else None
        if asked is None or asked.state != "open":
            asked = self._ask(
                noted, About(), title=STRANGERS_TITLE, text=OF_STRANGERS, owner_id=None,
                unit=unit, kind=STRANGERS_MAIL,
            )  # fmt: skip
            place = replace(place, asked=asked.task_id, listed=0)
        place = replace(place, listed=place.listed + 1)
        if place.listed > MOST_LISTED:
            return noted, place
        kept = replace(noted, task_id=asked.task_id, sender=mail.sender, subject=mail.subject)
        return kept, place

    def _ask(
        self, noted: KeptMail, about: About, *, title: str, text: str, owner_id: str | None,
        unit: UnitOfWork, kind: str = CLIENT_MAIL,
    ) -> Task:  # fmt: skip
        return open_task(
            unit,
            kind=kind,
            ref=noted.mail_id,
            about=about,
            title=title,
            why=Why(event_id=noted.mail_id, text=text),
            due_at=answer_by(self.config, noted.at, unit.now),
            owner_id=owner_id,
        )


def needs_of_place(_: ReadSoFar) -> Iterator[Need]:
    """How far the mailbox has been read."""
    yield MAILBOX_PLACES.one(PLACE)


def begin_at(numbering: int, last: int, unit: UnitOfWork) -> Place:
    """Where to go on: after what was read, or with what comes from now on.

    A mailbox that is new here holds mail of years: none of it is taken in. One that numbers its
    mails anew is read from the beginning of its inbox: what was taken in before is known again.
    """
    place = unit.get(MAILBOX_PLACES, PLACE)
    if place is not None and place.numbering == numbering:
        return place
    fresh = Place(name=PLACE, numbering=numbering, last=last)
    begun = fresh if place is None else replace(place, numbering=numbering, last=0, unmoved=())
    unit.put(MAILBOX_PLACES, begun)
    return begun


def note_moved(numbers: tuple[int, ...], unit: UnitOfWork) -> None:
    """These are out of the inbox."""
    place = unit.get(MAILBOX_PLACES, PLACE)
    if place is not None:
        left = tuple(each for each in place.unmoved if each not in numbers)
        unit.put(MAILBOX_PLACES, replace(place, unmoved=left))


def _candidates(mail: IncomingMail) -> tuple[str, ...]:
    return in_order((mail.named, *mail.answers, *mail.returned))


def _addresses(card: Card | None, contact: Contact | None) -> set[str]:
    """Where the firm has reached the client, and where it would."""
    known = (card.email if card else None, contact.address if contact else None)
    return {normal_address(each) for each in known if each}


def _names(mail: IncomingMail, verdict: Verdict, contact: Contact) -> bool:
    """Whether a report at no signed address names the one to which this message went."""
    to = normal_address(contact.address or "")
    return bool(to) and (verdict.recipient == to or (not verdict.recipient and to in mail.text))


def _with_words(kept: KeptMail, mail: IncomingMail) -> KeptMail:
    return replace(
        kept,
        sender=mail.sender,
        subject=mail.subject,
        text=mail.text,
        quoted=mail.quoted,
        attached=mail.attached,
        lacks=mail.lacks,
    )
