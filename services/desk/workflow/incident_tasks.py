"""A task of an incident is decided: a step is settled, or somebody is accounted for.

Only a step that the law gives a time for names the breach its duty hangs on.
"""

from collections.abc import Callable, Iterable
from typing import Any

from services.desk.domain import incidents
from services.desk.domain.incidents import (
    Incident,
    Step,
    UnknownIncidentError,
    check_open,
    noted,
    settled_step,
)
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.workflow.incident_declaring import because, step_occasion, title_of
from shared.contracts.incident_task_kinds import INCIDENT_STEP, ROLL_CALL
from shared.contracts.incidents import (
    IncidentDismissed,
    IncidentUpdated,
    StaffAccountedFor,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    About,
    Actor,
    Decision,
    Task,
    complete_task,
    open_task,
    task_id_for,
)

OVER = "incident-resolved"
HELP = "help-"
Change = Callable[[UnitOfWork], Incident]


def needs_of_deciding(_decision: Decision, task: Task, _unit: ReadSoFar) -> Iterable[Need]:
    """The incident a task belongs to."""
    return [INCIDENTS.one(task.ref)]


def needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The incident, and how its spokesperson and whoever is asked are called."""
    yield INCIDENTS.one(task.ref)
    incident = unit.peek(INCIDENTS, task.ref)
    if incident is not None:
        yield ACCOUNTS.one(incident.spokesperson_id)
    if task.owner_id is not None:
        yield ACCOUNTS.one(task.owner_id)


def show_step(task: Task, unit: UnitOfWork, _actor: Actor) -> dict[str, Any]:
    """What is to be done, in which incident, and who alone speaks for the firm."""
    incident = _of(task, unit)
    step = step_of(task, incident)
    helped = _helped(task, incident)
    what = step.do if step else f"Somebody needs help: {_named(helped, unit)}. See to it at once."
    return {
        "incident": incident.title,
        "incident_id": incident.incident_id,
        "what": what,
        "spokesperson": _named(incident.spokesperson_id, unit),
    }


def show_roll_call(task: Task, unit: UnitOfWork, _actor: Actor) -> dict[str, Any]:
    """Who is asked, and because of what."""
    incident = _of(task, unit)
    return {
        "incident": incident.title,
        "incident_id": incident.incident_id,
        "person": _named(_called(task, incident), unit),
    }


def decide_step(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """A step is done, or not needed for a reason."""
    incident, by = _of(task, unit), decision.actor.id
    check_open(incident)
    step, done = step_of(task, incident), decision.decision == "done"
    words = str(decision.fields.get("note") or decision.fields.get("reason") or "")
    complete_task(unit, task, decision.decision, by)
    if step is None:
        helped = _helped(task, incident)
        unit.put(INCIDENTS, noted(incident, "helped", by, unit.now, words, about=helped))
        return
    after = settled_step(incident, step.name, "done" if done else "not-needed", by, unit.now, words)
    unit.put(INCIDENTS, after)
    _say_step(after, step, done=done, by=by, unit=unit)


def decide_roll_call(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Somebody is safe or needs help, as they or a colleague who reached them say."""
    incident, by = _of(task, unit), decision.actor.id
    check_open(incident)
    staff_id, safe = _called(task, incident), decision.decision == "safe"
    words = str(decision.fields.get("note") or "")
    status: incidents.Status = "safe" if safe else "needs-help"
    unit.put(INCIDENTS, incidents.accounted(incident, staff_id, status, by, unit.now, words))
    complete_task(unit, task, decision.decision, by)
    unit.announce(
        StaffAccountedFor(
            incident_id=incident.incident_id,
            staff_id=staff_id,
            status=status,
            by=by if by != staff_id else None,
            rehearsal=incident.rehearsal or None,
            at=unit.now,
        )
    )
    if not safe:
        _ask_for_help(incident, staff_id, unit)


def step_of(task: Task, incident: Incident) -> Step | None:
    """The step a task asks for; None where it asks to help somebody."""
    return next(
        (
            each
            for each in incident.steps
            if task.task_id
            == task_id_for("desk", INCIDENT_STEP.kind, incident.incident_id, step_occasion(each))
        ),
        None,
    )


def _say_step(incident: Incident, step: Step, *, done: bool, by: str, unit: UnitOfWork) -> None:
    """Announce it; only what a duty of the law hangs on names the breach."""
    ref = incident.incident_ref if step.clock is not None else None
    unit.announce(
        IncidentUpdated(
            incident_id=incident.incident_id,
            step=step.name,
            outcome="done" if done else "not-needed",
            incident_ref=ref if done else None,
            by=by,
            rehearsal=incident.rehearsal or None,
            at=unit.now,
        )
    )
    if ref is not None and not done:
        unit.announce(
            IncidentDismissed(
                proposal_id=incident.incident_id,
                kind=incident.kind,
                incident_ref=ref,
                step=step.name,
                by=by,
                at=unit.now,
            )
        )


def _ask_for_help(incident: Incident, staff_id: str, unit: UnitOfWork) -> None:
    open_task(
        unit,
        kind=INCIDENT_STEP.kind,
        ref=incident.incident_id,
        about=About(incident_id=incident.incident_id),
        title=title_of(incident, "Somebody of the firm needs help"),
        why=because(incident, unit),
        due_at=unit.now,
        priority="urgent",
        role="partner",
        owner_id=incident.spokesperson_id,
        occasion=HELP + staff_id,
    )


def _helped(task: Task, incident: Incident) -> str:
    return _matching(task, INCIDENT_STEP.kind, incident, HELP)


def _called(task: Task, incident: Incident) -> str:
    return _matching(task, ROLL_CALL.kind, incident, "")


def _matching(task: Task, kind: str, incident: Incident, before: str) -> str:
    """The person a task is about: its id is made from theirs."""
    for staff_id in incident.called:
        if task.task_id == task_id_for("desk", kind, incident.incident_id, before + staff_id):
            return staff_id
    return ""


def _named(staff_id: str, unit: UnitOfWork) -> str:
    account = unit.peek(ACCOUNTS, staff_id)
    return (account.name if account else None) or staff_id


def _of(task: Task, unit: UnitOfWork) -> Incident:
    incident = unit.get(INCIDENTS, task.ref)
    if incident is None:
        raise UnknownIncidentError
    return incident
