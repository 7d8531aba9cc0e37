"""Is every change to a timer or a message one that the model would have made?

Each commit is looked at as it happens: every step a timer or a message takes must be justified by
what had been told when the replica looked. What is never justified is written down as broken.
"""

from datetime import datetime
from typing import Any

from services.reminders.domain.contact import FAILED, TAKEN_BACK, UNMADE, WAITING, Contact, State
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.occurrence import State as Timer
from tests.reminders.model.grounds import (
    JOINS,
    Message,
    grounds,
    overtaken,
    why_unwanted,
)
from tests.reminders.model.rules import (
    BY_RULE,
    Key,
    Wanted,
    says_of,
    standing,
    too_late_to_plan,
    wanted,
)
from tests.reminders.model.told import Facts, Says, left_by


def key_of(each: Occurrence | Contact) -> Key:
    """Which occurrence this is."""
    if BY_RULE[each.rule_id].tells:
        return Key(each.rule_id, each.thread, each.anchor, each.client_id or "")
    anchor = None if each.anchor == "once" else datetime.fromisoformat(each.anchor)
    return Key(each.rule_id, each.thread, anchor, each.client_id or "")


def message_of(contact: Contact) -> Message:
    """What the grounds of a message depend on."""
    return Message(
        contact.contact_id, key_of(contact), contact.client_id, contact.planned_for,
        contact.valid_until,
    )  # fmt: skip


def of_timer(
    before: Occurrence | None, after: Occurrence | None, facts: Facts, now: datetime
) -> str | None:
    """What is wrong with this change of a timer; None where nothing is."""
    if after is None:
        gone = before is not None and not BY_RULE[before.rule_id].sends
        return None if gone else "the timer of a message was deleted"
    if before is not None and before.state is after.state is not Timer.PLANNED:
        return None
    return _became(before, after, facts, now)


def _became(
    before: Occurrence | None, after: Occurrence, facts: Facts, now: datetime
) -> str | None:
    key = key_of(after)
    want = wanted(facts, after.thread).get(key)
    match after.state:
        case Timer.PLANNED:
            return _planned(before, after, want, facts, now)
        case Timer.SKIPPED if want is not None:
            late = too_late_to_plan(facts, want, _series(want, facts), now)
            return None if late else "skipped though its moment had not passed"
        case Timer.FIRED:
            return _fired(before, want, facts, now)
        case Timer.EXPIRED:
            late = want is not None and want.useless is not None and now >= want.useless
            return None if late else "expired though still of use"
        case Timer.SUPERSEDED if want is not None and overtaken(facts, want, now):
            return None
        case Timer.CANCELLED | Timer.SUPERSEDED if want is None and facts.changed_hands(key.about):
            return None  # which of both it is called depends on whose was heard of first
        case _:
            said = why_unwanted(facts, key)
            return None if said == after.state.value else f"{after.state} but {said}"


def _planned(
    before: Occurrence | None, after: Occurrence, want: Wanted | None, facts: Facts, now: datetime
) -> str | None:
    if want is None:
        return "planned though nobody wants it"
    off_for_them = left_by(after.thread) is not None  # since whichever event came first
    due = after.due_at if off_for_them else want.due
    if (after.due_at, after.valid_until) != (due, want.useless):
        return (
            f"planned for {after.due_at} to {after.valid_until}, not {want.due} to {want.useless}"
        )
    stays = before is not None and (before.state, before.due_at) == (after.state, after.due_at)
    if not stays and too_late_to_plan(facts, want, _series(want, facts), now):
        return "planned though its moment had passed"
    return None


def _fired(
    before: Occurrence | None, want: Wanted | None, facts: Facts, now: datetime
) -> str | None:
    if before is None or before.state is not Timer.PLANNED:
        return f"fired out of {before.state if before else 'nothing'}"
    if want is None:
        return "fired though nobody wants it"
    if now < want.due and left_by(want.key.about) is None:
        return "fired before it was due"
    if want.useless is not None and now >= want.useless:
        return "fired though of no use any more"
    return "fired though a later one is due" if overtaken(facts, want, now) else None


def _series(want: Wanted | None, facts: Facts) -> dict[Key, Wanted]:
    if want is None:
        return {}
    everything = wanted(facts, want.key.about)
    return {k: each for k, each in everything.items() if each.wish.series == want.wish.series}


def of_message(
    before: Contact | None, after: Contact, facts: Facts, told: Facts, now: datetime
) -> str | None:
    """What is wrong with this change of a message; None where nothing is.

    ``told``: what is known with the hand-overs that the same commit found to have ended.
    """
    if before is None:
        return None if after.state is State.DUE else f"begins as {after.state}"
    if before.state in WAITING and after.state is not State.DUE:
        return _looked_at(after, facts, told, now)
    if before.state in TAKEN_BACK and after.state is State.DUE:
        return None  # wanted again
    if before.state in FAILED and after.state is State.DUE:
        anew = after.resends == before.resends + 1 and after.retries == 0
        return None if anew else "what failed is wanted again, but not as a new attempt"
    settled = before.state in UNMADE or before.state in (State.HANDED_OVER, State.REFUSED)
    if settled and before.state is not after.state:
        return f"{before.state} became {after.state}"
    return None


def _looked_at(after: Contact, facts: Facts, told: Facts, now: datetime) -> str | None:
    found = grounds(facts, message_of(after), now)
    if after.carried_by is not None:
        found.wait.pop(JOINS, None)  # it has joined a letter
    if after.state is State.HANDING_OVER:
        return f"handed over against {found}" if found else _not_what_stands(after, facts)
    if after.state is State.DEFERRED:
        until = found.wait.get(after.reason or "")
        return None if until == after.due_at else f"waits until {after.due_at}, not {found}"
    if after.state in UNMADE:
        found.may |= grounds(told, message_of(after), now).stop
        known = after.reason in found.stop | found.may
        return None if known else f"stopped for {after.reason}, not {found}"
    return f"a waiting message became {after.state}"


def _not_what_stands(after: Contact, facts: Facts) -> str | None:
    """Whether an appointment's message tells something else than what stands."""
    wish = BY_RULE[after.rule_id]
    if not (wish.tells or wish.lately):
        return None
    start = standing(facts, wish, after.thread)
    last = facts.last_to(after.thread, after.client_id)
    stands = says_of(start) if start is not None else last and last.says._replace(off=True)
    return None if says_in(after) == stands else f"tells {says_in(after)}, not {stands}"


def says_in(contact: Contact) -> Says | None:
    """What a message tells of an appointment, as the product keeps it."""
    states = contact.states
    if states is None:
        return None
    place = states.values.get("location")
    return Says(
        datetime.fromisoformat(states.instants["starts_at"]),
        str(place) if place is not None else None, str(states.values["kind"]), states.ended,
    )  # fmt: skip


def may_go_again(contact: Contact, decided: int) -> int:
    """How many copies of a message its rule and a person allow."""
    return 1 + decided + (1 if BY_RULE[contact.rule_id].twice_if_unknown else 0)


def describe(what: Any, wrong: str, now: datetime) -> str:
    """What is broken, in a line."""
    name = getattr(what, "rule_id", "")
    return f"{now:%Y-%m-%d %H:%M} {name} {getattr(what, 'anchor', '')}: {wrong}"
