"""Are concerns of one cause seen as what they are, and does somebody learn from them?"""

from datetime import timedelta
from itertools import permutations

import pytest

from services.feedback.ports import CAUSES, LEARNINGS
from shared.contracts.concerns import ConcernClosed
from shared.contracts.scorecards import LearningAssigned, LearningCompleted, PatternDetected
from shared.errors import RuleError
from shared.tasks import Task
from tests.fakes.memory import START, MemoryService
from tests.feedback.office import LAWYER, PARTNER, new_office

TRAIN = {
    "learner": "s-lawyer",
    "learned_by": "2026-05-04",
    "reason": "Ring before the day is over.",
}


def closed(number: int, day: int, cause: str = "not-kept-informed") -> ConcernClosed:
    return ConcernClosed(
        concern_id=f"concern-{number}", kind="complaint", client_id=f"c-{number}",
        outcome="apologised", cause_code=cause, confirmed=True, at=START + timedelta(days=day),
    )  # fmt: skip


def patterned(*days: int) -> MemoryService:
    office = new_office()
    for number, day in enumerate(days):
        office.hear(closed(number, day))
    return office


def the_task(office: MemoryService, kind: str = "systemic-cause") -> Task:
    (task,) = office.tasks(kind)
    return task


def test_three_of_one_cause_within_thirty_days_are_one_pattern_and_one_task() -> None:
    office = patterned(0, 10, 30)
    (pattern,) = office.announced_of(PatternDetected)
    assert (pattern.cause_code, pattern.n, pattern.since) == ("not-kept-informed", 3, START)
    assert the_task(office).roles == ()
    assert the_task(office).role == "partner"


@pytest.mark.parametrize("days", [(0, 10), (0, 10, 31)])
def test_two_or_three_over_a_longer_time_are_none(days: tuple[int, ...]) -> None:
    assert patterned(*days).announced_of(PatternDetected) == []


def test_concerns_that_name_no_cause_make_no_pattern() -> None:
    office = new_office()
    for number in range(4):
        office.hear(closed(number, number, "not-known"))
    assert office.announced_of(PatternDetected) == []


def test_the_same_concern_closed_again_is_no_other_one() -> None:
    office = patterned(0, 1)
    office.hear(closed(1, 2), id="again")
    assert office.announced_of(PatternDetected) == []


def test_another_one_while_somebody_decides_joins_it() -> None:
    office = patterned(0, 1, 2, 3)
    assert len(office.announced_of(PatternDetected)) == 1
    assert the_task(office).why["text"].startswith("4 concerns")


def test_any_order_finds_the_pattern() -> None:
    for order in permutations([(0, 0), (1, 10), (2, 20)]):
        office = new_office()
        for number, day in order:
            office.hear(closed(number, day))
        assert len(office.announced_of(PatternDetected)) == 1


def test_who_is_to_learn_it_is_asked_and_says_so() -> None:
    office = patterned(0, 1, 2)
    office.decide(the_task(office).task_id, "train", TRAIN, actor=PARTNER)
    (assigned,) = office.announced_of(LearningAssigned)
    assert (assigned.staff_id, assigned.cause_code) == ("s-lawyer", "not-kept-informed")
    task = the_task(office, "learning")
    assert (task.owner_id, task.due_at) == ("s-lawyer", assigned.due_at)
    assert office.view(task.task_id, LAWYER)["what"] == TRAIN["reason"]
    office.decide(task.task_id, "learned", {"note": "I ring at four."}, actor=LAWYER)
    (completed,) = office.announced_of(LearningCompleted)
    assert completed.learning_id == assigned.learning_id
    kept = office.get(LEARNINGS, assigned.learning_id)
    assert kept is not None
    assert kept.completed_at == office.now


def test_a_team_may_learn_it() -> None:
    office = patterned(0, 1, 2)
    said = {**TRAIN, "learner": "", "team": "assistants"}
    office.decide(the_task(office).task_id, "train", said, actor=PARTNER)
    (assigned,) = office.announced_of(LearningAssigned)
    assert (assigned.staff_id, assigned.team) == (None, "assistants")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"learner": ""}, "learner"),
        ({"learned_by": "2026-01-01"}, "learned_by"),
        ({"learned_by": "soon"}, "learned_by"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_missing_is_named(changed: dict[str, str], field: str) -> None:
    office = patterned(0, 1, 2)
    with pytest.raises(RuleError) as no:
        office.decide(the_task(office).task_id, "train", {**TRAIN, **changed}, actor=PARTNER)
    assert no.value.field == field
    assert office.announced_of(LearningAssigned) == []


@pytest.mark.parametrize("decision", ["change-rule", "accept"])
def test_what_was_decided_is_kept_and_counts_no_more(decision: str) -> None:
    office = patterned(0, 1, 2)
    said = {"reason": "We ring on Fridays now."}
    office.decide(the_task(office).task_id, decision, said, actor=PARTNER)
    office.hear(closed(8, 3))
    office.hear(closed(9, 4))
    assert len(office.announced_of(PatternDetected)) == 1
    office.hear(closed(10, 5))
    assert len(office.announced_of(PatternDetected)) == 2
    cause = office.get(CAUSES, "not-kept-informed")
    assert cause is not None
    assert [each.decision for each in cause.decided] == [decision]
    task = the_task(office)
    assert said["reason"] in office.view(task.task_id, PARTNER)["before"]


def test_a_lawyer_does_not_decide_about_a_cause() -> None:
    office = patterned(0, 1, 2)
    with pytest.raises(RuleError) as no:
        office.decide(the_task(office).task_id, "accept", {"reason": "x"}, actor=LAWYER)
    assert no.value.code == "wrong-role"
