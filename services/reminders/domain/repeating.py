"""A rule comes again after a while: which of its turns is wanted now?

The first turn is the occurrence itself; each later one is known by its anchor and its number. What
happened is not made up for: after an outage the next turn is one that lies ahead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.reminders.domain.occurrence import Occurrence, State, occurrence_id
from services.reminders.domain.playbook import Rule
from services.reminders.domain.schedule import Moment, Offset, reckon

TURN = "#"
OVER = frozenset({State.FIRED, State.EXPIRED, State.SKIPPED, State.DROPPED})
MOST_TURNS = 10_000  # of thirty days each, eight hundred years


def first_anchor(anchor: str) -> str:
    """The anchor of the first turn."""
    return anchor.partition(TURN)[0]


def turn_of(
    rule: Rule, first: Occurrence, before: Mapping[str, Occurrence], now: datetime
) -> Occurrence:
    """The turn that is wanted: the one that waits, or the next after those that are over."""
    if rule.every is None:
        return first
    turns = _turns(rule, first, before.values())
    waiting = [number for number, each in turns if each.state is State.PLANNED]
    if waiting:
        return _turn(rule, first, max(waiting))
    over = [number for number, each in turns if each.state in OVER]
    too_late = first.valid_until is not None and now >= first.valid_until
    if not over and not too_late:
        return first
    later = range(max(over, default=0) + 1, MOST_TURNS)
    found = (_turn(rule, first, number) for number in later)
    return next((each for each in found if each.due_at > now), first)


def earlier_turns(
    wanted: Iterable[tuple[Rule, Occurrence]], before: Mapping[str, Occurrence]
) -> frozenset[str]:
    """The ids of turns that have been, of what is still wanted: what they asked for stands."""
    return frozenset(
        each.occurrence_id
        for rule, occurrence in wanted
        if rule.every is not None
        for _, each in _turns(rule, occurrence, before.values())
    )


def _turns(
    rule: Rule, occurrence: Occurrence, known: Iterable[Occurrence]
) -> list[tuple[int, Occurrence]]:
    anchor = first_anchor(occurrence.anchor)
    return [
        (int(each.anchor.partition(TURN)[2] or 0), each)
        for each in known
        if each.rule_id == rule.rule_id and first_anchor(each.anchor) == anchor
    ]


def _turn(rule: Rule, first: Occurrence, number: int) -> Occurrence:
    if number == 0 or rule.every is None:
        return first
    apart = Offset(rule.every.amount * number, rule.every.span)
    at = reckon(Moment(offset=apart), first.due_at, ZoneInfo(first.zone), lambda _: False)
    later = at.instant - first.due_at
    anchor = f"{first.anchor}{TURN}{number}"
    recipient = first.client_id or rule.to
    return replace(
        first,
        occurrence_id=occurrence_id(rule.rule_id, first.thread, recipient, anchor),
        anchor=anchor,
        due_at=at.instant,
        wall=at.wall,
        valid_until=first.valid_until + later if first.valid_until else None,
    )
