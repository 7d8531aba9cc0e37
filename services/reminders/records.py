"""What does reminders hold of one client, and what becomes of it when they ask?

Their card, what is planned for them, and every message as it was sent. When two ids become one
person, the stricter word of both holds: an opt-out said under either of them.
"""

from dataclasses import replace
from typing import Any

from services.reminders.domain.card import Card, Statement
from services.reminders.domain.commitments import Commitment
from services.reminders.domain.contact import Contact
from services.reminders.domain.deadlines import Deadline
from services.reminders.domain.kept_mail import KeptMail
from services.reminders.domain.letter_for_approval import LetterForApproval
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.outgoing import OutgoingDecision
from services.reminders.domain.subject import Fact, Subject
from services.reminders.domain.unanswered import Correspondence
from services.reminders.ports import (
    APPROVAL_LETTERS,
    CARDS,
    COMMITMENTS,
    CONTACTS,
    CORRESPONDENCE,
    DEADLINES,
    INCOMING_MAILS,
    INQUIRER_LETTERS,
    OUTGOING_DECISIONS,
    SUBJECTS,
    SUPPRESSIONS,
    TEXT_ANSWERS,
    TIMERS,
)
from services.reminders.workflow.clearing import (
    clear_thing,
    needs_of_thing,
)
from shared.engine.records import Cleared, Order, Part, Records
from shared.engine.records_ends import of_client
from shared.engine.records_parts import by_client, by_key, with_client
from shared.engine.records_told import plainly

CLIENT = "client_id"
TELLS = ("purpose", "channel", "sent_at", "address", "subject_line", "text", "state", "reason")
AMONG_STAFF = "privileged: why staff of the firm held a message back"


def _own_thread(client_id: str) -> str:
    return f"{CLIENT}:{client_id}"


def _letters(order: Order) -> dict[str, Any]:
    return {"d.inquiry_id": {"$in": list(order.inquiry_ids)}}


def _letters_of_both(order: Order) -> dict[str, Any]:
    return {"$or": [by_client(order), _letters(order)]}


def _letter(letter: LetterForApproval, _: str, survivor: str) -> LetterForApproval:
    return replace(letter, client_id=survivor) if letter.client_id is not None else letter


def _mail(mail: KeptMail, _: str, survivor: str) -> KeptMail:
    return replace(mail, client_id=survivor) if mail.client_id is not None else mail


def _ids_alone(deadline: Deadline, _: Order) -> Deadline:
    """The diary of deadlines names matters and staff; it is how a firm shows that it watched."""
    return deadline


def _message(contact: Contact) -> dict[str, Any]:
    said = plainly(contact)
    return {name: said[name] for name in TELLS if name in said}


def _thread(value: Any, old: str, survivor: str) -> Any:
    """Of the survivor; what followed the client as such follows them."""
    thread = _own_thread(survivor) if value.thread == _own_thread(old) else value.thread
    return replace(value, client_id=survivor, thread=thread)


def _timer(timer: Occurrence, old: str, survivor: str) -> Occurrence | None:
    """What the survivor has timers of their own for goes: nobody is welcomed twice."""
    if timer.thread == _own_thread(old):
        return None
    return replace(timer, client_id=survivor)


def _commitment(owed: Commitment, old: str, survivor: str) -> Commitment:
    moved: Commitment = _thread(owed, old, survivor)
    return replace(moved, about={**moved.about, CLIENT: survivor})


def _subject(subject: Subject, old: str, survivor: str) -> Subject | None:
    if subject.thread == _own_thread(old):
        return None
    facts = {name: _fact(fact, survivor) for name, fact in subject.facts.items()}
    ends = {name: _fact(fact, survivor) for name, fact in subject.ends.items()}
    return replace(subject, client_id=survivor, facts=facts, ends=ends)


def _fact(fact: Fact, survivor: str) -> Fact:
    values = {
        name: survivor if name in (CLIENT, f"about.{CLIENT}") else value
        for name, value in fact.values.items()
    }
    return replace(fact, values=values)


def _one_card(there: Card, moved: Card) -> Card:
    """What either was told about holds; of two words on a consent the no."""
    consents = dict(moved.consents)
    for name, said in there.consents.items():
        other = consents.get(name)
        consents[name] = said if other is None else _stricter(said, other)
    lacking = {
        name: getattr(moved, name)
        for name in moved.__dataclass_fields__
        if getattr(there, name) is None and getattr(moved, name) is not None
    }
    return replace(
        there,
        **lacking,
        stamps=moved.stamps | there.stamps,
        consents=consents,
        matters=moved.matters | there.matters,
        restrictions=moved.restrictions | there.restrictions,
        owners=moved.owners | there.owners,
        lawyers=moved.lawyers | there.lawyers,
        holds=moved.holds | there.holds,
    )


def _stricter(there: Statement, moved: Statement) -> Statement:
    """The no, as late as the later word: so that neither, heard again, changes anything."""
    return replace(there, yes=there.yes and moved.yes, stamp=max(there.stamp, moved.stamp))


def _one_correspondence(there: Correspondence, moved: Correspondence) -> Correspondence:
    heard, answered = dict(moved.heard), dict(moved.answered)
    for later, mine in ((heard, there.heard), (answered, there.answered)):
        for topic, at in mine.items():
            later[topic] = max(at, later.get(topic, at))
    return replace(there, heard=heard, answered=answered)


def _of_staff(_: OutgoingDecision) -> str:
    return AMONG_STAFF


RECORDS = Records(
    parts=(
        Part(
            kind=CARDS,
            data_class="contact-data",
            found=by_key,
            told=plainly,
            moved=with_client,
            joined=_one_card,
        ),
        Part(kind=SUBJECTS, data_class="plans", found=by_client, moved=_subject),
        Part(kind=TIMERS, data_class="plans", found=by_client, moved=_timer),
        Part(kind=CONTACTS, data_class="messages", found=by_client, told=_message, moved=_thread),
        Part(
            kind=INQUIRER_LETTERS,
            data_class="messages",
            found=_letters,
            told=plainly,
            moved=lambda letter, _, __: letter,
        ),
        Part(
            kind=SUPPRESSIONS,
            data_class="contact-data",
            found=by_client,
            told=plainly,
            moved=with_client,
        ),
        Part(
            kind=TEXT_ANSWERS,
            data_class="messages",
            found=by_client,
            told=plainly,
            moved=with_client,
        ),
        Part(
            kind=INCOMING_MAILS,
            data_class="messages",
            found=_letters_of_both,
            told=plainly,
            moved=_mail,
        ),
        Part(
            kind=OUTGOING_DECISIONS,
            data_class="internal-notes",
            found=by_client,
            withheld=_of_staff,
            moved=with_client,
        ),
        Part(
            kind=DEADLINES,
            data_class="deadlines",
            found=by_client,
            told=plainly,
            left=_ids_alone,
            moved=with_client,
        ),
        Part(
            kind=APPROVAL_LETTERS,
            data_class="messages",
            found=_letters_of_both,
            told=plainly,
            moved=_letter,
        ),
        Part(kind=COMMITMENTS, data_class="commitments", found=by_client, moved=_commitment),
        Part(
            kind=CORRESPONDENCE,
            data_class="plans",
            found=by_key,
            moved=with_client,
            joined=_one_correspondence,
        ),
    ),
    cleared=(Cleared(kind=SUBJECTS, found=of_client, clear=clear_thing, needs=needs_of_thing),),
)
