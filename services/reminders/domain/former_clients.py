"""A thing is another client's now: what is kept for the one whose it was?

Only what they were told. As long as the last word they have says that it takes place, they are
owed one that says it does not, for them. It stands under a name of its own, so that what two
clients were told about one thing never meets.
"""

from collections.abc import Iterable
from datetime import datetime

from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Fact, Statement, Subject

LEFT = "|left-by|"
BEFORE_ALL = ""  # the stamp of what was told: older than whatever ended it


def left_thread(thread: str, client_id: str) -> str:
    """Where it is kept what this client was told about a thing that is theirs no more."""
    return f"{thread}{LEFT}{client_id}"


def thing_of(thread: str) -> str:
    """The thing itself: ``appointment_id:a1``."""
    return thread.partition(LEFT)[0]


def is_left(thread: str) -> bool:
    """Whether this is kept for a client whose thing it is no more."""
    return LEFT in thread


def left_behind(
    subject: Subject, client_id: str, told: Statement | None, rules: Iterable[Rule]
) -> Subject | None:
    """What is kept for them, of a thing that another client has now; None without such a rule.

    To them it is as if it had been called off by the event that named the other.
    """
    by = subject.named_by
    facts: dict[str, Fact] = {}
    for rule in rules:
        if by is None or told is None or rule.tell is None or not rule.until:
            continue
        start, end = sorted(rule.on)[0], sorted(rule.until)[0]
        facts[start] = _as_told(start, subject.thread, client_id, told, by)
        facts[end] = Fact(
            type=end, stamp=by.stamp, first_stamp=by.stamp, event_id=by.event_id,
            happened=by.happened, history=by.history, heard_at=by.heard_at,
        )  # fmt: skip
    if not facts:
        return None
    thread = left_thread(subject.thread, client_id)
    return Subject(thread=thread, client_id=client_id, facts=facts, told=told)


def _as_told(type_: str, thread: str, client_id: str, told: Statement, by: Fact) -> Fact:
    """What stood for them, as they know it."""
    field, _, value = thread.partition(":")
    instants = {name: datetime.fromisoformat(text) for name, text in told.instants.items()}
    zone = {"timezone": told.zone} if told.zone else {}
    return Fact(
        type=type_, stamp=BEFORE_ALL, first_stamp=BEFORE_ALL, event_id=by.event_id,
        happened=by.happened, instants=instants,
        values={**told.values, **zone, field: value, "client_id": client_id},
    )  # fmt: skip
