"""Which surveys and review asks were planned and come to nothing, and how is that said?

They are announced for other services, which never hear of what was not announced: so the timeline
has a line from here.
"""

from datetime import datetime
from typing import Any

from services.reminders.domain.occurrence import Occurrence, State
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Subject
from services.reminders.ports import TIMERS
from services.reminders.workflow.contact_events import ids_of, text_of
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.envelope import Event
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.reminders import InvitationDropped, ReviewAskDue, SurveyDue, Why
from shared.contracts.reputation import ReviewRequested
from shared.state.unit_of_work import UnitOfWork

INVITATIONS = (SurveyDue.TYPE, ReviewAskDue.TYPE)
ASKED_FOR = (FeedbackRequested.TYPE, ReviewRequested.TYPE)
LOOKED_AT = (State.PLANNED, State.SKIPPED)


def invitations_of(config: FirmConfig, subject: Subject, unit: UnitOfWork) -> list[Occurrence]:
    """Every invitation that is planned for the subject, or was skipped."""
    rules = _inviting(config, subject)
    found = unit.find(TIMERS, "thread", subject.thread) if rules else []
    return [each for each in found if each.rule_id in rules and each.state in LOOKED_AT]


def say_dropped(
    config: FirmConfig, subject: Subject, before: list[Occurrence], unit: UnitOfWork
) -> None:
    """Say which of them will not come any more; one that moved to another day still does."""
    waited = {each.occurrence_id: each for each in before if each.waits}
    skipped = {each.occurrence_id for each in before if not each.waits}
    rules, after = _inviting(config, subject), invitations_of(config, subject, unit)
    for each in after:
        if not each.waits and each.occurrence_id not in skipped:
            say(rules[each.rule_id], each, each.reason or each.state.value, subject, unit)
    kept = {each.occurrence_id for each in after} | {each.rule_id for each in after if each.waits}
    for name, each in waited.items():
        if name not in kept and each.rule_id not in kept:
            say(rules[each.rule_id], each, State.CANCELLED.value, subject, unit)


def say_asked_too_late(
    config: FirmConfig, event: Event[Any], subject: Subject, unit: UnitOfWork
) -> None:
    """Another service asked for it, and no rule wants it any more: the matter goes on again."""
    if event.type not in ASKED_FOR or event.history or subject.client_id is None:
        return
    rules = {r.rule_id: r for r in config.playbooks.hearing(event.type) if r.send is not None}
    planned = [t for t in unit.find(TIMERS, "thread", subject.thread) if t.rule_id in rules]
    if not rules or planned:
        return
    first = next(iter(rules.values()))
    _announce(first, event.type, State.CANCELLED.value, unit.now, subject, unit)


def say(rule: Rule, timer: Occurrence, reason: str, subject: Subject, unit: UnitOfWork) -> None:
    """Say that this invitation will not come, for this reason."""
    if rule.announce is not None and timer.client_id is not None:
        _announce(rule, rule.announce.type, reason, timer.due_at, subject, unit)


def _announce(
    rule: Rule, invitation: str, reason: str, due_at: datetime, subject: Subject, unit: UnitOfWork
) -> None:
    if subject.client_id is None:
        return
    version = rule.version
    unit.announce(
        InvitationDropped(
            client_id=subject.client_id,
            matter_id=ids_of(subject, rule.on).get("matter_id"),
            invitation=invitation,
            rule_id=rule.rule_id,
            rule_version=version,
            reason=reason,
            due_at=due_at,
            why=Why(
                event_id=unit.cause.id,
                rule_id=rule.rule_id,
                rule_version=version,
                text=text_of(reason),
            ),
        )
    )


def _inviting(config: FirmConfig, subject: Subject) -> dict[str, Rule]:
    rules = config.playbooks.per(subject.thread.partition(":")[0])
    return {r.rule_id: r for r in rules if r.announce and r.announce.type in INVITATIONS}
