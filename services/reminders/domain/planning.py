"""Given all that has been said about a subject, which occurrences should be planned?

A pure function of the subject, the client's card and the rules, compared with what was planned
before. It does not matter which event came last, so cancelling before scheduling, moving twice or
hearing the same thing again all end in the same plan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.reminders.domain.card import Card
from services.reminders.domain.conditions import holds
from services.reminders.domain.last_moments import Firm, reckoned, valid_until
from services.reminders.domain.moments import day_meant
from services.reminders.domain.occurrence import (
    ONCE,
    UNDONE,
    Occurrence,
    State,
    anchor_text,
    occurrence_id,
)
from services.reminders.domain.playbook import Past, Rule
from services.reminders.domain.repeating import earlier_turns, turn_of
from services.reminders.domain.schedule import Reckoned
from services.reminders.domain.statements import statement_of, wanted_statement
from services.reminders.domain.subject import Fact, Standing, Subject


@dataclass(slots=True)
class Plan:
    """What is to change: occurrences newly planned, and those that came to nothing."""

    planned: list[Occurrence] = field(default_factory=list)
    moved: list[Occurrence] = field(default_factory=list)  # same anchor, other instant
    ended: list[Occurrence] = field(default_factory=list)
    wanted: frozenset[str] = frozenset()  # the ids of all that the rules want now

    @property
    def changed(self) -> list[Occurrence]:
        """Everything to keep."""
        return [*self.planned, *self.moved, *self.ended]


@dataclass(frozen=True, slots=True)
class _Wanted:
    rule: Rule
    occurrence: Occurrence
    told_anyway: bool = False  # its moment has passed: the client knows or is just being told


def plan(
    rules: Iterable[Rule],
    subject: Subject,
    card: Card | None,
    before: Mapping[str, Occurrence],
    firm: Firm,
    now: datetime,
) -> Plan:
    """What these rules want for this subject now, as a difference to what was planned before.

    What is still planned goes by the version in force; what has fired keeps the version it names.
    """
    result = Plan()
    rules = list(rules)
    standings = {rule.rule_id: subject.standing(rule)[0] for rule in rules}
    found = [(rule, _wanted_by(rule, subject, card, before, firm)) for rule in rules]
    turns = [(rule, turn_of(rule, each, before, now)) for rule, each in found if each is not None]
    wanted = {each.occurrence_id: _Wanted(rule, each) for rule, each in turns}
    result.wanted = frozenset(wanted) | earlier_turns(turns, before)
    series = [each.occurrence for each in wanted.values()]
    telling = any(each.rule.tell is not None for each in wanted.values())
    for each in wanted.values():
        anyway = _is_told_anyway(each, subject, now, telling=telling)
        anyway = anyway or subject.was_behind(each.rule.on, each.occurrence.due_at)
        _settle_wanted(
            replace(each, told_anyway=anyway),
            before.get(each.occurrence.occurrence_id),
            series,
            now,
            result,
        )
    replacements = {each.rule.rule_id: key for key, each in wanted.items()}
    for occurrence in before.values():
        if occurrence.state is State.PLANNED and occurrence.occurrence_id not in wanted:
            _settle_unwanted(occurrence, standings, replacements, result)
    return result


def _wanted_by(
    rule: Rule, subject: Subject, card: Card | None, before: Mapping[str, Occurrence], firm: Firm
) -> Occurrence | None:
    """What one rule wants now."""
    standing, fact = subject.standing(rule)
    if fact is None or (rule.send is not None and subject.client_id is None):
        return None
    if rule.tell is not None:
        return _telling(rule, subject, card, before, firm)
    if standing is not Standing.ARMED or not holds(rule.when, fact, subject, card):
        return None
    occurrence = _occurrence(rule, subject, fact, card, firm)
    if occurrence is None or _done_by_an_earlier_version(rule, occurrence, before):
        return None
    return occurrence


def _done_by_an_earlier_version(
    rule: Rule, occurrence: Occurrence, before: Mapping[str, Occurrence]
) -> bool:
    """What a version that went by anchors has done is not done again by one that acts once."""
    return (
        rule.once
        and occurrence.anchor == ONCE
        and any(
            each.rule_id == rule.rule_id
            and each.rule_version < rule.version
            and each.state is State.FIRED
            for each in before.values()
        )
    )


def _is_told_anyway(wanted: _Wanted, subject: Subject, now: datetime, *, telling: bool) -> bool:
    rule, fact = wanted.rule, subject.latest(wanted.rule.on)
    reminds = rule.send is not None and rule.send.told_within is not None
    if not reminds or fact is None or rule.send is None or wanted.occurrence.due_at >= now:
        return False
    told = subject.told
    return telling or (told is not None and told.says(statement_of(rule.send.tells, subject, fact)))


def _telling(
    rule: Rule, subject: Subject, card: Card | None, before: Mapping[str, Occurrence], firm: Firm
) -> Occurrence | None:
    """The occurrence that says what stands, where the client was last told something else."""
    found = wanted_statement(rule, subject)
    start = subject.latest(rule.on)
    if found is None or start is None or not holds(rule.when, start, subject, card):
        return None
    anchor_at = found.instant(rule.anchors)
    old = anchor_text(anchor_at)  # how versions that went by anchors named it
    if subject.told is None and any(
        each.rule_id == rule.rule_id and each.anchor == old and each.state is State.FIRED
        for each in before.values()
    ):
        return None
    made = _made(rule, subject, found.fact, anchor_at, found.anchor, card, firm, None)
    return replace(made, template=found.template, series=None)


def is_past(occurrence: Occurrence, rule: Rule, series: list[Occurrence], now: datetime) -> bool:
    """Whether arming this occurrence comes too late, by its own rule."""
    if occurrence.valid_until is not None and now >= occurrence.valid_until:
        return True
    if rule.moment is None or occurrence.due_at >= now or rule.past is Past.SEND_NOW:
        return False
    if rule.past is Past.SKIP or occurrence.series is None:
        return rule.past is Past.SKIP
    others = [each for each in series if each.series == occurrence.series]
    return any(each.due_at > occurrence.due_at for each in others)


def zone_of(card: Card | None, subject: Subject, fact: Fact, firm: Firm) -> str:
    """The recipient's zone; before their card is known, the event's, else the firm's."""
    if card is not None and card.timezone:
        return card.timezone
    said = subject.words(fact).get("timezone")
    return said if isinstance(said, str) else firm.zone


