"""A client said whether the firm understood them: what follows?

Yes closes it. What is wrong is kept sealed, and a person puts it right: in other words, about which
the client is asked anew, or in a talk.
"""

from collections.abc import Iterable
from typing import Any

from services.intake.domain.attendance import (
    AttendanceNote,
    confirmed,
    corrected,
    disputed,
    settled,
    words,
)
from services.intake.ports import ATTENDANCE_NOTES, CLIENTS, MATTERS, FirmConfig
from services.intake.workflow import attending
from shared.contracts.attendance import UnderstandingConfirmed, UnderstandingDisputed
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, Why, complete_task, open_task

KIND = "understanding-disputed"
TITLE = "Put right what we misunderstood"
WHY = "The client read what we understood and says that something is wrong."


def needs_of_answer(note_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The note, and who is asked to put it right."""
    yield ATTENDANCE_NOTES.one(note_id)
    note = unit.peek(ATTENDANCE_NOTES, note_id)
    if note is not None and note.matter_id is not None:
        yield MATTERS.one(note.matter_id)


def say_yes(note_id: str, revision: int, unit: UnitOfWork) -> None:
    """The client was understood; said twice, it is said once."""
    note = known_note(note_id, unit)
    after = confirmed(note, revision, unit.now)
    if after == note:
        return
    unit.put(ATTENDANCE_NOTES, after)
    unit.announce(
        UnderstandingConfirmed(
            note_id=note_id, client_id=note.client_id, matter_id=note.matter_id,
            revision=revision, at=unit.now,
        )
    )  # fmt: skip


def say_what_is_wrong(
    config: FirmConfig, note_id: str, revision: int, objection: str, unit: UnitOfWork
) -> None:
    """The client was misunderstood: somebody puts it right."""
    note = known_note(note_id, unit)
    after = disputed(note, revision, objection, unit.now)
    if after == note:
        return
    unit.put(ATTENDANCE_NOTES, after)
    said = unit.announce(
        UnderstandingDisputed(
            note_id=note_id, client_id=note.client_id, matter_id=note.matter_id,
            revision=revision, at=unit.now,
        )
    )  # fmt: skip
    matter = unit.get(MATTERS, note.matter_id) if note.matter_id is not None else None
    open_task(
        unit,
        kind=KIND,
        ref=note_id,
        about=attending.about(note),
        title=TITLE,
        why=Why(event_id=said.id, text=WHY),
        due_at=config.times.attendance_due(unit.now),
        priority="high",
        owner_id=(matter.owner_id if matter else None) or note.by,
        occasion=str(revision),
    )


def known_note(note_id: str, unit: UnitOfWork) -> AttendanceNote:
    """A note whose client was asked; RuleError for any other and for an erased client's."""
    note = unit.get(ATTENDANCE_NOTES, note_id)
    if note is None or note.revision == 0 or note.erased:
        raise RuleError("There is no such note.", code="unknown-note")
    return note


def needs_of_deciding(_decision: Decision, task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The note."""
    yield ATTENDANCE_NOTES.one(task.ref)


def put_right(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """In other words, about which the client is asked anew; or as it was agreed in a talk."""
    note = known_note(task.ref, unit)
    again = decision.decision == "corrected"
    field = "understood" if again else "reason"
    text = words(decision.fields.get(field), field)
    if text is None:
        raise RuleError("Write it down: the client's words are kept too.", code="missing",
                        field=field)  # fmt: skip
    after = corrected(note, text, unit.now) if again else settled(note, text, unit.now)
    unit.put(ATTENDANCE_NOTES, after)
    complete_task(unit, task, decision.decision, decision.actor.id)
    if again:
        attending.ask_the_client(after, unit)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """What the client says is wrong, and what had been understood."""
    note = unit.get(ATTENDANCE_NOTES, task.ref)
    if note is None:
        return {}
    client = unit.get(CLIENTS, note.client_id)
    return {
        "name": (client.name if client else None) or "",
        "phone": (client.phone if client else None) or "",
        "met_at": attending.said_moment(config, note.starts_at),
        "objection": note.objection or "",
        "understood_before": note.understood or "",
        "understood": note.understood or "",
    }
