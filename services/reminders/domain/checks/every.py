"""Which rules are asked of a text, in which order?"""

from collections.abc import Callable, Iterable, Iterator

from services.reminders.domain.checks import (
    capitals,
    courtesy,
    jargon,
    language,
    preview,
    promises,
    reading_grade,
    required_clauses,
    salutation,
    signature,
    unfilled,
)
from services.reminders.domain.checks.finding import Finding, Reading

Rule = Callable[[Reading], Iterator[Finding]]
REFUSING: tuple[Rule, ...] = (
    required_clauses.look,
    unfilled.look,
    language.look,
    promises.look,
)
"""Those that may say that nothing goes."""

RULES: tuple[Rule, ...] = (
    *REFUSING,
    preview.look,
    salutation.look,
    signature.look,
    courtesy.look,
    capitals.look,
    jargon.look,
    reading_grade.look,
)
MOST = 60  # findings that anybody reads


def check(reading: Reading, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Everything noticed, what refuses first and then as it stands in the text."""
    found = [each for rule in rules for each in rule(reading)]
    found.sort(key=lambda each: (not each.refuses, each.start, each.end))
    return tuple(found[:MOST])


def refusing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those with which nothing goes."""
    return tuple(each for each in findings if each.refuses)


def rules_named(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Which rules found something, each once."""
    return tuple(dict.fromkeys(each.rule for each in findings))
