"""Does every recovery end honestly: as it was, said so, and never by a number alone?"""

from datetime import timedelta
from typing import Any

import pytest

from services.feedback.ports import CONCERNS
from shared.contracts.feedback import ServiceRecoveryResolved
from shared.contracts.tasks import TaskCancelled, TaskUpdated
from shared.errors import RuleError
from shared.tasks import TASKS, Task
from tests.fakes.memory import MemoryService
from tests.feedback.office import LAWYER, answer, asked_office
from tests.filled_in import usual

NOT_REACHED: dict[str, Any] = {"outcome": "client-unreachable", "client_told": False}


def unhappy(comment: str | None = None) -> MemoryService:
    """A client who answered 2."""
    office = asked_office()
    answer(office, 2, comment)
    return office


def the_task(office: MemoryService) -> Task:
    (task,) = office.tasks("service-recovery")
    return task


def decide(office: MemoryService, decision: str, **fields: Any) -> None:
    cause = {"cause_code": "not-called-back"} if decision == "resolve" else {}
    filled = usual("service-recovery", decision, cause | fields)
    office.decide(the_task(office).task_id, decision, filled, actor=LAWYER)


def refused(office: MemoryService, decision: str, **fields: Any) -> RuleError:
    with pytest.raises(RuleError) as no:
        decide(office, decision, **fields)
    return no.value


def try_on_days(office: MemoryService, days: int) -> None:
    for _ in range(days):
        decide(office, "log-try", note="rang, no answer")
        office.now += timedelta(days=1)


def test_a_try_keeps_the_task_open_and_moves_it_to_another_day() -> None:
    office = unhappy()
    try_on_days(office, 1)
    task = the_task(office)
    assert (task.state, task.version) == ("open", 2)
    assert task.why["text"].endswith("tried: 1 of 3.")
    assert office.view(task.task_id, LAWYER)["tries"] == "1 of 3"


@pytest.mark.parametrize("days", [0, 1, 2])
def test_unreachable_is_refused_before_three_logged_tries(days: int) -> None:
    office = unhappy()
    try_on_days(office, days)
    no = refused(office, "resolve", **NOT_REACHED)
    assert (no.code, no.field) == ("tries-missing", "outcome")


def test_three_tries_on_one_day_are_one_day() -> None:
    office = unhappy()
    for _ in range(3):
        decide(office, "log-try")
    assert refused(office, "resolve", **NOT_REACHED).code == "tries-missing"


def test_after_three_days_unreachable_is_an_end_and_says_how_often_it_was_tried() -> None:
    office = unhappy()
    try_on_days(office, 3)
    decide(office, "resolve", **NOT_REACHED)
    (said,) = office.announced_of(ServiceRecoveryResolved)
    assert (said.outcome, said.client_told, said.days_tried) == ("client-unreachable", False, 3)


def test_nobody_at_fault_is_an_end_with_its_reason() -> None:
    office = unhappy()
    no_reason = {"outcome": "nobody-at-fault", "client_told": True}
    assert refused(office, "resolve", **no_reason).field == "note"
    decide(office, "resolve", **no_reason, note="canary: the court was late, not we")
    assert office.announced_of(ServiceRecoveryResolved)[0].outcome == "nobody-at-fault"
    assert "canary" not in repr(office.announced)


def test_who_wants_no_contact_is_left_in_peace() -> None:
    office = unhappy()
    decide(office, "resolve", outcome="no-contact-wanted", client_told=False, note="wrote so")
    said = office.announced_of(ServiceRecoveryResolved)[0]
    assert (said.outcome, said.client_told) == ("no-contact-wanted", False)


def test_it_is_passed_on_to_somebody_named_and_the_client_knows() -> None:
    office = unhappy()
    assert refused(office, "pass-on", client_told=True).field == "passed_to"
    assert refused(office, "pass-on", passed_to="nobody", client_told=True).field == "passed_to"
    assert refused(office, "pass-on", passed_to="ombudsman", client_told=False).field == (
        "client_told"
    )
    decide(office, "pass-on", passed_to="ombudsman", client_told=True)
    said = office.announced_of(ServiceRecoveryResolved)[0]
    assert (said.outcome, said.passed_to) == ("passed-on", "ombudsman")


def test_a_complaint_in_words_does_not_disappear_when_the_score_rises() -> None:
    office = unhappy("nobody called me for weeks")
    answer(office, 10, "nobody called me for weeks")
    task = the_task(office)
    assert office.announced_of(TaskCancelled) == []
    assert office.announced_of(ServiceRecoveryResolved) == []
    assert task.why["text"] == "The client now answers 10 of 10; before, 2 of 10."
    assert [each.version for each in office.announced_of(TaskUpdated)] == [2]


def test_words_that_were_taken_back_are_still_told_to_whoever_makes_it_right() -> None:
    office = unhappy("nobody called me for weeks")
    answer(office, 10)
    shown = office.view(the_task(office).task_id, LAWYER)
    assert (shown["score"], shown["comment"]) == ("10 of 10", "nobody called me for weeks")


def test_a_recovery_somebody_works_on_does_not_disappear_when_the_score_rises() -> None:
    office = unhappy()
    decide(office, "log-try")
    answer(office, 9)
    assert the_task(office).state == "open"


def test_without_a_word_from_anybody_a_raised_score_still_closes_it() -> None:
    office = unhappy()
    task_id = the_task(office).task_id
    answer(office, 9)
    gone = office.get(TASKS, task_id)
    assert gone is not None
    assert gone.state == "cancelled"
    (recovery,) = office.all(CONCERNS)
    assert (recovery.state, recovery.outcome) == ("closed", "answer-raised")


def test_who_is_unhappy_again_after_it_was_resolved_is_heard_again() -> None:
    office = unhappy()
    decide(office, "resolve", outcome="explained", client_told=True)
    answer(office, 1, "and now this")
    assert the_task(office).why["text"] == "The client answered 1 of 10."
    assert office.view(the_task(office).task_id, LAWYER)["comment"] == "and now this"


def test_a_dissatisfied_client_is_heard_whatever_they_would_recommend() -> None:
    office = asked_office()
    answer(office, 9, satisfaction=2)
    text = "The client answered 9 of 10, and 2 of 5 for satisfaction."
    assert the_task(office).why["text"] == text
    assert office.view(the_task(office).task_id, LAWYER)["satisfaction"] == "2 of 5"


def test_it_stands_on_a_partner_s_list_and_not_the_owner_s() -> None:
    assert the_task(unhappy()).role == "partner"
