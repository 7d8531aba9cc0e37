"""A proposal waits: who is asked to look at it, and when does the question end?

Somebody who may approve it, never who proposed it, unless the firm is one person. It is approved
on its page, where every line stands; the task ends by itself then, and when it is taken back.
"""

from collections.abc import Iterator

from services.reminders.domain.edition import Edition, State
from services.reminders.ports import EDITIONS, EVERY
from services.reminders.workflow.firm_config import DueDays, FirmConfig
from services.reminders.workflow.tasks_for_staff import due_in
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task, complete_task, open_task

EDITION_APPROVAL = "edition-approval"
TITLE = "Look at a change of rules and texts, and approve it"
REJECT = "reject"


def ref_of(edition_id: str) -> str:
    """What the task about this proposal is found by."""
    return f"edition:{edition_id}"


def edition_in(ref: str) -> str:
    """The number of the edition a task is about."""
    return ref.removeprefix("edition:")


def needs_of_task(edition_id: str) -> Iterator[Need]:
    """What was asked about this proposal."""
    yield TASKS.by("ref", ref_of(edition_id))


def needs_of_tasks(unit: ReadSoFar) -> Iterator[Need]:
    """What was asked about every proposal read so far."""
    for edition in unit.peek_all(EDITIONS, "all", EVERY):
        if edition.state is State.PROPOSED:
            yield from needs_of_task(edition.edition_id)


def task_about(edition: Edition, unit: UnitOfWork) -> str:
    """The task that asks for a look at this proposal; "" where nobody is asked any more."""
    if edition.state is not State.PROPOSED:
        return ""
    found = unit.find(TASKS, "ref", ref_of(edition.edition_id))
    return next((each.task_id for each in found if each.state == "open"), "")


def ask_second(config: FirmConfig, edition: Edition, unit: UnitOfWork) -> None:
    """Somebody else is to look at this proposal, within the firm's days."""
    alone = config.letters.sole_practice is not None
    open_task(
        unit,
        kind=EDITION_APPROVAL,
        ref=ref_of(edition.edition_id),
        about=About(),
        title=TITLE,
        why=Why(event_id=unit.cause.id, text=f"Edition {edition.number} was proposed."),
        due_at=due_in(DueDays.within(config.days.edition), config, unit.now),
        barred=() if alone else (edition.by,),
    )


def end_task(edition: Edition, unit: UnitOfWork) -> None:
    """It was approved, rejected or taken back: nobody is asked any more."""
    for task in unit.find(TASKS, "ref", ref_of(edition.edition_id)):
        if task.state != "open":
            continue
        by = edition.decided_by or ""
        if edition.state is State.REJECTED and by != edition.by:
            complete_task(unit, task, REJECT, by)
        else:
            cancel_task(unit, task, "approved" if edition.state is State.APPROVED else "taken-back")
