"""How does a task look to the person asking?

Whoever may not deal with it is shown nothing. The values of its fields are freshly read from its
owner, who may withhold them; and there are only the decisions that person may take.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.desk.api.desk import Desk
from services.desk.api.refusals import note_opened
from services.desk.api.shapes import (
    AboutShape,
    DecisionShape,
    FieldShape,
    FirstShape,
    HappeningShape,
    TaskShape,
    WhyShape,
)
from services.desk.domain.held_decisions import HeldDecision, said_first
from services.desk.domain.holding import (
    check_allowed,
    deciders_of,
    may_decide,
    may_make,
    roles_for,
)
from services.desk.domain.labels import decision_label
from services.desk.domain.listed_task import Happening, ListedTask
from services.desk.domain.notes import Note
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from services.desk.ports.held_decisions import HELD
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED
from services.desk.workflow.holding import seen_task
from shared.contracts.task_kind import Field
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import TemporaryError


@dataclass(frozen=True, slots=True)
class Details:
    """What an event may not carry: values from the owner, notes from sealed documents."""

    values: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    unavailable: bool = False
    withheld: str | None = None
    waits: HeldDecision | None = None  # what the first of two said, with its words


OPEN_DECISIONS, NOT_ASKED = "open_decisions", "not_asked"  # an owner's word beside the values
NONE = Details()


async def full_task(desk: Desk, task_id: str, person: StaffMember) -> TaskShape:
    """The task with all its details; refused to whoever may not deal with it."""
    return (await row_and_task(desk, task_id, person))[1]


async def row_and_task(
    desk: Desk, task_id: str, person: StaffMember
) -> tuple[ListedTask, TaskShape]:
    """The task as it is listed and with all its details, both of one moment."""
    unit = await desk.runtime.look(
        lambda _: [LISTED.one(task_id), NOTES.by("task", task_id), HELD.by("task", task_id)]
    )
    task = seen_task(unit, task_id)
    check_allowed(task, person)
    notes = {note.note_id: note for note in unit.find(NOTES, "task", task_id)}
    details = await _details(desk, task, person, notes)
    if details.withheld is None:
        waits = said_first(unit.find(HELD, "task", task_id), task.first)
        details = replace(details, waits=waits)
    await note_opened(desk, person, task.about, "GET /tasks/{task_id}")
    return task, show_task(task, person, unit.now, details)


async def listed_task(desk: Desk, task_id: str) -> ListedTask:
    """The task as it is listed, for whoever was let in already."""
    unit = await desk.runtime.look(lambda _: [LISTED.one(task_id)])
    return seen_task(unit, task_id)


def show_task(
    task: ListedTask, person: StaffMember, now: datetime, details: Details = NONE
) -> TaskShape:
    """The task as far as these details go."""
    return TaskShape(
        task_id=task.task_id,
        kind=task.kind,
        title=task.title,
        about=AboutShape(**task.about),
        why=WhyShape.model_validate(task.why) if task.why else None,
        due_at=task.due_at,
        priority=task.priority,
        role=task.role,
        owner_id=task.owner_id,
        state=task.shown_state(now),
        version=task.version,
        snoozed_until=task.snoozed_until,
        escalation=task.escalated(now),
        escalated_to=task.escalated_to if task.is_overdue(now) else None,
        fields=_fields(task, details.values),
        decisions=[] if details.withheld else _decisions(task, person, details.values),
        deciders=_single(task) or None,
        second=list(task.second) or None,
        decided_first=_first(task, details.waits),
        history=[_happening(each, details.notes) for each in task.history],
        details_unavailable=details.unavailable or None,
        details_withheld=details.withheld,
    )


async def _details(
    desk: Desk, task: ListedTask, person: StaffMember, notes: Mapping[str, Note]
) -> Details:
    try:
        values = await desk.owners.values(task.service, task.task_id, person)
    except TemporaryError:
        return Details(notes=notes, unavailable=True)
    if isinstance(values, Refused):
        return Details(withheld=values.message)
    return Details(values, notes)


def _fields(task: ListedTask, values: Mapping[str, Any]) -> list[FieldShape]:
    kind = TASK_KINDS.get(task.kind)
    every = set(kind.decision_names()) if kind else set()
    return [
        FieldShape(
            name=each.name,
            label=each.label,
            kind=each.kind,
            required=bool(every) and every.issubset(each.required_for),
            required_for=list(each.required_for),
            value=values.get(each.name),
            choices=list(each.choices) or None,
            only_for=list(each.only_for) or None,
        )
        for each in _known_fields(task)
        if each.name not in (values.get(NOT_ASKED) or ())
    ]


def _known_fields(task: ListedTask) -> tuple[Field, ...]:
    kind = TASK_KINDS.get(task.kind)
    return kind.fields if kind else ()


def _decisions(
    task: ListedTask, person: StaffMember, values: Mapping[str, Any]
) -> list[DecisionShape]:
    """Those of its kind; where its owner names those that make sense now, these, as it orders."""
    kind = TASK_KINDS.get(task.kind)
    open = task.state == "open" and task.held_back is None
    if kind is None or not open or not may_decide(task, person):
        return []
    labels = {each.name: each.label for each in kind.decisions}
    named = [each for each in values.get(OPEN_DECISIONS) or labels if each in labels]
    mine = [name for name in named if may_make(task, name, person)]
    return [DecisionShape(name=name, label=labels[name]) for name in mine]


def _single(task: ListedTask) -> dict[str, list[str]]:
    """Who makes each decision that fewer make than deal with the task."""
    kind = TASK_KINDS.get(task.kind)
    found = {each: deciders_of(task, each) for each in kind.decision_names()} if kind else {}
    return {each: list(who) for each, who in found.items() if set(who) != set(roles_for(task))}


def _first(task: ListedTask, waits: HeldDecision | None) -> FirstShape | None:
    first = task.first
    if first is None or task.state != "open":
        return None
    return FirstShape(
        decision=first.decision,
        label=decision_label(task.kind, first.decision),
        by=first.by,
        at=first.at,
        decision_id=waits.decision_id if waits else None,
        fields=json.loads(waits.fields) if waits else None,
    )


def _happening(happening: Happening, notes: Mapping[str, Note]) -> HappeningShape:
    note = notes.get(happening.id)
    return HappeningShape(
        at=happening.at,
        kind=happening.kind,
        text=happening.text,
        by=happening.by,
        note=note.text or None if note else None,
        given=note.given or None if note else None,
    )
