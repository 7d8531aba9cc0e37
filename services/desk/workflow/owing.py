"""What follows at the desk when the firm owes something, or did it, or did not?"""

from collections.abc import Iterable

from services.desk.domain.owed import Owed, SaidOfOwed, heard
from services.desk.ports.owed import OWED
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def list_owed(event: Event[SaidOfOwed], unit: UnitOfWork) -> None:
    """The list of what is promised shows it as it stands."""
    commitment_id = event.data.commitment_id
    before = unit.get(OWED, commitment_id) or Owed(commitment_id=commitment_id)
    unit.put(OWED, heard(before, event))


def owed_needs(event: Event[SaidOfOwed], _unit: ReadSoFar) -> Iterable[Need]:
    """The commitment as it is listed."""
    return [OWED.one(event.data.commitment_id)]
