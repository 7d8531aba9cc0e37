"""An incident is being led: something is noted or said, it is handed on, it is over.

When it is over, what nobody did ends with it, and what waited goes on, not all at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from services.desk.domain import incidents
from services.desk.domain.incidents import (
    Incident,
    UnknownIncidentError,
    check_leads,
    check_open,
    check_spokesperson,
    noted,
)
from services.desk.domain.staff import StaffMember
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.staff import STAFF
from shared.contracts.incidents import (
    IncidentResolved,
)
from shared.contracts.restrictions import RestrictionLifted
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    TASKS,
    cancel_task,
)

OVER = "incident-resolved"
Change = Callable[[UnitOfWork], Incident]


@dataclass(frozen=True, slots=True)
class Leading:
    """What one person does with one incident, at its page or by a program."""

    incident_id: str
    by: StaffMember

    def needs(self, _unit: ReadSoFar) -> Iterable[Need]:
        """The incident."""
        return [INCIDENTS.one(self.incident_id)]

    def needs_to_hand_on(self, staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
        """The incident, and who is to speak for it."""
        return lambda _unit: [INCIDENTS.one(self.incident_id), STAFF.one(staff_id)]

    def needs_to_end(self, _unit: ReadSoFar) -> Iterable[Need]:
        """The incident, and every task that belongs to it."""
        return [INCIDENTS.one(self.incident_id), TASKS.by("ref", self.incident_id)]

    def note(self, words: str) -> Change:
        """Write something into the log; everybody who works here may."""

        def step(unit: UnitOfWork) -> Incident:
            return self._keep(noted(self._open(unit), "note", self._id, unit.now, words), unit)

        return step

    def say(self, language: str, words: str) -> Change:
        """Change what the spokesperson says; the log keeps each wording."""

        def step(unit: UnitOfWork) -> Incident:
            incident = self._open(unit)
            check_leads(incident, self.by)
            changed = replace(incident, statement={**incident.statement, language: words})
            after = noted(changed, "statement", self._id, unit.now, words, about=language)
            return self._keep(after, unit)

        return step

    def hand_on(self, staff_id: str) -> Change:
        """Somebody else speaks for the firm from now on."""

        def step(unit: UnitOfWork) -> Incident:
            incident = self._open(unit)
            check_leads(incident, self.by)
            check_spokesperson(unit.get(STAFF, staff_id))
            changed = replace(incident, spokesperson_id=staff_id)
            after = noted(changed, "spokesperson", self._id, unit.now, "", about=staff_id)
            return self._keep(after, unit)

        return step

    def resolve(self, words: str) -> Change:
        """It is over; asked twice it ends once."""

        def step(unit: UnitOfWork) -> Incident:
            incident = self._get(unit)
            if incident.state != "open":
                return incident
            check_leads(incident, self.by)
            after = self._keep(incidents.resolved(incident, self._id, unit.now, words), unit)
            for task in unit.find(TASKS, "ref", incident.incident_id):
                if task.state == "open":
                    cancel_task(unit, task, OVER)
            _say_over(after, unit)
            return after

        return step

    @property
    def _id(self) -> str:
        return self.by.staff_id

    def _get(self, unit: UnitOfWork) -> Incident:
        incident = unit.get(INCIDENTS, self.incident_id)
        if incident is None:
            raise UnknownIncidentError
        return incident

    def _open(self, unit: UnitOfWork) -> Incident:
        incident = self._get(unit)
        check_open(incident)
        return incident

    def _keep(self, after: Incident, unit: UnitOfWork) -> Incident:
        unit.put(INCIDENTS, after)
        return after


def _say_over(incident: Incident, unit: UnitOfWork) -> None:
    by = incident.resolved_by or incident.by
    unit.announce(
        IncidentResolved(
            incident_id=incident.incident_id,
            by=by,
            rehearsal=incident.rehearsal or None,
            at=unit.now,
        )
    )
    if incident.freeze_classes:
        unit.announce(RestrictionLifted(restriction_id=incident.incident_id, by=by, at=unit.now))
