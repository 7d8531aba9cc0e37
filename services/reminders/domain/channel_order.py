"""By which way does a message go: as its client wishes, else in the firm's order?

A text message is one of them only where the law of the firm's country lets it go: to who chose
texts or agreed to them, or to who gave a number and did not object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.reminders.domain.card import Card
from services.reminders.domain.contact_hours import ContactHours
from services.reminders.domain.playbook import MessageClass

EMAIL, SMS = "email", "sms"
WAYS = (EMAIL, SMS)
USUAL: Mapping[MessageClass, tuple[str, ...]] = {MessageClass.SERVICE: (EMAIL, SMS)}
"""Which way first, by class of message, where the firm says nothing else; of all others, e-mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLaw:
    """What the law of the firm's country says of text messages."""

    by_wish: bool = True  # only to who chose them or agreed
    consent: frozenset[str] = frozenset({"feedback", "marketing"})  # needs agreement to texts
    hours: ContactHours = field(default_factory=ContactHours)
    facts: frozenset[str] = frozenset()  # what of a matter may stand in one

    def allows(self, card: Card, message_class: MessageClass, purpose: str | None) -> bool:
        """Whether this client may be sent a text of this class; legal notices never are one."""
        if purpose is None or card.consented([purpose], SMS) is False:
            return False
        agreed = card.agreed(purpose, SMS)
        if purpose in self.consent:
            return agreed
        if message_class is MessageClass.SERVICE and self.by_wish:
            return agreed or card.preferred_channel == SMS
        return True


def ways_for(
    card: Card | None, message_class: MessageClass, order: Mapping[MessageClass, tuple[str, ...]]
) -> tuple[str, ...]:
    """Every way in its order; what the client wishes comes first, for news about their matter."""
    usual = order.get(message_class) or USUAL.get(message_class, (EMAIL,))
    wished = card.preferred_channel if card is not None else None
    if message_class is not MessageClass.SERVICE or wished not in WAYS:
        return usual
    return (wished, *(each for each in usual if each != wished))


def allowed_words(facts: frozenset[str]) -> frozenset[str]:
    """The words of a matter that a text message may say, by the facts the law leaves to it."""
    return ALWAYS.union(*(FACTS[each] for each in facts))


ALWAYS = frozenset({"firm", "firm_phone"})
FACTS: Mapping[str, frozenset[str]] = {
    "date": frozenset({"starts_at", "due_at", "was", "timezone"}),
    "place": frozenset({"location"}),
    "link": frozenset({"link"}),
}


def only_allowed(words: Mapping[str, object], facts: frozenset[str]) -> dict[str, object]:
    """Of these words those that a text message may say, also of what was told before."""
    allowed = allowed_words(facts)
    kept = {name: said for name, said in words.items() if name in allowed}
    was = kept.get("was")
    if isinstance(was, Mapping):
        kept["was"] = {name: said for name, said in was.items() if name in allowed}
    return kept
