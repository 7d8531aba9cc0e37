"""A playbook goes into force: is it allowed to say what it says?

A published version never changes. Who changes a rule raises its version; occurrences planned by an
earlier version keep to it.
"""

from collections.abc import Iterable, Iterator

from services.reminders.domain.playbook import PublishedRule, Rule
from services.reminders.domain.playbook_changes import raise_version
from services.reminders.ports import EVERY, RULES
from shared.errors import ClienteleError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork


class ChangedRuleError(ClienteleError):
    """A rule says something else than its published version; raise its version."""


def needs_of_publishing(rules: Iterable[PublishedRule]) -> Iterator[Need]:
    """Every version published before, and these."""
    yield RULES.by("all", EVERY)
    for each in rules:
        yield RULES.one(each.rule.key)


def publish(rules: Iterable[PublishedRule], unit: UnitOfWork) -> tuple[Rule, ...]:
    """Keep what is new; every version there is. Raises ChangedRuleError where one was changed."""
    for each in rules:
        known = unit.get(RULES, each.rule.key)
        if known is None:
            unit.put(RULES, each)
        elif known.fingerprint != each.fingerprint:
            raise ChangedRuleError(
                f"The rule {each.rule.rule_id} of playbook {each.rule.playbook} was changed, but "
                f"version {each.rule.version} of it is in force already. Write "
                f"{raise_version(each.rule.version)} beside it."
            )
    return tuple(each.rule for each in unit.find(RULES, "all", EVERY))
