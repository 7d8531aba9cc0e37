"""Does a rule's ``when`` hold?

A condition asks for a field of the event, or for what is known now of the client or of the event's
matter. What is not known yet stands in nobody's way: it is asked again when the occurrence falls
due.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from services.reminders.domain.card import Card, Statement
from services.reminders.domain.playbook import Condition, Rule
from services.reminders.domain.subject import Fact, Subject, said_by

CLIENT = "client."
CLIENT_FIELDS = frozenset({"client.open-matter", "client.imported", "client.restricted"})
MATTER = "matter."
MATTER_FIELDS = frozenset({"matter.open", "matter.opened-since", "matter.reopened"})
KNOWN = (CLIENT, MATTER)  # of what is known now, not of what the event said


def holds(conditions: Iterable[Condition], fact: Fact, subject: Subject, card: Card | None) -> bool:
    """Whether all of these conditions hold."""
    return all(_holds(each, fact, subject, card) for each in conditions)


def speaks_to(rule: Rule, event_type: str, data: BaseModel) -> bool:
    """Whether an event arms or ends this rule by what it says itself.

    One that does not would stand in the place of the one that did.
    """
    own = [each for each in rule.when if not each.field.startswith(KNOWN)]
    if event_type in rule.until:
        own = list(rule.keep.fits(event_type)) if rule.keep is not None else []
    if not own:
        return True
    said = said_by(data)
    return all(_said(each, said) for each in own)


def decided_by_words(conditions: Iterable[Condition]) -> bool:
    """Whether what an event says decides some of these, whatever is known of client and matter."""
    parts = [each.any_of or (each,) for each in conditions]
    own = [[not each.field.startswith(KNOWN) for each in part] for part in parts]
    return any(map(all, own)) and all(all(part) or not any(part) for part in own)


def known_now(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Those of these that ask for what is known of client and matter, not for what was said."""
    return tuple(
        each
        for each in conditions
        if any(part.field.startswith(KNOWN) for part in each.any_of or (each,))
    )


def _said(condition: Condition, said: Mapping[str, Any]) -> bool:
    if condition.any_of:
        return any(_said(each, said) for each in condition.any_of)
    if condition.field.startswith(KNOWN):
        return True  # of what is known now
    return _fits(condition, said.get(condition.field))


def _holds(condition: Condition, fact: Fact, subject: Subject, card: Card | None) -> bool:
    if condition.any_of:
        return any(_holds(each, fact, subject, card) for each in condition.any_of)
    if condition.field.startswith(CLIENT):
        if card is None:
            return True
        value = _of_client(condition.field, card)
    elif condition.field.startswith(MATTER):
        said = card.matters.get(_matter_of(fact, subject)) if card is not None else None
        if said is None:
            return True
        value = _of_matter(condition.field, said, fact)
    else:
        value = subject.words(fact).get(condition.field)
    return _fits(condition, value)


def _matter_of(fact: Fact, subject: Subject) -> str:
    """The matter an event names; one that names none was heard for the matter it stands with."""
    name, _, value = subject.thread.partition(":")
    return str(fact.values.get("matter_id") or (value if name == "matter_id" else ""))


def _of_matter(field: str, said: Statement, fact: Fact) -> bool:
    if field == "matter.reopened":
        return said.yes and said.again
    return said.yes and (field == "matter.open" or said.stamp > fact.stamp)


def _fits(condition: Condition, value: Any) -> bool:
    if condition.present is not None:
        return (value is not None) is condition.present
    return (value in condition.values) is not condition.other


def _of_client(field: str, card: Card) -> Any:
    if field == "client.open-matter":
        return bool(card.open_matters)
    return card.imported if field == "client.imported" else card.held_up
