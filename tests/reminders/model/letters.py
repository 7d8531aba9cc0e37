"""One letter a day: what is known of letters, and was anything left out of one?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from services.reminders.domain.contact import MAY_HAVE_COME, WAITING, Contact, State
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.occurrence import State as Timer
from tests.reminders.model.grounds import JOINS, grounds
from tests.reminders.model.rules import BY_RULE
from tests.reminders.model.told import Facts
from tests.reminders.model.watching import message_of

SERVICE = "service"


def letters_since(
    facts: Facts, before: Contact | None, after: Contact, now: datetime
) -> Mapping[str, tuple[str, datetime]]:
    """When which client was written to, after this change of a message."""
    if after.message_class != SERVICE:
        return facts.letters
    letters = dict(facts.letters)
    taken = after.state is State.HANDING_OVER and before is not None and before.state in WAITING
    if taken:
        letters[after.contact_id] = (after.client_id, now)
    elif after.state not in MAY_HAVE_COME:
        letters.pop(after.contact_id, None)
    return letters


def carries_a_letter(before: Contact | None, after: Contact) -> bool:
    """Whether it has been taken in hand, with a letter of its own or for several."""
    taken = before is not None and before.state in WAITING and after.state is State.HANDING_OVER
    return taken and after.carried_by is None


def planned_in(timers: Iterable[Occurrence]) -> frozenset[tuple[str, str, datetime]]:
    """What is planned for a time of day, and may share a letter."""
    return frozenset(
        (each.client_id or "", each.thread, each.due_at)
        for each in timers
        if each.state is Timer.PLANNED
        and each.rule_id in BY_RULE
        and BY_RULE[each.rule_id].at_a_time_of_day
    )


def left_out(
    carrier: Contact, messages: Mapping[str, Contact], facts: Facts, now: datetime
) -> Iterator[str]:
    """Messages that could have gone in this letter, by what was known, and still wait."""
    if carrier.message_class != SERVICE:
        return
    told = (carrier, *(messages[each] for each in carrier.carries))
    abouts = {each.thread for each in told}
    if len(abouts) < len(told):
        yield "says two things about one"
    for other, at in facts.waiting:
        current = messages[other.id]
        ready = at <= now or current.reason == JOINS
        if other.client != carrier.client_id or other.kind != SERVICE or not ready:
            continue
        if current.state in WAITING and message_of(current).key.about not in abouts:
            found = grounds(facts, other, now)
            found.wait.pop(JOINS, None)
            if not (found or found.may):
                yield f"went without {current.rule_id}, which may go too"
