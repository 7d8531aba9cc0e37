"""Something serious happens: what is its state, who has done what, and who is accounted for?

An incident follows one plan, as it stood when it was declared, and keeps one log. What people
write into it is private; what was done, by whom and when, is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from services.desk.domain.incident_plans import Plan
from services.desk.domain.staff import StaffMember, may_lead
from services.desk.domain.walls import NotAllowedError
from shared.calendar import FirmCalendar
from shared.contracts.incidents import IncidentKind
from shared.errors import RuleError

FIRM = "firm"
Standing = Literal["open", "done", "not-needed", "left-open"]
Status = Literal["safe", "needs-help"]


class UnknownIncidentError(RuleError):
    """There is no incident of this id."""

    def __init__(self) -> None:
        super().__init__("There is no such incident.", code="unknown-incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the law gives for a step, and who says so."""

    due_at: datetime
    source: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the plan of this incident."""

    name: str
    do: str
    role: str
    due_at: datetime
    clock: Clock | None = None
    state: Standing = "open"
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log."""

    at: datetime
    by: str | None
    what: str  # declared, step-done, step-not-needed, accounted, note, statement, …
    about: str = ""  # the step, or the person
    words: str = ""  # what somebody wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounted:
    """What is known of one person of the firm."""

    status: Status
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident, or the rehearsal of one."""

    incident_id: str
    kind: IncidentKind
    label: str
    scope: str
    spokesperson_id: str
    by: str
    declared_at: datetime
    detected_at: datetime
    rehearsal: bool = False
    incident_ref: str | None = None
    freeze_classes: tuple[str, ...] = ()
    lists_clients: bool = False
    steps: tuple[Step, ...] = ()
    called: tuple[str, ...] = ()  # everybody who is asked whether they are safe
    accounted: dict[str, Accounted] = field(default_factory=dict)
    state: Literal["open", "resolved"] = "open"
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    log: tuple[Line, ...] = ()  # sealed
    statement: dict[str, str] = field(default_factory=dict)  # sealed, by language

    @property
    def title(self) -> str:
        """What it is called, and that it is a rehearsal where it is one."""
        return f"Rehearsal: {self.label}" if self.rehearsal else self.label

    def step(self, name: str) -> Step | None:
        """The step of this name."""
        return next((each for each in self.steps if each.name == name), None)

    @property
    def unanswered(self) -> list[str]:
        """Whoever was asked and of whom nothing is known yet."""
        return [each for each in self.called if each not in self.accounted]

    def leads(self, person: StaffMember) -> bool:
        """Whether this person speaks for it and ends it: its spokesperson, or a partner."""
        return person.staff_id == self.spokesperson_id or person.has("partner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What is said when an incident is declared."""

    kind: IncidentKind
    by: str
    spokesperson_id: str
    at: datetime
    detected_at: datetime
    scope: str = FIRM
    rehearsal: bool = False
    incident_ref: str | None = None


def incident_id_for(cause: str) -> str:
    """The id of the incident this declares; declared twice for one cause it is one."""
    return f"i-{sha256(cause.encode()).hexdigest()[:20]}"


def begun(
    incident_id: str,
    said: Declared,
    plan: Plan,
    staff: Iterable[StaffMember],
    calendar: FirmCalendar,
) -> Incident:
    """The incident at its beginning: everything its plan says, with instants."""
    people = sorted(each.staff_id for each in staff if each.active)
    return Incident(
        incident_id=incident_id,
        kind=said.kind,
        label=plan.label,
        scope=said.scope,
        spokesperson_id=said.spokesperson_id,
        by=said.by,
        declared_at=said.at,
        detected_at=said.detected_at,
        rehearsal=said.rehearsal,
        incident_ref=said.incident_ref,
        freeze_classes=() if said.rehearsal else plan.freeze,
        lists_clients=plan.lists_clients,
        steps=tuple(_steps(plan, said, calendar)),
        called=tuple(people) if plan.roll_call is not None else (),
        log=(Line(at=said.at, by=said.by, what="declared"),),
        statement=dict(plan.statement),
    )


def _steps(plan: Plan, said: Declared, calendar: FirmCalendar) -> Iterable[Step]:
    for name, each in plan.steps.items():
        due_at, clock = each.within.after(said.at, calendar), None
        if each.clock is not None:
            ends = each.clock.within.after(said.detected_at, calendar)
            clock = Clock(due_at=ends, source=each.clock.source, edition=each.clock.edition)
            due_at = min(due_at, ends)
        yield Step(name=name, do=each.do, role=each.role, due_at=due_at, clock=clock)


def check_spokesperson(person: StaffMember | None) -> None:
    """Refuse whoever may not speak for the firm."""
    if person is None or not person.active or not may_lead(person):
        raise RuleError(
            "Name a lawyer or a partner who works here.",
            code="unknown-staff",
            field="spokesperson_id",
        )


def check_open(incident: Incident) -> None:
    """Refuse what changes an incident that is over."""
    if incident.state != "open":
        raise RuleError("This incident is over.", code="not-open")


def check_leads(incident: Incident, person: StaffMember) -> None:
    """Refuse whoever neither speaks for it nor is a partner."""
    if not incident.leads(person):
        raise NotAllowedError("Only its spokesperson or a partner may do this.", code="wrong-role")


def check_declares(person: StaffMember) -> None:
    """Refuse whoever may not declare an incident."""
    if not may_lead(person):
        raise NotAllowedError("Incidents are declared by: lawyer, partner.", code="wrong-role")


def settled_step(
    before: Incident, name: str, state: Standing, by: str, at: datetime, words: str
) -> Incident:
    """After somebody did a step, or found that it is not needed."""
    steps = tuple(
        replace(each, state=state, by=by, at=at) if each.name == name else each
        for each in before.steps
    )
    line = Line(at=at, by=by, what=f"step-{state}", about=name, words=words)
    return replace(before, steps=steps, log=(*before.log, line))


def accounted(
    before: Incident, staff_id: str, status: Status, by: str, at: datetime, words: str
) -> Incident:
    """After it was said how somebody is; the newest word holds."""
    known = {**before.accounted, staff_id: Accounted(status=status, by=by, at=at)}
    line = Line(at=at, by=by, what=status, about=staff_id, words=words)
    return replace(before, accounted=known, log=(*before.log, line))


def noted(
    before: Incident, what: str, by: str | None, at: datetime, words: str, about: str = ""
) -> Incident:
    """After something was written into the log."""
    line = Line(at=at, by=by, what=what, about=about, words=words)
    return replace(before, log=(*before.log, line))


def running_duties(incident: Incident) -> list[Step]:
    """Steps the law gives a time for, and of which nobody has said what became of them."""
    return [each for each in incident.steps if each.clock is not None and each.state == "open"]


def resolved(before: Incident, by: str, at: datetime, words: str) -> Incident:
    """After it is over. What the law demands is settled first; any other step is left open."""
    running = running_duties(before)
    if running:
        names = ", ".join(each.name.replace("-", " ") for each in running)
        raise RuleError(
            f"First settle what the law gives a time for: {names}. Do it, or say why it is not"
            " needed.",
            code="duty-open",
        )
    steps = tuple(
        replace(each, state="left-open") if each.state == "open" else each for each in before.steps
    )
    line = Line(at=at, by=by, what="resolved", words=words)
    return replace(
        before, state="resolved", resolved_by=by, resolved_at=at, steps=steps,
        log=(*before.log, line),
    )  # fmt: skip
