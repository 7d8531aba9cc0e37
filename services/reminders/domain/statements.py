"""What was a client last told about a thing, what stands now, and does it have to be said?

A statement is what a message told: the facts a rule names (when, where, of which kind), or that the
thing is off. The last message that went must say what stands; what it says already is not repeated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Fact, Standing, Statement, Subject
from services.reminders.domain.whole_days import day_said


@dataclass(frozen=True, slots=True)
class WantedStatement:
    """What has to be said now, by which template; ``anchor`` is its part of an identity."""

    statement: Statement
    fact: Fact
    template: str
    anchor: str

    def instant(self, anchors: Iterable[str]) -> datetime | None:
        """The moment it is about, by the first of these names that it states."""
        found = (self.statement.instants[name] for name in anchors
                 if name in self.statement.instants)  # fmt: skip
        return next((datetime.fromisoformat(text) for text in found), None)


def statement_of(names: Iterable[str], subject: Subject, fact: Fact) -> Statement:
    """What a message about this event states under these names."""
    words = subject.words(fact)
    said = {name: words[name] for name in names if name in words}
    instants = {n: _plain(v) for n, v in said.items() if isinstance(v, datetime)}
    values = {n: v for n, v in said.items() if not isinstance(v, datetime)}
    zone = words.get("timezone")
    return Statement(instants=instants, values=values, zone=zone if isinstance(zone, str) else None)


def wanted_statement(rule: Rule, subject: Subject) -> WantedStatement | None:
    """What this rule wants the client to be told now; None where the last word says it.

    Each statement follows the one before it: its identity holds what it says and the message it
    comes after, so nothing is said twice and a date may move away and back.
    """
    standing, fact = subject.standing(rule)
    told = subject.told
    if rule.tell is None or rule.send is None or fact is None or standing is Standing.UNARMED:
        return None
    if standing is Standing.ENDED:
        end = subject.latest(rule.until) or fact
        if told is None and fact.lay_ahead(rule.anchors) and not end.history:
            told = statement_of(rule.send.tells, subject, fact)  # whoever made it told the client
        if told is None or told.ended:
            return None
        return _wanted(replace(told, ended=True), end, rule.tell.ended, subject)
    stands = statement_of(rule.send.tells, subject, fact)
    if told is None:
        return _wanted(stands, fact, rule.send.template, subject)
    if told.says(stands):
        return None
    template = rule.tell.again if told.ended else rule.tell.changed
    return _wanted(stands, fact, template, subject)


def told_lately(rule: Rule, subject: Subject, now: datetime, apart: timedelta) -> bool:
    """Whether the client was told the very same only a short while ago."""
    told, fact = subject.told, subject.latest(rule.on)
    if told is None or told.at is None or fact is None or rule.send is None:
        return False
    return told.at + apart > now and told.says(statement_of(rule.send.tells, subject, fact))


def stated_by(rule: Rule, subject: Subject, contact_id: str) -> Statement | None:
    """What a message of this rule about this thing states now; None where it states nothing."""
    fact = subject.latest(rule.on)
    if rule.send is None or not rule.send.tells or fact is None:
        return None
    found = wanted_statement(rule, subject)
    if found is not None:
        return found.statement
    if rule.tell is not None and subject.told is not None and subject.told.contact_id == contact_id:
        return subject.told
    return statement_of(rule.send.tells, subject, fact)


def words_of(statement: Statement) -> dict[str, Any]:
    """What a statement said, for a message's text."""
    instants = {
        name: day_said(name, statement.values) or datetime.fromisoformat(text)
        for name, text in statement.instants.items()
    }
    zone = {"timezone": statement.zone} if statement.zone else {}
    return {**zone, **statement.values, **instants}


def _plain(instant: datetime) -> str:
    """One way to write an instant, however precisely it came."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")


def _wanted(statement: Statement, fact: Fact, template: str, subject: Subject) -> WantedStatement:
    told = subject.told
    after = f"{told.contact_id}/{told.number}" if told is not None else ""
    said = sorted({**statement.instants, **statement.values}.items())
    parts = (f"{name}={value}" for name, value in said)
    anchor = derived_id("told-", subject.thread, after, str(statement.ended), *parts)
    return WantedStatement(statement, fact, template, anchor)
