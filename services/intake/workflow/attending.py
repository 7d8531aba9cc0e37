"""An appointment is over: what came of it?

A person is asked, once for each time it was to begin. What they note stays here; that it was held,
what was promised by when, and that the client is to be asked whether they were understood, is said.
An appointment moved or called off meanwhile asks nobody, also where that was heard first.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from services.intake.domain.attendance import (
    LONGEST_LINE,
    AttendanceNote,
    Changed,
    begins_at,
    note_id_of,
    took_place,
    words,
)
from services.intake.domain.promised import promises_in
from services.intake.ports import (
    APPOINTMENT_CHANGES,
    ATTENDANCE_NOTES,
    CLIENTS,
    MATTERS,
    FirmConfig,
)
from shared.contracts.attendance import AppointmentHeld, Outcome, UnderstandingRequested
from shared.contracts.envelope import Event
from shared.contracts.firm import AppointmentCancelled, AppointmentRescheduled
from shared.contracts.promises import PromiseMade
from shared.contracts.reminders import AppointmentOutcomeDue
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, About, Decision, Task, Why, cancel_task, complete_task, open_task

KIND = "appointment-outcome"
TITLE = "Say what came of an appointment"
WHY = "The appointment was to begin on {day}. Was it held, and what was said?"
NO_DAY = "The appointment is to be over. Was it held, and what was said?"
KEPT_FOR = timedelta(days=3)  # how long a change is remembered for a task that is still to come

AppointmentChanged = Event[AppointmentCancelled] | Event[AppointmentRescheduled]


def needs_of_outcome_due(event: Event[AppointmentOutcomeDue], _: ReadSoFar) -> Iterable[Need]:
    """The note, what was heard of the appointment since, and who leads the matter."""
    data = event.data
    yield ATTENDANCE_NOTES.one(note_id_of(data.appointment_id, data.starts_at))
    yield APPOINTMENT_CHANGES.one(data.appointment_id)
    yield CLIENTS.one(data.client_id)
    if data.matter_id is not None:
        yield MATTERS.one(data.matter_id)


def ask_what_came_of_it(
    config: FirmConfig, event: Event[AppointmentOutcomeDue], unit: UnitOfWork
) -> None:
    """Ask whoever leads the matter, once."""
    data = event.data
    note_id = note_id_of(data.appointment_id, data.starts_at)
    if not took_place(data.starts_at, unit.get(APPOINTMENT_CHANGES, data.appointment_id)):
        return
    if unit.get(ATTENDANCE_NOTES, note_id) is not None:
        return
    note = AttendanceNote(
        note_id=note_id,
        client_id=data.client_id,
        appointment_id=data.appointment_id,
        matter_id=data.matter_id,
        starts_at=data.starts_at,
    )
    unit.put(ATTENDANCE_NOTES, note)
    open_task(
        unit,
        kind=KIND,
        ref=note_id,
        about=about(note),
        title=TITLE,
        why=Why(
            event_id=unit.cause.id,
            text=_why(config, note.starts_at),
            rule_id=data.rule_id,
            rule_version=data.rule_version,
        ),
        due_at=config.times.attendance_due(unit.now),
        role="lawyer",
        owner_id=_leads(note, unit),
    )


def needs_of_change(event: AppointmentChanged, unit: ReadSoFar) -> Iterable[Need]:
    """What was heard of the appointment before, and its notes with their tasks."""
    yield APPOINTMENT_CHANGES.one(event.data.appointment_id)
    yield ATTENDANCE_NOTES.by("appointment", event.data.appointment_id)
    for note in unit.peek_all(ATTENDANCE_NOTES, "appointment", event.data.appointment_id):
        yield TASKS.by("ref", note.note_id)


def call_off(event: Event[AppointmentCancelled], unit: UnitOfWork) -> None:
    """It does not take place: nobody is asked about it."""
    _change(event, None, unit)


def move(event: Event[AppointmentRescheduled], unit: UnitOfWork) -> None:
    """It takes place at another time: nobody is asked about the one before."""
    data = event.data
    _change(event, begins_at(data.starts_at, data.starts_on, data.timezone), unit)


def needs_of_deciding(_decision: Decision, task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The note."""
    yield ATTENDANCE_NOTES.one(task.ref)


