"""The firm's list of staff says what somebody is called: what is kept of it?"""

from collections.abc import Iterator

from services.reminders.domain.lawyer import Colleague
from services.reminders.ports import COLLEAGUES
from shared.contracts.desk import StaffNamed
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_naming(event: Event[StaffNamed], _: ReadSoFar) -> Iterator[Need]:
    """The person as known so far."""
    yield COLLEAGUES.one(event.data.staff_id)


def hear_name(event: Event[StaffNamed], unit: UnitOfWork) -> None:
    """Keep the newest word on this person."""
    said = event.data
    before = unit.get(COLLEAGUES, said.staff_id)
    if before is not None and before.stamp >= event.stamp:
        return
    unit.put(
        COLLEAGUES,
        Colleague(
            staff_id=said.staff_id,
            stamp=event.stamp,
            name=said.name,
            phone=said.phone,
            title=said.title,
            works_here=said.works_here,
            leads=said.leads_matters is not False,
        ),
    )
