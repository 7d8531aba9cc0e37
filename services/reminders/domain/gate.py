"""May this message go to this client now?

Questions in a fixed order, each with an answer that is kept: pass, wait until an instant, or stop
for a reason. The first one that does not pass decides. Everything is asked of freshly read facts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card, Restriction, strictest
from services.reminders.domain.channel_order import SMS, TextLaw
from services.reminders.domain.contact import Contact, Verdict
from services.reminders.domain.contact_hours import (
    DEFAULT_CONTACT_HOURS,
    ContactHours,
    next_open_in_all,
)
from services.reminders.domain.playbook import MessageClass

CARD_PATIENCE = timedelta(hours=24)
SAMPLE_PATIENCE = timedelta(minutes=10)  # until it is looked whether the settings have been mended
PERSON_FIRST = "person-first"
HELD = "held-by-staff"
JOINS = "joins-letter"  # the reason of what waits for the next letter to its client
LOOK_AGAIN_FIRM = timedelta(hours=1)  # at what waits because of the whole firm
LOOK_AGAIN = timedelta(days=1)  # at what waits for a person's decision
ASKS = frozenset({MessageClass.FEEDBACK, MessageClass.REVIEW_ASK, MessageClass.MARKETING})
"""Classes that want something from the client: capped."""
INVITATIONS_APART = {
    MessageClass.FEEDBACK: timedelta(days=60),
    MessageClass.REVIEW_ASK: timedelta(days=180),
}
"""How far apart a client is invited again, by class, where the firm says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the firm decided about contacting its clients."""

    review_ask_purpose: str = "feedback"  # or "marketing", by the law of the firm's country
    consent_first: frozenset[str] = frozenset({MessageClass.MARKETING.value})
    contact_hours: tuple[ContactHours, ...] = DEFAULT_CONTACT_HOURS
    asks_apart: timedelta = timedelta(hours=24)
    invitations_apart: Mapping[MessageClass, timedelta] = field(
        default_factory=lambda: dict(INVITATIONS_APART)
    )
    letters_at: time = time(10)  # when what waited for the next day's letter goes
    join_within: timedelta = timedelta(minutes=15)  # so long a message waits for one planned
    zone: str = "UTC"
    channel_order: Mapping[MessageClass, tuple[str, ...]] = field(default_factory=dict)
    texts: TextLaw | None = None  # None: no law says anything of text messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was read just now about the message, its subject and its client."""

    now: datetime
    card: Card | None
    why_unwanted: str | None = None  # None: still wanted; else "cancelled" or "superseded"
    firm_restriction: Restriction | None = None  # of the whole firm, against such a message
    held: bool = False
    sample_values: bool = False  # the firm's name or address is still a value to try with
    address: str | None = None  # where the message's channel reaches the client
    address_suppressed: bool = False
    last_ask_at: datetime | None = None  # when the client was last asked for something
    last_invitation_at: datetime | None = None  # of the same class, about something else
    told_lately: bool = False  # the very same, by another message about the same thing
    went_before: bool = False  # an earlier reminder of the same anchor was handed over
    next_letter_at: datetime | None = None  # which it may join; None: it need not wait for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every answer given, and the last one's consequence."""

    gates: tuple[Verdict, ...]
    until: datetime | None = None
    waiting_for: str | None = None

    @property
    def verdict(self) -> str:
        """pass, wait or stop."""
        return self.gates[-1].verdict

    @property
    def reason(self) -> str | None:
        """Why not."""
        return self.gates[-1].reason


@dataclass(frozen=True, slots=True)
class _Answer:
    reason: str | None = None
    until: datetime | None = None
    waiting_for: str | None = None


PASS = _Answer()
Question = Callable[[Contact, Facts, Policy], _Answer]


