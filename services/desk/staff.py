"""Which decisions of staff does the desk answer itself? On its follow-ups, and in incidents."""

from services.desk.workflow import following_up, incident_tasks
from services.desk.workflow.incident_declaring import IncidentConfig
from services.desk.workflow.incident_noticing import NoticingSteps
from shared.contracts.incident_task_kinds import INCIDENT_PROPOSAL, INCIDENT_STEP, ROLL_CALL
from shared.requests.decisions import Decider
from shared.requests.views import View


def deciders(config: IncidentConfig) -> tuple[Decider, ...]:
    """One line per kind of task."""
    noticing, leads = NoticingSteps(config), incident_tasks.needs_of_deciding
    return (
        Decider("follow-up", following_up.done, following_up.done_needs),
        Decider(INCIDENT_PROPOSAL.kind, noticing.decide, noticing.needs_of_deciding),
        Decider(INCIDENT_STEP.kind, incident_tasks.decide_step, leads),
        Decider(ROLL_CALL.kind, incident_tasks.decide_roll_call, leads),
    )


def views(config: IncidentConfig) -> tuple[View, ...]:
    """One line per kind of task."""
    noticing, shows = NoticingSteps(config), incident_tasks.needs_of_showing
    return (
        View("follow-up", following_up.show_needs, following_up.show),
        View(INCIDENT_PROPOSAL.kind, noticing.needs_of_showing, noticing.show),
        View(INCIDENT_STEP.kind, shows, incident_tasks.show_step),
        View(ROLL_CALL.kind, shows, incident_tasks.show_roll_call),
    )
