"""What in a client's words would tell more than a firm may publish, even where the client agrees?

The guard's phrases, read for another purpose: that somebody was a client is what a testimonial
says, so it is no finding. What points to facts of a matter or to how it ended (others would read a
promise in it) is weighed by a lawyer; an address, a number or a link never goes.
"""

from collections.abc import Iterator
from typing import Final

from services.reputation.domain.finding import Finding
from services.reputation.domain.guard import RULES
from services.reputation.domain.guard_rules import IN_EVERY_LANGUAGE, GuardRule
from services.reputation.domain.language import language_of
from services.reputation.domain.plain_text import PlainText, folded
from services.reputation.domain.repeated_facts import TITLED

WORDING: Final[dict[str, str]] = {
    "contact-data": "an e-mail address, a phone number or a link: leave it out",
    "fact-date": "a date: it may point to the matter",
    "fact-amount": "money: it may point to the matter, or promise as much to others",
    "fact-court": "a court or proceedings: they are confidential, even where others know",
    "fact-outcome": "how something ended: others read a promise in it",
    "fact-subject": "what the matter was about",
    "fact-reference": "a number: it may be that of a matter",
    "incentive": "something in return: say nothing of it, and publish nothing given for it",
    "threat": "something that reads as a threat",
    "name": "somebody is named: they have agreed to nothing",
    "language": "no rule reads this language",
}
REFUSED: Final = frozenset({"contact-data"})


def noticed_in(text: str) -> tuple[Finding, ...]:
    """Everything noticed, in the order of the text; none: whoever proposes it may do so."""
    plain, language = folded(text), language_of(text)
    found = set(_phrases(plain, (*IN_EVERY_LANGUAGE, *RULES.get(language, _every()))))
    found.update(_names(plain))
    if language not in RULES:
        found.add(_finding("language", 0, len(text)))
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.rule)))


def _every() -> tuple[GuardRule, ...]:
    return tuple(rule for rules in RULES.values() for rule in rules)


def _phrases(plain: PlainText, rules: tuple[GuardRule, ...]) -> Iterator[Finding]:
    for rule in rules:
        if rule.rule not in WORDING:
            continue
        for pattern in (*rule.plain, *rule.hints):
            for match in pattern.finditer(plain.text):
                yield _finding(rule.rule, *plain.span(match.start(), match.end()))


def _names(plain: PlainText) -> Iterator[Finding]:
    for match in TITLED.finditer(plain.text):
        yield _finding("name", *plain.span(match.start(1), match.end(1)))


def _finding(rule: str, start: int, end: int) -> Finding:
    return Finding(rule=rule, start=start, end=end, message=WORDING[rule], refuses=rule in REFUSED)
