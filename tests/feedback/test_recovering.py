"""Does somebody see to every unhappy client, and never to their own matter?"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services.feedback.ports import CONCERNS
from shared.contracts.feedback import (
    FeedbackSubmitted,
    ServiceRecoveryOpened,
    ServiceRecoveryResolved,
)
from shared.contracts.firm import ClientUpdated
from shared.contracts.reminders import SurveyDue
from shared.contracts.tasks import TaskCancelled, TaskCreated
from shared.errors import RuleError, StaleVersionError
from shared.tasks import TASKS, Actor, Task
from tests.fakes.memory import MemoryService
from tests.feedback.office import (
    LAWYER,
    OWNER,
    PARTNER,
    answer,
    asked_office,
    matter_opened,
    new_office,
    survey,
)

TOLD = {
    "outcome": "explained",
    "cause_code": "not-kept-informed",
    "client_told": True,
    "note": "called them",
}


def open_task(office: MemoryService) -> Task:
    (task,) = office.tasks("service-recovery")
    return task


@pytest.mark.parametrize("score", [0, 3, 6])
def test_six_or_less_opens_a_recovery_with_a_task(score: int) -> None:
    office = asked_office()
    answer(office, score)
    assert len(office.announced_of(ServiceRecoveryOpened)) == 1
    assert open_task(office).about == {"client_id": "c-1", "matter_id": "m-1"}


@pytest.mark.parametrize("score", [7, 10])
def test_seven_or_more_opens_none(score: int) -> None:
    office = asked_office()
    answer(office, score)
    assert office.all(CONCERNS) == []


def test_the_task_is_due_on_the_next_business_day_of_the_firm() -> None:
    office = asked_office()
    office.now += timedelta(days=4)  # a Friday
    answer(office, 2)
    due = open_task(office).due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (due.isoweekday(), due - office.now) == (1, timedelta(days=3))


def test_the_matter_s_owner_is_barred() -> None:
    office = asked_office()
    answer(office, 2)
    assert open_task(office).barred == (OWNER.id,)


def test_the_matter_s_owner_cannot_resolve_it() -> None:
    office = asked_office()
    answer(office, 2)
    with pytest.raises(RuleError) as refused:
        office.decide(open_task(office).task_id, "resolve", TOLD, actor=OWNER)
    assert refused.value.code == "barred"


def test_while_the_owner_is_unknown_only_partners_may_act() -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    answer(office, 2)
    with pytest.raises(RuleError):
        office.decide(open_task(office).task_id, "resolve", TOLD, actor=LAWYER)
    office.decide(open_task(office).task_id, "resolve", TOLD, actor=PARTNER)


def test_an_owner_told_late_is_barred_from_the_open_task() -> None:
    office = new_office()
    office.hear(SurveyDue(client_id="c-1", matter_id="m-1"))
    answer(office, 2)
    office.hear(matter_opened())
    assert (open_task(office).barred, open_task(office).roles) == ((OWNER.id,), ())


def test_a_new_owner_takes_the_old_one_s_place() -> None:
    office = asked_office()
    answer(office, 2)
    office.hear(matter_opened("s-new"), time=office.now + timedelta(minutes=1))
    assert open_task(office).barred == ("s-new",)


def test_an_old_word_about_the_owner_changes_nothing() -> None:
    office = asked_office()
    answer(office, 2)
    office.hear(matter_opened("s-old"), time=office.now - timedelta(days=1))
    assert open_task(office).barred == (OWNER.id,)
    assert open_task(office).version == 1


def test_the_client_s_record_moves_the_owner_of_the_matter_it_names() -> None:
    office = asked_office()
    answer(office, 2)
    changed = ClientUpdated(client_id="c-1", matter_id="m-1", owner_id="s-new")
    office.hear(changed, time=office.now + timedelta(minutes=1))
    assert open_task(office).barred == ("s-new",)


def test_one_survey_has_one_recovery_however_often_it_is_answered() -> None:
    office = asked_office()
    for score in (2, 5, 9, 1):
        answer(office, score)
    assert len(office.all(CONCERNS)) == 1


def test_raising_the_answer_in_time_closes_it_with_history() -> None:
    office = asked_office()
    answer(office, 2)
    answer(office, 9)
    (recovery,) = office.all(CONCERNS)
    assert [line.what for line in recovery.history] == ["opened", "answer-raised"]
    assert [each.reason for each in office.announced_of(TaskCancelled)] == ["answer-raised"]
    assert office.announced_of(ServiceRecoveryResolved)[0].outcome == "answer-raised"


def test_lowering_the_answer_opens_one() -> None:
    office = asked_office()
    answer(office, 9)
    answer(office, 4)
    assert open_task(office).why["text"] == "The client answered 4 of 10."


def test_down_up_and_down_again_leaves_one_open_task() -> None:
    office = asked_office()
    for score in (2, 9, 3):
        answer(office, score)
    open_task(office)
    (recovery,) = office.all(CONCERNS)
    assert recovery.state == "open"


def test_a_changed_answer_asks_whoever_works_on_it_to_look_again() -> None:
    office = asked_office()
    answer(office, 2)
    answer(office, 5, "it got better")
    with pytest.raises(StaleVersionError):
        office.decide(open_task(office).task_id, "resolve", TOLD, actor=LAWYER, version=1)


def test_it_cannot_be_resolved_without_the_client_told() -> None:
    office = asked_office()
    answer(office, 2)
    with pytest.raises(RuleError) as refused:
        office.decide(
            open_task(office).task_id,
            "resolve",
            {**TOLD, "client_told": False},
            actor=LAWYER,
        )
    assert refused.value.field == "client_told"


def test_an_outcome_that_is_no_choice_is_refused() -> None:
    office = asked_office()
    answer(office, 2)
    with pytest.raises(RuleError) as refused:
        office.decide(
            open_task(office).task_id, "resolve", {**TOLD, "outcome": "bribed"}, actor=LAWYER
        )
    assert refused.value.field == "outcome"


def test_resolving_is_announced_and_completes_the_task() -> None:
    office = asked_office()
    answer(office, 2)
    task_id = open_task(office).task_id
    office.decide(task_id, "resolve", TOLD, actor=LAWYER)
    said = office.announced_of(ServiceRecoveryResolved)[0]
    assert (said.outcome, said.client_told) == ("explained", True)
    task = office.get(TASKS, task_id)
    assert task is not None
    assert (task.state, task.decided_by) == ("done", LAWYER.id)


def test_answers_are_announced_with_their_revision_and_without_words() -> None:
    office = asked_office()
    answer(office, 2, "secret words")
    answer(office, 9)
    said = [(each.score, each.revision, each.has_comment)
            for each in office.announced_of(FeedbackSubmitted)]  # fmt: skip
    assert said == [(2, 1, True), (9, 2, False)]


def test_the_client_s_words_are_in_no_event_and_no_task() -> None:
    office = asked_office()
    answer(office, 2, "canary words")
    office.decide(
        open_task(office).task_id, "resolve", {**TOLD, "note": "canary note"}, actor=LAWYER
    )
    told = repr(office.announced) + repr(office.all(TASKS))
    assert "canary" not in told


def test_staff_see_score_comment_and_owner() -> None:
    office = asked_office()
    answer(office, 2, "nobody called")
    shown = office.view(open_task(office).task_id, LAWYER)
    assert shown["score"] == "2 of 10"
    assert shown["comment"] == "nobody called"
    assert shown["matter_owner"] == OWNER.id


def test_the_task_names_the_answer_that_caused_it() -> None:
    office = asked_office()
    answer(office, 2)
    submitted = next(e for e in office.announced if e.type == "feedback-submitted")
    assert office.announced_of(TaskCreated)[0].why.event_id == submitted.id


def test_the_chain_of_causes_leads_back_to_why_the_client_was_asked() -> None:
    office = asked_office()
    asked = next(e for e in office.announced if e.type == "feedback-requested")
    assert survey(office).correlation_id == asked.correlation_id


def test_an_actor_without_a_fitting_role_is_refused() -> None:
    office = asked_office()
    answer(office, 2)
    assistant = Actor(id="s-a", roles=("assistant",))
    with pytest.raises(RuleError) as refused:
        office.decide(open_task(office).task_id, "resolve", TOLD, actor=assistant)
    assert refused.value.code == "wrong-role"
