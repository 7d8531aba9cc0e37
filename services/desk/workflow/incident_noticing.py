"""Something was noticed that may be an incident: who decides, and what follows?

A person is asked, once for each thing noticed. What was noticed while it is being led already
stands in its log instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from services.desk.domain.incident_plans import what_follows
from services.desk.domain.incidents import FIRM, noted
from services.desk.domain.locations import Names
from services.desk.domain.proposals import Proposal, of_breach, of_spike
from services.desk.domain.staff import StaffMember
from services.desk.ports.incidents import INCIDENTS, PROPOSALS
from services.desk.ports.staff import STAFF
from services.desk.workflow.incident_declaring import (
    OPEN,
    Asked,
    IncidentConfig,
    begin,
    needs_of_beginning,
)
from shared.contracts.envelope import Event
from shared.contracts.event import own_source
from shared.contracts.incident_task_kinds import INCIDENT_PROPOSAL
from shared.contracts.incidents import DataBreachDetected, IncidentDismissed, ReviewSpikeDetected
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Actor, Decision, Task, Why, complete_task, open_task

KIND = INCIDENT_PROPOSAL
DESK = own_source("desk")
Noticed = Event[ReviewSpikeDetected] | Event[DataBreachDetected]


@dataclass(frozen=True)
class NoticingSteps:
    """The steps for what is noticed, over the firm's plans."""

    config: IncidentConfig

    def needs(self, event: Noticed, _unit: ReadSoFar) -> Iterable[Need]:
        """What was proposed before, and what is being led."""
        yield PROPOSALS.one(_proposal(event, self.config.locations).proposal_id)
        yield INCIDENTS.by("state", OPEN)

    def notice(self, event: Noticed, unit: UnitOfWork) -> None:
        """Ask somebody whether this is an incident; what the desk itself declared is none."""
        proposal = _proposal(event, self.config.locations)
        if event.history or event.source == DESK:
            return
        if unit.get(PROPOSALS, proposal.proposal_id) is not None:
            return
        unit.put(PROPOSALS, proposal)
        for each in unit.find(INCIDENTS, "state", OPEN):
            same = each.kind == proposal.kind and each.scope in (FIRM, proposal.scope)
            if same and not each.rehearsal and proposal.incident_ref is None:
                known = noted(each, "noticed-again", None, unit.now, proposal.noticed)
                unit.put(INCIDENTS, known)
                return
        self._ask(proposal, unit)

    def _ask(self, proposal: Proposal, unit: UnitOfWork) -> None:
        plan = self.config.plans[proposal.kind]
        open_task(
            unit,
            kind=KIND.kind,
            ref=proposal.proposal_id,
            about=About(incident_ref=proposal.incident_ref),
            title=f"Decide whether this is an incident: {plan.label.lower()}",
            why=Why(
                event_id=unit.cause.id,
                rule_id=f"incidents/{proposal.kind}",
                text=f"A sign of it was noticed: {plan.label.lower()}.",
            ),
            due_at=plan.decide_within.after(unit.now, self.config.calendar),
            priority="urgent",
        )

    def needs_of_deciding(self, decision: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
        """What was noticed, and what declaring needs."""
        yield PROPOSALS.one(task.ref)
        yield STAFF.one(decision.actor.id)
        proposal = unit.peek(PROPOSALS, task.ref)
        if proposal is not None and decision.decision == "declare":
            yield from needs_of_beginning(_asked(proposal, decision, _person(decision)), "")

    def decide(self, decision: Decision, task: Task, unit: UnitOfWork) -> None:
        """Declare the incident, or say why it is none."""
        proposal = unit.get(PROPOSALS, task.ref)
        if proposal is None:
            raise RuleError("There is nothing to decide.", code="unknown-proposal")
        by = decision.actor.id
        if decision.decision == "declare":
            person = unit.get(STAFF, by) or _person(decision)
            incident = begin(self.config, _asked(proposal, decision, person), unit)
            unit.put(PROPOSALS, replace(proposal, incident_id=incident.incident_id, by=by))
        else:
            reason = str(decision.fields["reason"])
            unit.put(PROPOSALS, replace(proposal, by=by, reason=reason))
            unit.announce(
                IncidentDismissed(
                    proposal_id=proposal.proposal_id,
                    kind=proposal.kind,
                    incident_ref=proposal.incident_ref,
                    by=by,
                    at=unit.now,
                )
            )
        complete_task(unit, task, decision.decision, by)

    def needs_of_showing(self, task: Task, _unit: ReadSoFar) -> Iterable[Need]:
        """What was noticed."""
        return [PROPOSALS.one(task.ref)]

    def show(self, task: Task, unit: UnitOfWork, _actor: Actor) -> dict[str, Any]:
        """What was noticed, and what its plan would begin."""
        proposal = unit.get(PROPOSALS, task.ref)
        if proposal is None:
            return {}
        plan = what_follows(self.config.plans[proposal.kind])
        return {"noticed": proposal.noticed, "plan": plan, "reason": proposal.reason}


def _proposal(event: Noticed, names: Names) -> Proposal:
    data = event.data
    if isinstance(data, DataBreachDetected):
        return of_breach(data)
    return of_spike(data, event.id, data.at or event.time, names)


def _asked(proposal: Proposal, decision: Decision, by: StaffMember) -> Asked:
    named = decision.fields.get("spokesperson_id")
    return Asked(
        kind=proposal.kind,
        by=by,
        spokesperson_id=str(named) if named else None,
        scope=proposal.scope,
        detected_at=proposal.at if proposal.incident_ref else None,
        incident_ref=proposal.incident_ref,
        cause=proposal.proposal_id,
    )


def _person(decision: Decision) -> StaffMember:
    return StaffMember(staff_id=decision.actor.id, roles=decision.actor.roles)
