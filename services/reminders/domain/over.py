"""Is everything about a thing over, and what stays of it once it is cleared?

A mark: the name of the thing, and the day up to which it was cleared. What happened by then and is
heard again, however late, changes nothing; what happens later begins anew. So a cleared timer is
never armed a second time.
"""

from collections.abc import Iterable
from datetime import datetime

from services.reminders.domain.channel_order import WAYS
from services.reminders.domain.commitments import Commitment
from services.reminders.domain.contact import Contact, contact_id_for
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.former_clients import is_left
from services.reminders.domain.letter_for_approval import POST
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.repeating import first_anchor
from services.reminders.domain.subject import Fact, Subject

CLIENT = "client_id"


def stays_with_client(subject: Subject) -> bool:
    """Whether a thing is called by its client: it goes with them, by an erasure."""
    return subject.thread.startswith(f"{CLIENT}:") or is_left(subject.thread)


def message_is_over(contact: Contact, until: datetime) -> bool:
    """Whether a message was settled by then; one of unknown fate waits for a person."""
    if contact.is_outgoing or contact.state is Stands.UNKNOWN:
        return False
    return max(contact.due_at, contact.sent_at or contact.due_at) <= until


def messages_of(timer: Occurrence) -> list[str]:
    """The ids of all messages a timer may have become, by whatever way they went."""
    ids = {contact_id_for(timer, channel) for channel in (*WAYS, POST)}
    return sorted({*ids, timer.contact_id} if timer.contact_id is not None else ids)


def thing_is_over(
    subject: Subject,
    timers: Iterable[Occurrence],
    owed: Iterable[Commitment],
    messages: Iterable[Contact],
    until: datetime,
) -> bool:
    """Whether all that was said, planned and owed about a thing was over by then."""
    return (
        all(_last_of(each) <= until for each in subject.facts.values())
        and all(each.needs_attention_at is None and each.due_at <= until for each in timers)
        and all(not each.followed and _ended(each) <= until for each in owed)
        and all(message_is_over(each, until) for each in messages)
    )


def mark_of(subject: Subject, until: datetime) -> Subject:
    """What stays of a thing that was cleared."""
    return Subject(thread=subject.thread, cleared_until=until)


def replaced_timers(
    subject: Subject, timers: Iterable[Occurrence], until: datetime
) -> list[Occurrence]:
    """Of a thing that stays: timers of events of which later ones have been heard since.

    No rule can want them again. What cannot be told so certainly stays, and of each rule the last.
    """
    if any(fact.history for fact in subject.facts.values()):
        return []
    named = {instant for fact in subject.facts.values() for instant in _instants_of(fact)}
    kept = {timer.rule_id: timer for timer in sorted(timers, key=_by_time)}
    return [
        timer
        for timer in timers
        if timer.needs_attention_at is None
        and timer.due_at <= until
        and timer is not kept[timer.rule_id]
        and (reckoned := _reckoned_from(timer)) is not None
        and reckoned not in named
    ]


def replaced_debts(owed: Iterable[Commitment], until: datetime) -> list[Commitment]:
    """Of a thing that stays: what was owed and is settled, but for the last of each rule."""
    kept = {
        each.rule_id: each for each in sorted(owed, key=lambda each: (each.begun, each.made_at))
    }
    return [
        each
        for each in owed
        if not each.followed and _ended(each) <= until and each is not kept[each.rule_id]
    ]


def _by_time(timer: Occurrence) -> tuple[datetime, str]:
    return timer.anchor_at or timer.due_at, timer.anchor


def _reckoned_from(timer: Occurrence) -> datetime | None:
    """The instant it is called by; None where it is called by something else."""
    try:
        return datetime.fromisoformat(first_anchor(timer.anchor))
    except ValueError:
        return None


def _instants_of(fact: Fact) -> Iterable[datetime]:
    return (fact.happened, fact.began or fact.happened, *fact.instants.values())


def _last_of(fact: Fact) -> datetime:
    return max([fact.happened, *fact.instants.values(), fact.heard_at or fact.happened])


def _ended(owed: Commitment) -> datetime:
    return max([owed.due_at, owed.settled_at or owed.due_at, owed.at or owed.due_at])
