"""Which words may a playbook use?

Event types and their fields, the events it may announce, the messages that exist, the kinds of
task, the links other services make.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from pydantic import BaseModel

from services.reminders.domain.playbook import HAPPENED

COMPUTED = frozenset({"at", "rule_id", "rule_version", "days", "about"})
"""Fields of an announced event that the machine fills in itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """The fields of one event type."""

    fields: frozenset[str]
    instants: frozenset[str]
    required: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything a playbook can refer to."""

    events: Mapping[str, EventWords]
    announceable: frozenset[str]
    messages: frozenset[str]
    task_kinds: Mapping[str, frozenset[str]]  # kind → roles
    links: frozenset[str]
    letters: frozenset[str] = frozenset()  # that a person approves before they go

    def shared_fields(self, types: Iterable[str]) -> frozenset[str]:
        """The fields that all of these event types have."""
        return _in_all(self.events[each].fields for each in types)

    def shared_instants(self, types: Iterable[str]) -> frozenset[str]:
        """The instants that all of these event types have; each has its own time."""
        return _in_all(self.events[each].instants | {HAPPENED} for each in types)


def words_of(classes: Mapping[str, type[BaseModel]]) -> dict[str, EventWords]:
    """The fields of each event type, read off its contract."""
    return {name: _words(each) for name, each in classes.items()}


def _words(contract: type[BaseModel]) -> EventWords:
    fields = contract.model_fields
    return EventWords(
        fields=frozenset(fields),
        instants=frozenset(
            name
            for name, f in fields.items()
            if _is_instant(f.annotation) or name in getattr(contract, "DAYS", ())
        ),
        required=frozenset(name for name, f in fields.items() if f.is_required()),
    )


def _is_instant(annotation: Any) -> bool:
    """Also one that an event may lack: a rule that goes by it plans nothing then."""
    return annotation is datetime or any(_is_instant(each) for each in get_args(annotation))


def _in_all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    each = list(sets)
    return frozenset.intersection(*each) if each else frozenset()
