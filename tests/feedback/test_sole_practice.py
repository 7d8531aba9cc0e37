"""Can a firm of one lawyer make it right, with time and a reason in place of a second person?"""

from datetime import timedelta
from typing import Any

import pytest

from services.feedback.settings import FeedbackSettings
from shared.contracts.feedback import ServiceRecoveryResolved
from shared.contracts.tasks import TaskCompleted
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.feedback.office import LAWYER, OWNER, answer, asked_office

SOLE: dict[str, Any] = {"sole_practice": True, "cooling_off_hours": 48}
TOLD = {"outcome": "explained", "cause_code": "too-slow", "client_told": True}
REASON = "There is nobody else in the firm."


def unhappy(**settings: Any) -> MemoryService:
    """A client who answered 2, where the matter's owner is the whole firm."""
    office = asked_office(**settings)
    answer(office, 2, practice=FeedbackSettings(**settings).practice())
    return office


def resolve(office: MemoryService, note: str = REASON, actor: Any = OWNER) -> None:
    (task,) = office.tasks("service-recovery")
    office.decide(task.task_id, "resolve", {**TOLD, "note": note}, actor=actor)


def refused(office: MemoryService, note: str = REASON) -> RuleError:
    with pytest.raises(RuleError) as no:
        resolve(office, note)
    return no.value


def test_elsewhere_the_owner_stays_barred_whatever_they_write() -> None:
    office = unhappy()
    office.now += timedelta(days=30)
    assert refused(office).code == "barred"


def test_before_the_cooling_off_is_over_the_owner_cannot_decide() -> None:
    office = unhappy(**SOLE)
    office.now += timedelta(hours=47, minutes=59)
    no = refused(office)
    assert no.code == "cooling-off"
    assert "04 March 2026, 10:00" in no.message


def test_without_a_written_reason_the_owner_cannot_decide() -> None:
    office = unhappy(**SOLE)
    office.now += timedelta(hours=48)
    assert refused(office, note=" ").field == "note"


def test_after_it_with_a_reason_the_owner_decides_and_is_marked_as_alone() -> None:
    office = unhappy(**SOLE)
    office.now += timedelta(hours=48)
    resolve(office)
    assert office.announced_of(ServiceRecoveryResolved)[0].sole_practice is True
    assert office.announced_of(TaskCompleted)[0].sole_practice is True
    assert REASON not in repr(office.announced)


def test_somebody_else_decides_at_once_and_is_not_marked() -> None:
    office = unhappy(**SOLE)
    resolve(office, note="", actor=LAWYER)
    assert office.announced_of(ServiceRecoveryResolved)[0].sole_practice is None
    assert office.announced_of(TaskCompleted)[0].sole_practice is None


def test_the_task_says_from_when_it_can_be_decided() -> None:
    office = unhappy(**SOLE)
    (task,) = office.tasks("service-recovery")
    assert office.view(task.task_id, OWNER)["alone"] == "2026-03-04T10:00:00+01:00"


def test_the_owner_reads_comments_where_there_is_nobody_else() -> None:
    office = asked_office(**SOLE)
    answer(office, 9, "Thank you", practice=FeedbackSettings(**SOLE).practice())
    (task,) = office.tasks("survey-comment")
    assert office.view(task.task_id, OWNER)["comment"] == "Thank you"
    office.decide(task.task_id, "thanks", actor=OWNER)
    assert office.tasks() == []


def test_a_sole_practice_that_is_one_no_more_bars_the_owner_again() -> None:
    office = unhappy(**SOLE)
    office.deciders = asked_office().deciders
    office.now += timedelta(days=9)
    assert refused(office).code == "barred"