def note_outcome(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Keep what came of the appointment, and say what follows."""
    note = unit.get(ATTENDANCE_NOTES, task.ref)
    if note is None:
        raise RuleError("There is no such appointment.", code="unknown-appointment")
    by, outcome = decision.actor.id, cast("Outcome", decision.decision)
    noted = replace(note, outcome=outcome, by=by, at=unit.now)
    if outcome == "held":
        noted = _held(config, noted, decision.fields, unit)
    else:
        said = words(decision.fields.get("happened"), "happened")
        noted = replace(noted, said=said, state="missed")
    unit.put(ATTENDANCE_NOTES, noted)
    complete_task(unit, task, decision.decision, by)
    unit.announce(
        AppointmentHeld(
            appointment_id=note.appointment_id, client_id=note.client_id,
            matter_id=note.matter_id, outcome=outcome, by=by, at=unit.now,
        )
    )  # fmt: skip
    for each in noted.promises:
        unit.announce(
            PromiseMade(
                promise_id=each.promise_id, client_id=note.client_id, matter_id=note.matter_id,
                what=cast("Any", each.what), due_at=each.due_at, by=by, at=unit.now,
            )
        )  # fmt: skip
    if noted.state == "asked":
        ask_the_client(noted, unit)


def ask_the_client(note: AttendanceNote, unit: UnitOfWork) -> None:
    """Say that the client is to be asked whether they were understood."""
    unit.announce(
        UnderstandingRequested(
            note_id=note.note_id, client_id=note.client_id, matter_id=note.matter_id,
            revision=note.revision, at=unit.now, met_at=note.starts_at,
        )
    )  # fmt: skip


def about(note: AttendanceNote) -> About:
    """What a task about the note is about."""
    return About(
        client_id=note.client_id, matter_id=note.matter_id, appointment_id=note.appointment_id
    )


def needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The note and its client."""
    yield ATTENDANCE_NOTES.one(task.ref)
    note = unit.peek(ATTENDANCE_NOTES, task.ref)
    if note is not None:
        yield CLIENTS.one(note.client_id)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """Whose appointment it was, and when."""
    note = unit.get(ATTENDANCE_NOTES, task.ref)
    if note is None:
        return {}
    client = unit.get(CLIENTS, note.client_id)
    return {
        "name": (client.name if client else None) or "",
        "phone": (client.phone if client else None) or "",
        "met_at": said_moment(config, note.starts_at),
    }


def _why(config: FirmConfig, starts_at: datetime | None) -> str:
    """Why somebody is asked; it names the day, for it may be read weeks later."""
    if starts_at is None:
        return NO_DAY
    local = starts_at.astimezone(config.times.calendar.zone)
    return WHY.format(day=f"{local.day} {local:%B %Y}")


def said_moment(config: FirmConfig, instant: datetime | None) -> str:
    """An instant by the firm's clock, in words; "" where it is not known."""
    if instant is None:
        return ""
    local = instant.astimezone(config.times.calendar.zone)
    return f"{local:%A}, {local.day} {local:%B %Y, %H:%M}"


def _held(
    config: FirmConfig, note: AttendanceNote, fields: dict[str, Any], unit: UnitOfWork
) -> AttendanceNote:
    understood = words(fields.get("understood"), "understood")
    if understood is None:
        message = "Write what we understood: the client is asked whether it is right."
        raise RuleError(message, code="missing", field="understood")
    return replace(
        note,
        present=words(fields.get("present"), "present", LONGEST_LINE),
        said=words(fields.get("said"), "said"),
        understood=understood,
        authority_limit=words(fields.get("authority_limit"), "authority_limit", LONGEST_LINE),
        next_step=words(fields.get("next_step"), "next_step", LONGEST_LINE),
        promises=promises_in(fields, note.note_id, config.times.calendar, unit.now),
        revision=1,
        state="asked",
    )


def _change(event: AppointmentChanged, starts_at: datetime | None, unit: UnitOfWork) -> None:
    appointment_id = event.data.appointment_id
    before = unit.get(APPOINTMENT_CHANGES, appointment_id)
    if before is not None and before.stamp >= event.stamp:
        return
    changed = Changed(
        appointment_id=appointment_id, stamp=event.stamp, at=event.time, starts_at=starts_at,
        until=unit.now + KEPT_FOR,
    )  # fmt: skip
    unit.put(APPOINTMENT_CHANGES, changed)
    for note in unit.find(ATTENDANCE_NOTES, "appointment", appointment_id):
        if note.state != "open" or note.starts_at == starts_at:
            continue
        for task in unit.find(TASKS, "ref", note.note_id):
            if task.state == "open":
                cancel_task(unit, task, "called-off" if starts_at is None else "moved")
        unit.remove(ATTENDANCE_NOTES, note.note_id)


def _leads(note: AttendanceNote, unit: UnitOfWork) -> str | None:
    matter = unit.get(MATTERS, note.matter_id) if note.matter_id is not None else None
    client = unit.get(CLIENTS, note.client_id)
    return (matter.owner_id if matter else None) or (client.owner_id if client else None)
