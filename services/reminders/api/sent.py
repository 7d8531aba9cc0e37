"""What is the desk told of a message that went to a client?

The very words that were handed over, from the sealed message: of a letter that carried several, the
whole letter. Links to the client's own pages are kept nowhere and told to nobody: who has one is
taken for the client.
"""

from collections.abc import Iterable
from typing import Literal

from services.reminders.domain.contact import MAY_HAVE_COME, Contact, State
from services.reminders.domain.wording import MARKS, redacted, with_links
from services.reminders.ports import CONTACTS
from shared.contracts.outgoing import OutgoingAsked, SentTold
from shared.engine.runtime import Runtime
from shared.firm.looks import Looks
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import check_unscreened

NOWHERE = "#"  # where a link of the client leads, for everybody else


async def sent(looks: Looks, runtime: Runtime, asked: OutgoingAsked, actor: Actor) -> SentTold:
    """The message; RuleError for whoever a wall keeps from a matter told of in its letter."""
    contact_id = asked.contact_id or ""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield CONTACTS.one(contact_id)
        found = unit.peek(CONTACTS, contact_id)
        if found is not None and found.carried_by is not None:
            yield CONTACTS.one(found.carried_by)
            carrier = unit.peek(CONTACTS, found.carried_by)
            yield from (CONTACTS.one(each) for each in (carrier.carries if carrier else ()))
        elif found is not None:
            yield from (CONTACTS.one(each) for each in found.carries)

    unit = await runtime.look(needs)
    contact = unit.get(CONTACTS, contact_id)
    if contact is None or contact.client_id != asked.client_id:
        return SentTold(contact_id=contact_id, known=False)
    letter = _letter(contact, unit)
    state = _state(letter)
    if state is None or letter.text is None:
        return SentTold(contact_id=contact_id, known=False)
    others = [unit.get(CONTACTS, each) for each in letter.carries]
    for each in (letter, *others):
        if each is not None:
            check_unscreened({"matter_id": each.ids.get("matter_id")}, actor)
    return SentTold(
        contact_id=contact_id,
        known=True,
        state=state,
        channel=letter.channel,
        address=letter.address,
        subject_line=letter.subject_line,
        text=redacted(letter.text),
        html=_as_it_looked(letter.html or "", looks) or None,
        at=letter.sent_at.isoformat() if letter.sent_at is not None else None,
        with_others=len(letter.carries),
    )


def _as_it_looked(html: str, looks: Looks) -> str:
    """The mail with its logo within it: nothing of it is loaded from anywhere."""
    return with_links(looks.mail_within(html), dict.fromkeys(MARKS, NOWHERE))


def _letter(contact: Contact, unit: UnitOfWork) -> Contact:
    """The message whose words went: its own, or those of the one that carried it."""
    carrier = unit.get(CONTACTS, contact.carried_by) if contact.carried_by is not None else None
    return carrier or contact


def _state(letter: Contact) -> Literal["sent", "unknown", "came-back"] | None:
    """What became of it; None where it never went."""
    if letter.state is State.REFUSED and letter.sent_at is not None:
        return "came-back"
    if letter.state not in MAY_HAVE_COME:
        return None
    return "sent" if letter.state is State.HANDED_OVER else "unknown"
