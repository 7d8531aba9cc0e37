"""What of the desk goes once a client's working records are over, and what keeps it gone?"""

from collections.abc import Iterator

from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from shared.people import End
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_task(task_id: str, _: ReadSoFar) -> Iterator[Need]:
    """Its row."""
    yield LISTED.one(task_id)


def clear_task(task_id: str, end: End, unit: UnitOfWork) -> int:
    """A task that ended leaves a mark, which no list shows and no event opens again."""
    task = unit.get(LISTED, task_id)
    if task is None or not task.is_over(end.until):
        return 0
    unit.put(LISTED, task.mark)
    return 1


def needs_of_entry(entry_id: str, _: ReadSoFar) -> Iterator[Need]:
    """The line of the timeline."""
    yield ENTRIES.one(entry_id)


def clear_entry(entry_id: str, end: End, unit: UnitOfWork) -> int:
    """A line of the timeline goes; told again by its event, it is a line and nothing else."""
    entry = unit.get(ENTRIES, entry_id)
    if entry is None or not entry.is_over(end.until):
        return 0
    unit.remove(ENTRIES, entry_id)
    return 1
