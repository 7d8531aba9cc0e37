"""Of several events of one type only some end what is owed: which of them are kept?

A subject keeps the latest event of each type. Where a rule asks what an event has to say
(``met-when``), one that does not say it may come first and stand in the place of one that does:
another rule of the same thing listens to it. For such rules the first and the latest event that
said it are kept beside, so that what they end does not depend on the order in which all was heard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.reminders.domain.conditions import decided_by_words, speaks_to
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Fact, Subject, fact_of

FIRST, LATEST = "first", "latest"


def with_kept_ends(
    subject: Subject, event: Any, rules: Iterable[Rule], heard_at: datetime | None = None
) -> Subject:
    """The subject with this event kept for each of these rules that it ends by what it says."""
    ends = dict(subject.ends)
    for rule in rules:
        if asks_what_is_said(rule, event.type) and speaks_to(rule, event.type, event.data):
            fact, _ = fact_of(event, heard_at)
            first, latest = _name(rule, event.type, FIRST), _name(rule, event.type, LATEST)
            if first not in ends or fact.stamp < ends[first].stamp:
                ends[first] = fact
            if latest not in ends or fact.stamp > ends[latest].stamp:
                ends[latest] = fact
    return replace(subject, ends=ends) if ends != subject.ends else subject


def kept_ends(rule: Rule, subject: Subject) -> Iterator[Fact]:
    """The events that were kept for this rule."""
    for event_type in rule.until:
        for which in (FIRST, LATEST):
            fact = subject.ends.get(_name(rule, event_type, which))
            if fact is not None:
                yield fact


def asks_what_is_said(rule: Rule, event_type: str) -> bool:
    """Whether an event of this type ends the rule only by what it says."""
    if rule.keep is None or event_type not in rule.until:
        return False
    return decided_by_words(rule.keep.fits(event_type))


def _name(rule: Rule, event_type: str, which: str) -> str:
    """Another version of the rule may ask for something else."""
    return f"{rule.rule_id} {rule.version} {event_type} {which}"
