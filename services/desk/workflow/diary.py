"""What follows at the desk when something is said of a deadline? The diary and its log show it."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from services.desk.domain.diary import ListedDeadline, SaidOfDeadline, heard, line_of
from services.desk.ports.diary import DEADLINES, DIARY_LINES
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


class Diarist:
    """Keeps the diary and its log, by the firm's clock."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def write(self, event: Event[SaidOfDeadline], unit: UnitOfWork) -> None:
        """The deadline stands as it was said last; the log keeps every word, imports excepted."""
        deadline_id = event.data.deadline_id
        before = unit.get(DEADLINES, deadline_id) or ListedDeadline(deadline_id=deadline_id)
        unit.put(DEADLINES, heard(before, event))
        if not event.history:
            unit.add(DIARY_LINES, line_of(event, self._zone))


def diary_needs(event: Event[SaidOfDeadline], _unit: ReadSoFar) -> Iterable[Need]:
    """The deadline; a line of the log needs nothing, its id comes from its event."""
    return [DEADLINES.one(event.data.deadline_id)]
