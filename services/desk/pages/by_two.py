"""How does a task's page show who decides what, and what waits for a second person?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.desk.api.decisions import DecisionBody
from services.desk.api.problems import ProblemError
from services.desk.api.shapes import FieldShape, TaskShape
from services.desk.pages.hit_verdicts import EACH_HIT
from services.desk.pages.language import _, retold
from services.desk.pages.rule_words import said
from services.desk.pages.words import ROLES
from shared.contracts.task_kinds import TASK_KINDS

SAME_AS = "same_as"  # in the form: the decision of the first that the second agrees to


@dataclass(frozen=True, slots=True)
class Waits:
    """What one person decided, for the one who is to agree."""

    decision_id: str  # empty: what they wrote is kept no more, or this person may not agree
    decision: str
    who: str
    mine: bool
    what: str
    words: tuple[tuple[str, str], ...]  # what they filled in, by the label of each field
    lost: bool


def waits_of(task: TaskShape, me: str, names: Mapping[str, str]) -> Waits | None:
    """What waits for a second person, where anything does."""
    first = task.decided_first
    if first is None:
        return None
    mine = first.by == me
    allowed = first.decision in {each.name for each in task.decisions} and not mine
    return Waits(
        decision_id=(first.decision_id or "") if allowed else "",
        decision=first.decision,
        who=names.get(first.by, first.by),
        mine=mine,
        what=retold(first.label),
        words=tuple(_words(task, first.fields or {})),
        lost=first.fields is None,
    )


def agreed(task: TaskShape, typed: Mapping[str, str]) -> DecisionBody | None:
    """What the second person says: exactly what the first did; None: they say something of their
    own. ProblemError where that waits no more.
    """
    wanted = typed.get(SAME_AS)
    if not wanted:
        return None
    first = task.decided_first
    if first is None or first.fields is None or first.decision_id != wanted:
        raise ProblemError(409, _("What you agreed to waits no more."), code="stale-version")
    version = int(typed.get("version", "") or 0)
    return DecisionBody(decision=first.decision, fields=first.fields, version=version)


def for_others(task: TaskShape) -> list[tuple[str, str]]:
    """The decisions that this person may not make, and in which roles others do."""
    if not task.deciders or not task.decisions:
        return []
    mine, kind = {each.name for each in task.decisions}, TASK_KINDS.get(task.kind)
    labels = {each.name: retold(each.label) for each in kind.decisions} if kind else {}
    return [
        (labels[name], ", ".join(ROLES.get(role, role) for role in roles))
        for name, roles in task.deciders.items()
        if name in labels and name not in mine
    ]


def _words(task: TaskShape, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    shown = [(each, fields.get(each.name)) for each in task.fields]
    return [(retold(each.label), _said(each, value)) for each, value in shown if value is not None]


def _said(field: FieldShape, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.kind == EACH_HIT and isinstance(value, dict):
        parts = (_verdict(each) for each in value.values() if isinstance(each, dict))
        return "\n".join(parts)
    return said(str(value)) if field.kind == "choice" else str(value)


def _verdict(said_of: Mapping[str, Any]) -> str:
    grounds, words = said_of.get("grounds"), said_of.get("words")
    return ": ".join(each for each in (grounds and said(str(grounds)), words) if each)
