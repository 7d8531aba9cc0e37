"""What do the API's answers look like? Other tools are built against these shapes.

A field without a value is left out. Fields are added, never changed or taken away.
"""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from services.desk.domain.listed_task import ShownState
from shared.contracts.fields import Instant

T = TypeVar("T")


class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(from_attributes=True)


class Items(Shape, Generic[T]):
    """A page of a list; ``next`` is there as long as more may follow."""

    items: list[T]
    next: str | None = None


class AboutShape(Shape):
    """The ids a task is about."""

    client_id: str | None = None
    matter_id: str | None = None
    review_id: str | None = None
    inquiry_id: str | None = None
    appointment_id: str | None = None
    invoice_id: str | None = None
    request_id: str | None = None
    incident_id: str | None = None
    incident_ref: str | None = None
    complaint_id: str | None = None
    concern_id: str | None = None


class WhyShape(Shape):
    """Why something is there: an event, the rule applied, both in words."""

    event_id: str
    rule_id: str | None = None
    rule_version: int | None = None
    text: str


class FieldShape(Shape):
    """One field of a task: shown (kind ``display``) or filled in."""

    name: str
    label: str
    kind: str
    required: bool
    required_for: list[str]
    value: Any = None
    choices: list[str] | None = None
    only_for: list[str] | None = None  # may be filled in for these decisions, and left out


class DecisionShape(Shape):
    """One way in which the person asking may decide the task."""

    name: str
    label: str


class FirstShape(Shape):
    """What one person said of a decision that counts once a second one has said the same.

    ``decision_id`` and ``fields`` are left out where what they wrote is kept no more: then it is
    decided anew.
    """

    decision: str
    label: str
    by: str
    at: Instant
    decision_id: str | None = None
    fields: dict[str, Any] | None = None


class HappeningShape(Shape):
    """One line of a task's history."""

    at: Instant
    kind: str
    text: str
    by: str | None = None
    note: str | None = None
    given: dict[str, str] | None = None
    """What was filled in with a decision, by the names of its fields."""


class TaskShape(Shape):
    """One task, as the person asking sees it."""

    task_id: str
    kind: str
    title: str
    about: AboutShape
    why: WhyShape | None = None
    due_at: Instant | None = None
    priority: str
    role: str
    owner_id: str | None = None
    state: ShownState
    version: int
    snoozed_until: Instant | None = None
    escalation: int
    escalated_to: str | None = None
    fields: list[FieldShape]
    decisions: list[DecisionShape]
    deciders: dict[str, list[str]] | None = None
    """Of decisions that fewer make than may deal with the task: in which roles."""
    second: list[str] | None = None
    """Decisions that count once two people have said the same."""
    decided_first: FirstShape | None = None
    history: list[HappeningShape]
    details_unavailable: bool | None = None
    """The owner is away: fields come without values for now."""
    details_withheld: str | None = None
    """Why the person asking is not shown the values."""


class GateShape(Shape):
    """One question asked before a contact, and its answer."""

    gate: str
    verdict: str
    reason: str | None = None


class EntryShape(Shape):
    """One line of a client's timeline: a contact made or not made, or anything else."""

    entry_id: str
    at: Instant
    kind: str
    text: str
    why: WhyShape
    gates: list[GateShape]
    outcome: str
    matter_id: str | None = None
    task_id: str | None = None


class ClientShape(Shape):
    """A client's card."""

    client_id: str
    name: str | None = None


class AccessShape(Shape):
    """Somebody looked, or a wall kept them away: refused, or left out of what they searched."""

    access_id: str
    staff_id: str
    at: Instant
    subject: str
    way: str
    outcome: Literal["refused", "left-out", "opened"]


class FoundMatterShape(Shape):
    """A matter of a client who was found, or the one that was."""

    matter_id: str
    practice_area: str | None = None
    owner_id: str | None = None
    state: str


class HitShape(Shape):
    """One client, inquiry, matter or party, and by what it was found."""

    kind: str
    by: str
    name: str | None = None
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    role: str | None = None
    matters: list[FoundMatterShape] = []


class SearchShape(Shape):
    """What was found; ``away``: only by names and tasks, for intake did not answer."""

    clients: list[HitShape] = []
    inquiries: list[HitShape] = []
    matters: list[HitShape] = []
    parties: list[HitShape] = []
    tasks: list[TaskShape] = []
    recent: list[HitShape] = []
    more: bool | None = None
    away: bool | None = None


class WallShape(Shape):
    """A wall around the client or one of their matters, and whom it keeps away."""

    restriction_id: str
    matter_id: str | None = None
    staff_ids: list[str]
    since: str | None = None


class ClearanceShape(Shape):
    """How a client's own conflict checks stand, and of when that is."""

    client_id: str
    state: Literal["clear", "pending", "declined", "walled", "unchecked"]
    checked_at: str | None = None
    known_entries: int | None = None
    walls: list[WallShape] | None = None


class StaffShape(Shape):
    """One person of the firm."""

    staff_id: str
    roles: list[str]
    active: bool
