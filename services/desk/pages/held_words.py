"""What do pages say of a decision that nobody was told of yet, or that was refused later?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from services.desk.domain.holding import may_decide
from services.desk.domain.labels import decision_label
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.walls import walled_off
from services.desk.pages.language import retold
from services.desk.pages.visitor import Visit, names_of
from services.desk.ports.held_decisions import HELD
from services.desk.ports.tasks import LISTED
from shared.contracts.restrictions import subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar


@dataclass(frozen=True, slots=True)
class Held:
    """A task that somebody has just decided."""

    decision_id: str
    who: str
    mine: bool
    what: str
    until: str  # on the firm's clock
    seconds: int
    waiting: bool  # it may still be taken back
    task_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RefusedLater:
    """A decision of this person's that its owner did not accept when it was passed on."""

    task_id: str
    title: str
    message: str


def held_words(
    task: ListedTask, me: str, names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Held | None:
    """Who has decided this task, what, and until when it can be taken back."""
    mark = task.held_back
    if mark is None or task.state != "open":
        return None
    left = (mark.until - now).total_seconds()
    return Held(
        decision_id=mark.decision_id,
        who=names.get(mark.by, mark.by),
        mine=mark.by == me,
        what=retold(decision_label(task.kind, mark.decision)),
        until=f"{mark.until.astimezone(zone):%H:%M:%S}",
        seconds=max(1, ceil(left)),
        waiting=left > 0,
        task_id=task.task_id,
        title=retold(task.title),
    )


async def decided_about(visit: Visit, ids: Mapping[str, str | None]) -> Sequence[Held]:
    """What was just decided about this client or inquiry, and has not happened yet.

    The rest of a page about them shows what was before. Only of tasks this person may deal with.
    """
    subjects = subjects_in(ids)
    unit = await visit.context.desk.runtime.look(
        lambda _: [LISTED.by("about", each) for each in subjects]
    )
    return await decided_of(
        visit, (t for each in subjects for t in unit.find(LISTED, "about", each))
    )


async def decided_by_task(visit: Visit, task_ids: Iterable[str]) -> Mapping[str, Held]:
    """The same of these tasks, by their ids: for lists whose lines name the task about each."""
    wanted = sorted({each for each in task_ids if each})
    unit = await visit.context.desk.runtime.look(lambda _: [LISTED.one(each) for each in wanted])
    tasks = (unit.get(LISTED, each) for each in wanted)
    found = await decided_of(visit, (each for each in tasks if each is not None))
    return {each.task_id: each for each in found}


async def decided_of(visit: Visit, tasks: Iterable[ListedTask]) -> Sequence[Held]:
    """What was just decided of these tasks, as far as this person may deal with them."""
    desk = visit.context.desk
    held = {
        task.task_id: (task, task.held_back.by)
        for task in tasks
        if task.held_back is not None and may_decide(task, visit.person)
    }
    if not held:
        return ()
    names = await names_of(visit.context, [by for _, by in held.values()])
    now = desk.runtime.clock.now()
    found = (held_words(task, visit.id, names, now, desk.zone) for task, _ in held.values())
    return sorted((each for each in found if each), key=lambda each: (each.until, each.task_id))


async def refused_later(visit: Visit) -> Sequence[RefusedLater]:
    """What this person decided in vain and has not read yet; nothing behind a wall."""
    runtime = visit.context.desk.runtime

    def needs(unit: ReadSoFar) -> list[Need]:
        found = unit.peek_all(HELD, "refused", visit.id)
        return [HELD.by("refused", visit.id), *(LISTED.one(each.task_id) for each in found)]

    unit = await runtime.look(needs)
    found = []
    for each in unit.find(HELD, "refused", visit.id):
        task = unit.get(LISTED, each.task_id)
        if task is not None and not walled_off(task.about, visit.person.screened):
            found.append(RefusedLater(each.task_id, task.title, each.message))
    return found
