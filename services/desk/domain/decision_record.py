"""What does a decision leave behind for whoever reads of it a year later?

What was written for colleagues, and of what else was filled in whatever the owner of the task does
not keep itself. Both stay sealed with the task.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.task_kinds import TASK_KINDS

WORDS = ("reason", "note")


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What somebody wrote with a decision, and what they filled in, by the names of its fields."""

    words: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words or self.given)


def record_of(kind: str, decision: str, fields: Mapping[str, Any]) -> DecisionRecord:
    """What is kept of these fields of a decision on a task of this kind."""
    said = (_text(fields.get(name)) for name in WORDS)
    return DecisionRecord(
        "\n\n".join(each for each in said if each), _given(kind, decision, fields)
    )


def _given(kind: str, decision: str, fields: Mapping[str, Any]) -> dict[str, str]:
    known = TASK_KINDS.get(kind)
    recorded = [
        each.name
        for each in (known.fields if known else ())
        if each.recorded and decision in (*each.required_for, *each.only_for)
    ]
    return {name: text for name in recorded if (text := _text(fields.get(name)))}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()
