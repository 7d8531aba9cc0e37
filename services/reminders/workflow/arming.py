"""What the rules want for a subject has changed: what is kept, said and taken back?"""

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace

from services.reminders.domain.contact import Contact, contact_for
from services.reminders.domain.contact import State as Stands
from services.reminders.domain.former_clients import is_left
from services.reminders.domain.occurrence import Occurrence, State
from services.reminders.domain.planning import Plan, plan
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Subject
from services.reminders.ports import CARDS, CONTACTS, TIMERS
from services.reminders.workflow.contact_events import announce_contact, announce_planned, ids_of
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.reminders import ContactSuppressed
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, cancel_task

CALL_CLIENT = "call-client"
NO_LONGER_NEEDED = "no-longer-needed"


def needs_of_tasks(timers: Iterable[Occurrence]) -> Iterator[Need]:
    """The tasks that fired occurrences asked for: the subject may have made them needless."""
    for timer in timers:
        if timer.state is State.FIRED and timer.asked:
            yield TASKS.by("ref", timer.thread)
            yield TASKS.by("ref", timer.occurrence_id)  # as it was named before


def arm(config: FirmConfig, subject: Subject, unit: UnitOfWork) -> None:
    """Bring what is planned for a subject into line with what is known now."""
    field = subject.thread.partition(":")[0]
    rules = [rule for rule in config.playbooks.per(field) if rule.keep is None]
    if is_left(subject.thread):  # another's now: its former client is told so, and nothing else
        rules = [rule for rule in rules if rule.tell is not None]
    card = unit.get(CARDS, subject.client_id) if subject.client_id else None
    before = {t.occurrence_id: t for t in unit.find(TIMERS, "thread", subject.thread)}
    result = plan(rules, subject, card, before, config.firm, unit.now)
    by_id = {rule.rule_id: rule for rule in rules}
    _keep(result, by_id, before, unit)
    _say(config, result, by_id, subject, unit)
    _take_back_tasks(result, by_id, before.values(), unit)


def wake(contact: Contact, unit: UnitOfWork) -> None:
    """What a message waited for has come: look at it now."""
    unit.put(CONTACTS, contact.to(Stands.DUE, due_at=unit.now))


def _keep(
    result: Plan, rules: dict[str, Rule], before: dict[str, Occurrence], unit: UnitOfWork
) -> None:
    """Keep what is planned. What came to nothing is kept too where a client would have heard."""
    cause = unit.cause
    for each in result.planned:
        traced = replace(each, correlation_id=cause.correlation_id, traceparent=cause.traceparent)
        _put(traced, before, unit)
    for each in result.moved:
        unit.put(TIMERS, each)
    for each in result.ended:
        rule = rules.get(each.rule_id)
        if (rule is not None and rule.send is not None) or each.state is State.SKIPPED:
            _put(each, before, unit)
        else:
            unit.remove(TIMERS, each.occurrence_id)


def _put(occurrence: Occurrence, before: dict[str, Occurrence], unit: UnitOfWork) -> None:
    if occurrence.occurrence_id in before:
        unit.put(TIMERS, occurrence)
    else:
        unit.add(TIMERS, occurrence)


def _say(
    config: FirmConfig, result: Plan, rules: dict[str, Rule], subject: Subject, unit: UnitOfWork
) -> None:
    sends = [each for each in result.planned if _sends(each, rules)]
    sends += [each for each in result.moved if each.waits and _sends(each, rules)]
    if sends:
        types = [name for each in sends for name in rules[each.rule_id].on]
        announce_planned(sends, ids_of(subject, dict.fromkeys(types)), unit)
    for each in result.ended:
        if _sends(each, rules) and each.client_id is not None:
            rule = rules[each.rule_id]
            not_made = contact_for(each, rule, ids_of(subject, rule.on), config.usual_channel)
            announce_contact(ContactSuppressed, replace(not_made, reason=each.reason), unit)


def _sends(occurrence: Occurrence, rules: dict[str, Rule]) -> bool:
    rule = rules.get(occurrence.rule_id)
    return rule is not None and rule.send is not None


def _take_back_tasks(
    result: Plan, rules: dict[str, Rule], timers: Collection[Occurrence], unit: UnitOfWork
) -> None:
    """Nobody should call about a document that has come, or a client just spoken to.

    One task stands for everything about the thing that could not be said: it goes with the last.
    What nobody did may be wanted again, so its occurrence counts as not done.
    """
    asked = [t for t in timers if t.state is State.FIRED and t.asked and t.rule_id in rules]
    over = [timer for timer in asked if timer.occurrence_id not in result.wanted]
    kept = {_asks(timer, rules) for timer in asked if timer.occurrence_id in result.wanted}
    kept |= {_asks(each, rules) for each in result.planned if rules[each.rule_id].moment is None}
    wanted = (*timers, *result.planned, *result.ended)  # also what comes too late to be said
    instead = {each.rule_id for each in wanted if each.occurrence_id in result.wanted}
    undone: set[str | None] = set()  # kinds of tasks
    for timer in over:
        refs = (timer.occurrence_id, timer.thread)
        for task in [task for ref in refs for task in unit.find(TASKS, "ref", ref)]:
            if task.state == "open" and task.kind not in kept:
                cancel_task(unit, task, NO_LONGER_NEEDED)
                undone.add(task.kind)
        taken_back = _asks(timer, rules) in undone
        over_now = _taken_back(timer, instead) if taken_back else replace(timer, asked=False)
        unit.put(TIMERS, over_now)


def _taken_back(timer: Occurrence, instead: Container[str]) -> Occurrence:
    """Nobody did it; ``instead``: the rules that want something else now."""
    state = State.SUPERSEDED if timer.rule_id in instead else State.CANCELLED
    return replace(timer.ended(state, state.value), asked=False, ends_at=None)


def end_what_it_asked(timer: Occurrence, unit: UnitOfWork) -> None:
    """What a person was to call about has passed: the task goes, unless something else asks."""
    others = [each for each in unit.find(TIMERS, "thread", timer.thread)
              if each.asked and each.occurrence_id != timer.occurrence_id]  # fmt: skip
    refs = (timer.occurrence_id,) if others else (timer.occurrence_id, timer.thread)
    for task in [task for ref in refs for task in unit.find(TASKS, "ref", ref)]:
        if task.state == "open":
            cancel_task(unit, task, NO_LONGER_NEEDED)
    unit.put(TIMERS, replace(timer, asked=False, ends_at=None))


def _asks(timer: Occurrence, rules: dict[str, Rule]) -> str | None:
    """The kind of task it may have asked for."""
    rule = rules[timer.rule_id]
    if rule.ask is not None:
        return rule.ask.kind
    return CALL_CLIENT if timer.asked else None
