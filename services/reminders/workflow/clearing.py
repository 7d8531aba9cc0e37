"""What of reminders goes once a client's working records are over, and what keeps it gone?

A thing goes as a whole, with its timers, their messages and what was owed about it, or not at all:
half of it would be planned again.
"""

from collections.abc import Iterable, Iterator

from services.reminders.domain.contact import Contact
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.over import (
    mark_of,
    message_is_over,
    messages_of,
    replaced_debts,
    replaced_timers,
    stays_with_client,
    thing_is_over,
)
from services.reminders.ports import COMMITMENTS, CONTACTS, SUBJECTS, TIMERS
from shared.people import End
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS


def needs_of_thing(thread: str, unit: ReadSoFar) -> Iterator[Need]:
    """The thing, all that was planned or is owed about it, and the tasks that ask for it."""
    yield SUBJECTS.one(thread)
    yield TIMERS.by("thread", thread)
    yield COMMITMENTS.by("thread", thread)
    yield TASKS.by("ref", thread)
    for timer in unit.peek_all(TIMERS, "thread", thread):
        yield TASKS.by("ref", timer.occurrence_id)
        yield from (CONTACTS.one(each) for each in messages_of(timer))


def clear_thing(thread: str, end: End, unit: UnitOfWork) -> int:
    """A thing of which nothing is open leaves its mark; one that is called by its client stays,
    without its messages and what later events have replaced.
    """
    subject = unit.get(SUBJECTS, thread)
    timers, owed = unit.find(TIMERS, "thread", thread), unit.find(COMMITMENTS, "thread", thread)
    if subject is None or _is_asked_for(thread, timers, unit):
        return 0
    messages = _messages_of(timers, unit)
    if stays_with_client(subject):
        messages = [each for each in messages if message_is_over(each, end.until)]
        timers = replaced_timers(subject, timers, end.until)
        owed = replaced_debts(owed, end.until)
    elif thing_is_over(subject, timers, owed, messages, end.until):
        unit.put(SUBJECTS, mark_of(subject, end.until))
    else:
        return 0
    for message in messages:
        unit.remove(CONTACTS, message.contact_id)
    for timer in timers:
        unit.remove(TIMERS, timer.occurrence_id)
    for each in owed:
        unit.remove(COMMITMENTS, each.commitment_id)
    return len(messages) + len(timers) + len(owed)


def _is_asked_for(thread: str, timers: Iterable[Occurrence], unit: UnitOfWork) -> bool:
    """Whether a person still has a task because of it."""
    refs = (thread, *(each.occurrence_id for each in timers))
    return any(task.state == "open" for ref in refs for task in unit.find(TASKS, "ref", ref))


def _messages_of(timers: Iterable[Occurrence], unit: UnitOfWork) -> list[Contact]:
    made = (unit.get(CONTACTS, each) for timer in timers for each in messages_of(timer))
    return [each for each in made if each is not None]
