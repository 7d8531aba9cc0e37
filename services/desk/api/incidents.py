"""/api/v1/incidents: what is happening to the firm, who leads it, and what is left to do?

Everybody who works here may read it. Lawyers and partners declare one; its spokesperson or a
partner ends it.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.desk.api.desk import Desk, Person, RequestId, TheDesk
from services.desk.api.shapes import Items, Shape
from services.desk.domain.incidents import FIRM, Incident, UnknownIncidentError, check_declares
from services.desk.ports.incidents import INCIDENTS
from services.desk.workflow.incident_declaring import Asked, declare, declare_needs
from services.desk.workflow.incident_leading import Leading
from shared.contracts.fields import Id, Instant, Label
from shared.contracts.incidents import IncidentKind

router = APIRouter(tags=["incidents"])


class StepShape(Shape):
    """One step of the plan; ``clock_ends_at``: what the law gives for it."""

    name: str
    do: str
    role: str
    due_at: Instant
    state: str
    by: str | None = None
    at: Instant | None = None
    clock_ends_at: Instant | None = None
    source: str | None = None


class AccountedShape(Shape):
    """How a person of the firm is, as far as anybody knows."""

    staff_id: str
    status: str
    by: str | None = None
    at: Instant | None = None


class LineShape(Shape):
    """One line of the log."""

    at: Instant
    by: str | None = None
    what: str
    about: str
    words: str


class IncidentShape(Shape):
    """One incident, or the rehearsal of one."""

    incident_id: str
    kind: str
    label: str
    rehearsal: bool
    state: str
    scope: str
    spokesperson_id: str
    by: str
    declared_at: Instant
    detected_at: Instant
    incident_ref: str | None = None
    freeze_classes: list[str]
    steps: list[StepShape]
    people: list[AccountedShape]
    log: list[LineShape]
    statement: dict[str, str]
    resolved_by: str | None = None
    resolved_at: Instant | None = None


class DeclareBody(BaseModel):
    """What is declared; without ``spokesperson_id``, whoever declares it speaks for the firm."""

    model_config = ConfigDict(extra="forbid")

    kind: IncidentKind
    spokesperson_id: Id | None = None
    rehearsal: bool = False
    scope: Label = FIRM
    detected_at: Instant | None = None


class ResolveBody(BaseModel):
    """What was learned, in your words (kept sealed)."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field("", max_length=4000)


@router.get("/incidents", response_model_exclude_none=True)
async def list_incidents(desk: TheDesk, person: Person) -> Items[IncidentShape]:
    """All incidents and rehearsals: those that last, then those that are over, the newest first."""
    del person  # everybody who works here
    return Items(items=[shape_of(each) for each in await all_incidents(desk)])


@router.post("/incidents", status_code=201, response_model_exclude_none=True)
async def declare_incident(
    desk: TheDesk, person: Person, id: RequestId, body: DeclareBody
) -> IncidentShape:
    """Declare an incident, or rehearse one."""
    check_declares(person)
    asked = Asked(by=person, **body.model_dump())
    step, needs = declare(desk.incidents, asked), declare_needs(asked, id)
    return shape_of(await desk.act(step, needs, id))


@router.get("/incidents/{incident_id}", response_model_exclude_none=True)
async def get_incident(desk: TheDesk, person: Person, incident_id: str) -> IncidentShape:
    """One incident with its steps, clocks, people and log."""
    del person
    return shape_of(await incident_of(desk, incident_id))


@router.post("/incidents/{incident_id}/resolve", response_model_exclude_none=True)
async def resolve_incident(
    desk: TheDesk, person: Person, id: RequestId, incident_id: str, body: ResolveBody
) -> IncidentShape:
    """End it: tasks nobody did are taken back, and what waited goes on."""
    leading = Leading(incident_id, person)
    done = await desk.act(leading.resolve(body.words), leading.needs_to_end, id)
    return shape_of(done)


async def all_incidents(desk: Desk) -> list[Incident]:
    """Those that last, then those that are over; of both the newest first."""
    states = ("open", "resolved")
    unit = await desk.runtime.look(lambda _: [INCIDENTS.by("state", each) for each in states])
    found = [unit.find(INCIDENTS, "state", each) for each in states]
    return [
        each for some in found for each in sorted(some, key=lambda i: i.declared_at, reverse=True)
    ]


async def incident_of(desk: Desk, incident_id: str) -> Incident:
    """The incident; UnknownIncidentError where there is none."""
    unit = await desk.runtime.look(lambda _: [INCIDENTS.one(incident_id)])
    incident = unit.get(INCIDENTS, incident_id)
    if incident is None:
        raise UnknownIncidentError
    return incident


def shape_of(incident: Incident) -> IncidentShape:
    """The incident as programs read it."""
    return IncidentShape(
        **_plain(incident),
        freeze_classes=list(incident.freeze_classes),
        steps=[
            StepShape(
                name=each.name, do=each.do, role=each.role, due_at=each.due_at, state=each.state,
                by=each.by, at=each.at,
                clock_ends_at=each.clock.due_at if each.clock else None,
                source=each.clock.source if each.clock else None,
            )
            for each in incident.steps
        ],
        people=[_person(each, incident) for each in incident.called],
        log=[LineShape.model_validate(each) for each in incident.log],
        statement=incident.statement,
    )  # fmt: skip


PLAIN = (
    "incident_id", "kind", "label", "rehearsal", "state", "scope", "spokesperson_id", "by",
    "declared_at", "detected_at", "incident_ref", "resolved_by", "resolved_at",
)  # fmt: skip


def _plain(incident: Incident) -> Mapping[str, object]:
    return {name: getattr(incident, name) for name in PLAIN}


def _person(staff_id: str, incident: Incident) -> AccountedShape:
    known = incident.accounted.get(staff_id)
    if known is None:
        return AccountedShape(staff_id=staff_id, status="unknown")
    return AccountedShape(staff_id=staff_id, status=known.status, by=known.by, at=known.at)