def judge(contact: Contact, facts: Facts, policy: Policy) -> Judgement:
    """Ask every question until one does not pass."""
    gates: list[Verdict] = []
    for name, ask in QUESTIONS.items():
        answer = ask(contact, facts, policy)
        if answer.reason is None:
            gates.append(Verdict(name, "pass"))
            continue
        gates.append(Verdict(name, "wait" if answer.until else "stop", answer.reason))
        return Judgement(gates=tuple(gates), until=answer.until, waiting_for=answer.waiting_for)
    return Judgement(gates=tuple(gates))


def purpose_of(message_class: MessageClass, policy: Policy) -> str | None:
    """The consent purpose a class of message needs; None: it may always be sent."""
    if message_class is MessageClass.LEGAL:
        return None
    if message_class is MessageClass.REVIEW_ASK:
        return policy.review_ask_purpose
    return message_class.value


def call_instead(contact: Contact, reason: str | None, facts: Facts) -> bool:
    """Whether a person should call the client because no message can go.

    Nobody is rung to be asked for an opinion, but where somebody has to talk to the client first:
    then that talk is the survey. Who wants no messages at all is still told of a date that lies
    ahead, by a person.
    """
    if contact.message_class in ASKS:
        return reason == PERSON_FIRST and contact.message_class is MessageClass.FEEDBACK
    if reason == "withdrawn":
        dated = contact.anchor_at is not None and contact.anchor_at > facts.now
        return dated and not facts.went_before
    if reason == "quiet-hours":
        return not facts.went_before
    return reason in ("no-channel", "address-suppressed", "prefers-phone", PERSON_FIRST)


