"""Is what came of an appointment asked once and kept off the bus, and does the rest follow?"""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from services.intake.ports import ATTENDANCE_NOTES
from shared.contracts.attendance import AppointmentHeld, UnderstandingRequested
from shared.contracts.base import EventData
from shared.contracts.firm import AppointmentCancelled, AppointmentRescheduled
from shared.contracts.promises import PromiseMade
from shared.errors import RuleError
from tests.fakes.memory import START, MemoryService
from tests.intake.office import (
    OWNER,
    PARTNER,
    TALK,
    UNDERSTOOD,
    intake,
    onboarded,
    opened,
    over,
    talked,
)

CANARY = "Xylocopa Quimby has a second child in Reykjavik"
CANCELLED = AppointmentCancelled(appointment_id="a-1", client_id="c-1")


def ready() -> MemoryService:
    office = intake()
    for each in (onboarded(phone="+49 30 1234"), opened()):
        office.hear(each)
    return office


def moved(days: int = 7) -> AppointmentRescheduled:
    return AppointmentRescheduled(
        appointment_id="a-1", client_id="c-1", starts_at=TALK + timedelta(days=days),
        timezone="Europe/Berlin", kind="consultation",
    )  # fmt: skip


def refused(office: MemoryService, **fields: Any) -> RuleError:
    (task,) = office.tasks("appointment-outcome")
    with pytest.raises(RuleError) as no:
        office.decide(task.task_id, "held", fields, actor=PARTNER)
    return no.value


def test_whoever_leads_the_matter_is_asked_once_within_a_business_day() -> None:
    office = ready()
    office.hear(over(matter_id="m-1"))
    office.hear(over(matter_id="m-1"))
    (task,) = office.tasks("appointment-outcome")
    assert (task.owner_id, task.due_at) == (OWNER, START + timedelta(days=1))
    assert task.about == {"client_id": "c-1", "matter_id": "m-1", "appointment_id": "a-1"}
    shown = office.view(task.task_id, PARTNER)
    assert shown == {
        "name": "Anna Schmidt", "phone": "+49 30 1234", "met_at": "Sunday, 1 March 2026, 10:00",
    }  # fmt: skip


@pytest.mark.parametrize("understood", [None, "", " \n "])
def test_held_without_what_we_understood_is_refused(understood: str | None) -> None:
    office = ready()
    office.hear(over())
    no = refused(office, understood=understood, said="Much.")
    assert (no.code, no.field) == ("missing", "understood")
    assert office.announced_of(AppointmentHeld) == []


def test_why_somebody_is_asked_is_as_true_weeks_later() -> None:
    office = ready()
    office.hear(over(matter_id="m-1"))
    office.hear(over(matter_id="m-1"))
    (task,) = office.tasks("appointment-outcome")
    assert task.why["text"] == (
        "The appointment was to begin on 1 March 2026. Was it held, and what was said?"
    )