def _settle_wanted(
    wanted: _Wanted, known: Occurrence | None, series: list[Occurrence], now: datetime, result: Plan
) -> None:
    rule, fresh = wanted.rule, _as_chosen(wanted.occurrence, known)
    late = wanted.told_anyway or is_past(fresh, rule, series, now)
    moves = known is None or known.due_at != fresh.due_at
    if known is None or known.state in UNDONE:
        if not late:
            again = known.contact_id if known is not None else None
            result.planned.append(replace(fresh, contact_id=again))
        elif known is None or known.state is not State.SKIPPED:
            result.ended.append(fresh.ended(State.SKIPPED, "past"))
    elif known.state is State.PLANNED:
        if moves and late:
            result.ended.append(fresh.ended(State.SKIPPED, "past"))
        else:
            _move(known, fresh, result)


def _as_chosen(fresh: Occurrence, known: Occurrence | None) -> Occurrence:
    """When somebody of the firm chose when it falls due, that stays."""
    if known is None or not known.moved or not known.waits:
        return fresh
    return replace(
        fresh, due_at=known.due_at, wall=known.wall, valid_until=known.valid_until, moved=True
    )


def _move(known: Occurrence, fresh: Occurrence, result: Plan) -> None:
    moved = replace(
        fresh, correlation_id=known.correlation_id, traceparent=known.traceparent,
        contact_id=known.contact_id,
    )  # fmt: skip
    if moved != known:
        result.moved.append(moved)


def _settle_unwanted(
    occurrence: Occurrence,
    standings: Mapping[str, Standing],
    replacements: Mapping[str, str],
    result: Plan,
) -> None:
    replaced_by = replacements.get(occurrence.rule_id)
    if replaced_by is not None:
        result.ended.append(occurrence.ended(State.SUPERSEDED, "superseded", replaced_by))
    elif occurrence.rule_id in standings:
        result.ended.append(occurrence.ended(State.CANCELLED, "cancelled"))


def _occurrence(
    rule: Rule, subject: Subject, fact: Fact, card: Card | None, firm: Firm
) -> Occurrence | None:
    found = subject.anchor_of(rule, fact)
    if found is None:
        return None
    anchor_at, anchor = found
    named = fact.instant(rule.anchors)
    day = day_meant(fact, named[0], firm.zone) if named else None
    return _made(rule, subject, fact, anchor_at, anchor, card, firm, day)


def _made(
    rule: Rule, subject: Subject, fact: Fact, anchor_at: datetime | None, anchor: str,
    card: Card | None, firm: Firm, day: date | None,
) -> Occurrence:  # fmt: skip
    zone = zone_of(card, subject, fact, firm)
    due = _reckoned(rule, fact, anchor_at, zone, card, firm, day)
    recipient = subject.client_id or rule.to
    return Occurrence(
        occurrence_id=occurrence_id(rule.rule_id, subject.thread, recipient, anchor),
        rule_id=rule.rule_id,
        rule_version=rule.version,
        purpose=rule.playbook,
        thread=subject.thread,
        client_id=subject.client_id,
        anchor=anchor,
        anchor_at=anchor_at,
        due_at=due.instant,
        wall=due.wall,
        zone=zone,
        valid_until=valid_until(rule, anchor_at, due.instant, zone, card, firm),
        series=f"{rule.playbook}/{rule.series}" if rule.series else None,
        state=State.PLANNED,
        event_id=fact.event_id,
        correlation_id=fact.event_id,
    )


def _reckoned(
    rule: Rule, fact: Fact, anchor_at: datetime | None, zone: str, card: Card | None, firm: Firm,
    day: date | None,
) -> Reckoned:  # fmt: skip
    if rule.moment is None or anchor_at is None:
        return Reckoned(fact.happened)
    reader = card if rule.send is not None else None  # what people do, they do on the firm's days
    return reckoned(rule.moment, anchor_at, zone, reader, firm, day)
