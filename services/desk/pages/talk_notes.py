"""What did somebody note of a talk, or with what they decided, for whoever reads it later?

Of a contact that was logged, what was noted of it; of a decided task, every note on it. Words on a
task are for those who may deal with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.notes import Note
from services.desk.domain.timeline import Entry
from services.desk.pages.given_words import Given, given_words
from services.desk.pages.visitor import Visit
from services.desk.ports.notes import CONTACT_NOTES, NOTES
from services.desk.ports.tasks import LISTED
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork

LOGGED, DECIDED = "client-contact-logged", "task-completed"


@dataclass(frozen=True, slots=True)
class Noted:
    """Who noted what; ``kind`` of the task, where it was one."""

    by: str
    text: str
    given: Given = ()
    kind: str = ""


async def notes_on(visit: Visit, entries: Sequence[Entry]) -> dict[str, Noted]:
    """What was noted of each of these lines, by their ids; none of what somebody may not see."""
    unit = await visit.context.desk.runtime.look(lambda _: list(_needs(entries)))
    found: dict[str, Noted] = {}
    for entry in entries:
        if entry.kind == LOGGED and (logged := unit.get(CONTACT_NOTES, entry.entry_id)):
            found[entry.entry_id] = Noted(logged.by, logged.text)
        if entry.kind == DECIDED and (noted := _of_task(unit, entry, visit)):
            found[entry.entry_id] = noted
    return found


def _needs(entries: Iterable[Entry]) -> Iterable[Need]:
    for entry in entries:
        if entry.kind == LOGGED:
            yield CONTACT_NOTES.one(entry.entry_id)
        if entry.kind == DECIDED and entry.task_id:
            yield LISTED.one(entry.task_id)
            yield NOTES.by("task", entry.task_id)


def _of_task(unit: UnitOfWork, entry: Entry, visit: Visit) -> Noted | None:
    task = unit.get(LISTED, entry.task_id) if entry.task_id else None
    if task is None or not may_decide(task, visit.person):
        return None
    notes = sorted(unit.find(NOTES, "task", task.task_id), key=lambda each: (each.at, each.note_id))
    return Noted(_by(entry, notes), _text(notes), _given(task, notes), task.kind)


def _by(entry: Entry, notes: Sequence[Note]) -> str:
    decided = entry.why.text.removeprefix("Decided by ")
    if decided != entry.why.text:
        return decided.removesuffix(".")
    return notes[-1].by if notes else ""


def _text(notes: Iterable[Note]) -> str:
    return "\n\n".join(each.text for each in notes if each.text)


def _given(task: ListedTask, notes: Iterable[Note]) -> Given:
    every: Mapping[str, str] = {}
    for each in notes:
        every = {**every, **each.given}
    return given_words(task.kind, every)