def test_with_it_the_client_is_asked_and_what_was_promised_is_owed() -> None:
    office = ready()
    office.hear(over(matter_id="m-1"))
    (task,) = office.tasks("appointment-outcome")
    office.decide(
        task.task_id, "held", {"understood": UNDERSTOOD, "said": CANARY, "authority_limit": CANARY,
        "next_step": CANARY, "promise": "document", "promise_by": "2026-03-06",
        "promise_2": "call", "promise_2_by": "2026-03-07"}, actor=PARTNER,
    )  # fmt: skip
    (held,) = office.announced_of(AppointmentHeld)
    assert (held.outcome, held.by, held.matter_id) == ("held", "s-partner", "m-1")
    (asked,) = office.announced_of(UnderstandingRequested)
    assert (asked.note_id, asked.revision, asked.met_at) == (task.ref, 1, TALK)
    first, second = office.announced_of(PromiseMade)
    assert (first.what, first.due_at.isoformat()) == ("document", "2026-03-06T17:00:00+00:00")
    assert second.due_at.isoformat() == "2026-03-09T17:00:00+00:00"  # of a Saturday: the Monday
    assert first.promise_id != second.promise_id
    said = str(office.announced)
    assert "Quimby" not in said
    assert UNDERSTOOD not in said
    note = office.get(ATTENDANCE_NOTES, task.ref)
    assert note is not None
    assert (note.said, note.authority_limit, note.next_step) == (CANARY, CANARY, CANARY)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"promise": "document"}, "promise_by"),
        ({"promise_by": "2026-03-06"}, "promise"),
        ({"promise": "a horse", "promise_by": "2026-03-06"}, "promise"),
        ({"promise": "call", "promise_by": "2026-02-27"}, "promise_by"),
        ({"promise_3": "call", "promise_3_by": "soon"}, "promise_3_by"),
        ({"next_step": "x" * 301}, "next_step"),
        ({"said": 7}, "said"),
    ],
)
def test_what_cannot_be_understood_names_its_field(fields: dict[str, Any], field: str) -> None:
    office = ready()
    office.hear(over())
    assert refused(office, understood=UNDERSTOOD, **fields).field == field


@pytest.mark.parametrize("outcome", ["missed-by-client", "missed-by-firm"])
def test_an_appointment_that_was_missed_asks_the_client_nothing(outcome: str) -> None:
    office = ready()
    office.hear(over())
    (task,) = office.tasks("appointment-outcome")
    office.decide(task.task_id, outcome, {"happened": CANARY}, actor=PARTNER)
    (held,) = office.announced_of(AppointmentHeld)
    assert held.outcome == outcome
    assert office.announced_of(UnderstandingRequested) == []
    assert "Quimby" not in str(office.announced)


def test_of_what_was_called_off_or_moved_nobody_is_asked_whichever_is_heard_first() -> None:
    for change in (CANCELLED, moved()):
        for order in permutations((over(), change)):
            office = ready()
            for each in order:
                office.hear(each, time=START)
            assert office.tasks("appointment-outcome") == [], order


def test_the_appointment_that_was_moved_is_asked_about_at_its_new_time() -> None:
    office = ready()
    office.hear(moved())
    office.hear(over(TALK + timedelta(days=7)))
    assert len(office.tasks("appointment-outcome")) == 1
    office.hear(moved(), time=START + timedelta(hours=1))
    assert len(office.tasks("appointment-outcome")) == 1


def test_what_was_called_off_before_it_began_and_was_set_again_is_asked_about() -> None:
    office = ready()
    office.hear(CANCELLED, time=TALK - timedelta(days=2))
    office.hear(over())
    assert len(office.tasks("appointment-outcome")) == 1


def test_a_change_that_is_heard_late_takes_nothing_back() -> None:
    office = ready()
    heard: list[tuple[EventData, int]] = [(moved(), 2), (CANCELLED, 1)]
    for each, hours in heard:
        office.hear(each, time=START + timedelta(hours=hours))
    office.hear(over(TALK + timedelta(days=7)))
    assert len(office.tasks("appointment-outcome")) == 1


def test_what_was_noted_stays_when_the_appointment_is_moved_afterwards() -> None:
    office = ready()
    note_id = talked(office)
    office.hear(moved(), time=START)
    assert office.get(ATTENDANCE_NOTES, note_id) is not None


def test_of_a_whole_day_the_same_day_said_again_takes_nothing_back() -> None:
    office = ready()
    office.hear(over(datetime(2026, 3, 1, 22, 59, tzinfo=UTC)))
    same_day = {"appointment_id": "a-1", "client_id": "c-1", "starts_on": "2026-03-01",
                "timezone": "Europe/Berlin", "kind": "consultation"}  # fmt: skip
    office.hear(AppointmentRescheduled.model_validate(same_day))
    assert len(office.tasks("appointment-outcome")) == 1
    office.hear(AppointmentRescheduled.model_validate(same_day | {"starts_on": "2026-03-09"}))
    assert office.tasks("appointment-outcome") == []
