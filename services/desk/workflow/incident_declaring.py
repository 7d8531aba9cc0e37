"""Somebody declares an incident: what begins?

Its plan: steps become tasks, everybody is asked whether they are safe where the plan says so, and
asks and newsletters wait. In a rehearsal the same tasks are opened; nothing waits, and no duty of
the law begins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from services.desk.domain.incident_plans import Plan, Plans
from services.desk.domain.incidents import (
    FIRM,
    Declared,
    Incident,
    Step,
    begun,
    check_spokesperson,
    incident_id_for,
)
from services.desk.domain.locations import Names
from services.desk.domain.staff import ROLES, StaffMember
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.staff import STAFF
from shared.calendar import FirmCalendar
from shared.contracts.incident_task_kinds import INCIDENT_STEP, ROLL_CALL
from shared.contracts.incidents import DataBreachDetected, IncidentDeclared, IncidentKind
from shared.contracts.restrictions import RestrictionPlaced
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Why, open_task

OPEN = "open"
BY_HAND = "not-said"  # the severity of a breach somebody declared at the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentConfig:
    """What the firm has settled for all incidents."""

    plans: Plans
    calendar: FirmCalendar
    locations: Names = field(default_factory=dict)  # what the firm calls where reviews stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person declares."""

    kind: IncidentKind
    by: StaffMember
    spokesperson_id: str | None = None  # None: whoever declares it
    rehearsal: bool = False
    scope: str = FIRM
    detected_at: datetime | None = None  # None: now
    incident_ref: str | None = None
    cause: str = ""  # what it is declared for; empty: the request itself


def declare(config: IncidentConfig, asked: Asked) -> Callable[[UnitOfWork], Incident]:
    """Declare an incident; the same request, made again, declares one."""
    return lambda unit: begin(config, asked, unit)


def declare_needs(asked: Asked, id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """What there is already, and everybody who works here."""
    return lambda _unit: needs_of_beginning(asked, id)


def needs_of_beginning(asked: Asked, cause: str) -> Iterable[Need]:
    """The same, within another step."""
    yield INCIDENTS.one(incident_id_for(asked.cause or cause))
    yield INCIDENTS.by("state", OPEN)
    yield from (STAFF.by("role", role) for role in ROLES)
    if asked.spokesperson_id is not None:
        yield STAFF.one(asked.spokesperson_id)


def begin(config: IncidentConfig, asked: Asked, unit: UnitOfWork) -> Incident:
    """The incident begins: it is kept, announced, and its tasks are opened."""
    incident_id = incident_id_for(asked.cause or unit.cause.id)
    known = unit.get(INCIDENTS, incident_id)
    if known is not None:
        return known
    plan = config.plans[asked.kind]
    said = _said(asked, incident_id, unit)
    _check_one_of_a_kind(said, unit)
    staff = {each.staff_id: each for role in ROLES for each in unit.find(STAFF, "role", role)}
    incident = begun(incident_id, said, plan, staff.values(), config.calendar)
    unit.put(INCIDENTS, incident)
    _announce(incident, asked, unit)
    _open_tasks(incident, plan, config.calendar, unit)
    return incident


def step_occasion(step: Step) -> str:
    """What tells the task of one step from that of another of the same incident."""
    return step.name


def title_of(incident: Incident, words: str) -> str:
    """A task's title; of a rehearsal it says so."""
    return f"Rehearsal: {words}" if incident.rehearsal else words


def because(incident: Incident, unit: UnitOfWork) -> Why:
    """Why anybody is asked."""
    kind = "A rehearsal" if incident.rehearsal else "An incident"
    return Why(
        event_id=unit.cause.id,
        rule_id=f"incidents/{incident.kind}",
        text=f"{kind} was declared: {incident.label}.",
    )


def _said(asked: Asked, incident_id: str, unit: UnitOfWork) -> Declared:
    spokesperson_id = asked.spokesperson_id or asked.by.staff_id
    own = spokesperson_id == asked.by.staff_id
    check_spokesperson(asked.by if own else unit.get(STAFF, spokesperson_id))
    detected_at = asked.detected_at or unit.now
    if detected_at > unit.now:
        raise RuleError("This lies ahead.", code="ahead", field="detected_at")
    ref = asked.incident_ref
    if asked.kind == "data-breach" and not asked.rehearsal:
        ref = ref or incident_id
    return Declared(
        kind=asked.kind,
        by=asked.by.staff_id,
        spokesperson_id=spokesperson_id,
        at=unit.now,
        detected_at=detected_at,
        scope=asked.scope,
        rehearsal=asked.rehearsal,
        incident_ref=ref,
    )


def _check_one_of_a_kind(said: Declared, unit: UnitOfWork) -> None:
    """One plan and one log: what is going on is not declared a second time."""
    for each in unit.find(INCIDENTS, "state", OPEN):
        same = (each.kind, each.scope, each.rehearsal) == (said.kind, said.scope, said.rehearsal)
        if same and each.incident_ref == said.incident_ref:
            raise RuleError(
                f"This is declared already, as {each.incident_id}.", code="declared", field="kind"
            )


def _announce(incident: Incident, asked: Asked, unit: UnitOfWork) -> None:
    unit.announce(
        IncidentDeclared(
            incident_id=incident.incident_id,
            kind=incident.kind,
            scope=incident.scope,
            freeze_classes=incident.freeze_classes,
            spokesperson_id=incident.spokesperson_id,
            by=incident.by,
            incident_ref=incident.incident_ref,
            rehearsal=incident.rehearsal or None,
            at=unit.now,
        )
    )
    if incident.freeze_classes:
        unit.announce(
            RestrictionPlaced(
                restriction_id=incident.incident_id,
                kind="freeze",
                scope="firm",
                effect="wait",
                classes=incident.freeze_classes,
                by=incident.by,
                at=unit.now,
            )
        )
    if incident.incident_ref is not None and asked.incident_ref is None:
        unit.announce(
            DataBreachDetected(
                incident_ref=incident.incident_ref,
                detected_at=incident.detected_at,
                severity=BY_HAND,
            )
        )


def _open_tasks(incident: Incident, plan: Plan, calendar: FirmCalendar, unit: UnitOfWork) -> None:
    why, about = because(incident, unit), About(incident_id=incident.incident_id)
    for step in incident.steps:
        open_task(
            unit,
            kind=INCIDENT_STEP.kind,
            ref=incident.incident_id,
            about=about,
            title=title_of(incident, f"{incident.label}: {step.name.replace('-', ' ')}"),
            why=why,
            due_at=step.due_at,
            priority="urgent" if step.clock is not None else "high",
            role=step.role,
            roles=tuple(dict.fromkeys((step.role, "partner"))),
            occasion=step_occasion(step),
        )
    if plan.roll_call is None:
        return
    for staff_id in incident.called:
        open_task(
            unit,
            kind=ROLL_CALL.kind,
            ref=incident.incident_id,
            about=about,
            title=title_of(incident, ROLL_CALL.label),
            why=why,
            due_at=plan.roll_call.after(unit.now, calendar),
            priority="urgent",
            owner_id=staff_id,
            occasion=staff_id,
        )