def _subject(_contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    return _Answer(facts.why_unwanted)


def _told(_contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    return _Answer("told-lately") if facts.told_lately else PASS


def _validity(contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    late = contact.valid_until is not None and facts.now >= contact.valid_until
    return _Answer("expired") if late else PASS


def _person(contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    if facts.card is not None and facts.card.erased:
        return _Answer("erased")
    if facts.card is not None and facts.card.known:
        return PASS
    patience = contact.planned_for + CARD_PATIENCE
    if facts.now >= patience:
        return _Answer("no-channel")
    return _wait("no-card", patience, contact, f"card:{contact.client_id}")


def _restriction(contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    """What must not be done about this client or matter (conflict, declined, deceased …)."""
    matter_id, name = contact.ids.get("matter_id"), contact.message_class.value
    own = facts.card.restricted(name, matter_id, facts.now) if facts.card is not None else None
    found = strictest((own, facts.firm_restriction))
    if found is None:
        return PASS
    reason = f"restricted-{found.kind}"
    if found.effect == "wait" and found is not own:
        return _wait(reason, facts.now + LOOK_AGAIN_FIRM, contact)
    if found.effect == "wait":
        return _wait(reason, facts.now + LOOK_AGAIN, contact, f"card:{contact.client_id}")
    return _Answer(PERSON_FIRST if found.effect == PERSON_FIRST else reason)


def _staff_hold(contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    """Somebody of the firm holds it back; what the law requires goes all the same."""
    if facts.card is None or contact.message_class is MessageClass.LEGAL:
        return PASS
    matter_id = contact.ids.get("matter_id")
    if facts.card.hold_over(contact.occurrence_id, matter_id) is None:
        return PASS
    return _wait(HELD, facts.now + LOOK_AGAIN, contact, f"card:{contact.client_id}")


def _outbound(contact: Contact, facts: Facts, _policy: Policy) -> _Answer:
    if facts.held:
        return _wait("held", facts.now + timedelta(days=1), contact, "release")
    if facts.sample_values:
        return _wait("sample-values", facts.now + SAMPLE_PATIENCE, contact, "release")
    return PASS


def _consent(contact: Contact, facts: Facts, policy: Policy) -> _Answer:
    purpose = purpose_of(contact.message_class, policy)
    if purpose is None or facts.card is None:
        return PASS
    said = facts.card.consented([purpose], contact.channel)
    if said is False:
        by_any_channel = facts.card.consented([purpose], "any")
        return _Answer("withdrawn" if by_any_channel is False else "no-channel")
    if said is None and purpose in policy.consent_first:
        return _Answer("no-consent")
    return PASS


def may_go_by(channel: str, contact: Contact, card: Card, policy: Policy) -> bool:
    """Whether the law lets this message go by this way; only of texts it says anything."""
    if channel != SMS or policy.texts is None:
        return True
    kind = contact.message_class
    return policy.texts.allows(card, kind, purpose_of(kind, policy))


def _channel(contact: Contact, facts: Facts, policy: Policy) -> _Answer:
    if facts.card is None:
        return _Answer("no-channel")
    if contact.message_class is MessageClass.SERVICE and facts.card.wants_calls:
        return _Answer("prefers-phone")
    if facts.address is None or not may_go_by(contact.channel, contact, facts.card, policy):
        return _Answer("no-channel")
    return _Answer("address-suppressed") if facts.address_suppressed else PASS


def _cap(contact: Contact, facts: Facts, policy: Policy) -> _Answer:
    """Asks keep their distance; an invitation too soon after one of its kind is dropped, so that
    five closed matters do not become twenty asks that queue for weeks.
    """
    if contact.message_class not in ASKS:
        return PASS
    apart = policy.invitations_apart.get(contact.message_class)
    invited = facts.last_invitation_at
    if apart is not None and invited is not None and facts.now < invited + apart:
        return _Answer("invited-lately")
    if facts.last_ask_at is None:
        return PASS
    free = facts.last_ask_at + policy.asks_apart
    return PASS if free <= facts.now else _wait("cap", free, contact)


def opens_at(card: Card, policy: Policy, now: datetime, by: str | None = None) -> datetime | None:
    """When this client may be written to: by the firm's hours, theirs, and the law's for texts."""
    hours = [policy.contact_hours]
    if by == SMS and policy.texts is not None:
        hours.append((policy.texts.hours,))
    if card.quiet_from and card.quiet_to and card.quiet_from != card.quiet_to:
        opens, closes = time.fromisoformat(card.quiet_to), time.fromisoformat(card.quiet_from)
        hours.append((ContactHours(opens=opens, closes=closes),))
    return next_open_in_all(now, ZoneInfo(card.timezone or policy.zone), *hours)


def _quiet_hours(contact: Contact, facts: Facts, policy: Policy) -> _Answer:
    card = facts.card or Card(client_id=contact.client_id)
    opens = opens_at(card, policy, facts.now, contact.channel)
    if opens is not None and opens <= facts.now:
        return PASS
    if opens is None or (contact.valid_until is not None and opens >= contact.valid_until):
        return _Answer("quiet-hours")
    return _Answer("quiet-hours", opens)


def _letter(contact: Contact, facts: Facts, policy: Policy) -> _Answer:
    """One letter a day: what can wait joins the next one, where it is still of use by then."""
    if facts.next_letter_at is None or facts.card is None:
        return PASS
    opens = opens_at(facts.card, policy, facts.next_letter_at)
    late = contact.valid_until is not None and opens is not None and opens >= contact.valid_until
    return PASS if opens is None or late else _Answer(JOINS, opens)


def _wait(
    reason: str, until: datetime, contact: Contact, waiting_for: str | None = None
) -> _Answer:
    """Wait, but be back when the message goes stale, to say so."""
    if contact.valid_until is not None:
        until = min(until, contact.valid_until)
    return _Answer(reason, until, waiting_for)


QUESTIONS: dict[str, Question] = {
    "subject": _subject,
    "told": _told,
    "validity": _validity,
    "person": _person,
    "restriction": _restriction,
    "staff-hold": _staff_hold,
    "outbound": _outbound,
    "consent": _consent,
    "channel": _channel,
    "cap": _cap,
    "quiet-hours": _quiet_hours,
    "letter": _letter,
}
