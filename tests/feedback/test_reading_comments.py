"""Is every comment read by somebody, whatever score stands above it?"""

from datetime import timedelta

import pytest

from services.feedback.ports import CONCERNS
from services.feedback.settings import FeedbackSettings
from shared.contracts.feedback import ServiceRecoveryOpened
from shared.contracts.reminders import SurveyDue
from shared.contracts.tasks import TaskCancelled
from shared.errors import RuleError
from shared.tasks import TASKS, Task
from tests.fakes.memory import MemoryService
from tests.feedback.office import (
    LAWYER,
    OWNER,
    PARTNER,
    answer,
    asked_office,
    matter_opened,
    new_office,
)

THANKS = "Thank you for everything"
COMPLAINT = "Good result, but you missed a deadline"


def written(score: int = 9, comment: str = THANKS) -> MemoryService:
    office = asked_office()
    answer(office, score, comment)
    return office


def to_read(office: MemoryService) -> Task:
    (task,) = office.tasks("survey-comment")
    return task


@pytest.mark.parametrize("score", [7, 8, 9, 10])
def test_a_comment_to_a_good_score_is_given_to_somebody_to_read(score: int) -> None:
    office = written(score)
    task = to_read(office)
    assert task.barred == (OWNER.id,)
    shown = office.view(task.task_id, LAWYER)
    assert (shown["comment"], shown["score"]) == (THANKS, f"{score} of 10")


@pytest.mark.parametrize("score", [0, 7, 10])
def test_without_a_comment_there_is_nothing_to_read(score: int) -> None:
    office = asked_office()
    answer(office, score)
    assert office.tasks("survey-comment") == []


def test_a_comment_to_a_low_score_is_read_in_its_recovery() -> None:
    office = written(3)
    assert office.tasks("survey-comment") == []
    assert len(office.tasks("service-recovery")) == 1


def test_words_that_sound_like_a_complaint_are_read_first() -> None:
    calm, alarming = to_read(written()), to_read(written(comment=COMPLAINT))
    assert (calm.priority, alarming.priority) == ("low", "high")
    assert alarming.due_at - calm.due_at == -timedelta(days=2)
    assert alarming.why["text"].endswith("It sounds like a complaint.")


def test_the_firm_s_own_words_raise_it_too() -> None:
    office = asked_office()
    practice = FeedbackSettings(complaint_words=("everything",)).practice()
    answer(office, 9, THANKS, practice=practice)
    assert to_read(office).priority == "high"


@pytest.mark.parametrize("decision", ["thanks", "remark"])
def test_once_read_nothing_more_is_asked(decision: str) -> None:
    office = written()
    office.decide(to_read(office).task_id, decision, actor=LAWYER)
    assert office.tasks() == []
    assert office.all(CONCERNS) == []


def test_a_complaint_under_a_good_score_opens_a_recovery() -> None:
    office = written(10, COMPLAINT)
    office.decide(to_read(office).task_id, "complaint", actor=LAWYER)
    (opened,) = office.announced_of(ServiceRecoveryOpened)
    assert opened.trigger == "comment"
    (task,) = office.tasks("service-recovery")
    assert task.barred == (OWNER.id,)
    assert office.view(task.task_id, PARTNER)["comment"] == COMPLAINT


def test_what_a_person_opened_does_not_close_when_the_score_rises() -> None:
    office = written(8, COMPLAINT)
    office.decide(to_read(office).task_id, "complaint", actor=LAWYER)
    answer(office, 10)
    (recovery,) = office.all(CONCERNS)
    assert recovery.state == "open"
    assert recovery.opened_by == LAWYER.id


def test_a_changed_comment_is_read_again_and_only_once_at_a_time() -> None:
    office = written()
    answer(office, 9, COMPLAINT)
    task = to_read(office)
    assert (task.version, task.priority) == (2, "high")


def test_a_comment_written_after_the_first_was_read_is_read_too() -> None:
    office = written()
    office.decide(to_read(office).task_id, "thanks", actor=LAWYER)
    answer(office, 9, COMPLAINT)
    assert office.view(to_read(office).task_id, LAWYER)["comment"] == COMPLAINT


def test_a_comment_taken_back_by_its_author_is_not_looked_for() -> None:
    office = written()
    answer(office, 9)
    assert office.tasks("survey-comment") == []
    assert [each.reason for each in office.announced_of(TaskCancelled)] == ["comment-taken-back"]


def test_once_the_score_falls_the_comment_is_read_in_the_recovery() -> None:
    office = written()
    answer(office, 2, COMPLAINT)
    assert office.tasks("survey-comment") == []
    assert [each.reason for each in office.announced_of(TaskCancelled)] == ["read-in-recovery"]
    (task,) = office.tasks("service-recovery")
    assert office.view(task.task_id, LAWYER)["comment"] == COMPLAINT


def test_after_a_recovery_was_resolved_a_new_comment_is_still_read() -> None:
    office = written(3, COMPLAINT)
    (task,) = office.tasks("service-recovery")
    told = {"outcome": "explained", "cause_code": "not-kept-informed", "client_told": True}
    office.decide(task.task_id, "resolve", told, actor=LAWYER)
    answer(office, 9, THANKS)
    assert office.view(to_read(office).task_id, LAWYER)["comment"] == THANKS


def test_an_owner_told_of_late_neither_reads_nor_decides() -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    answer(office, 9, COMPLAINT)
    office.hear(matter_opened())
    task_id = to_read(office).task_id
    for look in (office.view, lambda id, actor: office.decide(id, "thanks", actor=actor)):
        with pytest.raises(RuleError) as refused:
            look(task_id, OWNER)
        assert refused.value.code == "barred"


def test_the_client_s_words_are_in_no_event_and_no_task() -> None:
    office = written(10, "canary: you missed it")
    office.decide(to_read(office).task_id, "complaint", actor=LAWYER)
    assert "canary" not in repr(office.announced) + repr(office.all(TASKS))
