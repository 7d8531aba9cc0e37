"""Can a lawyer who is the whole firm approve a reply of their own, later and with a reason?"""

from datetime import timedelta

import pytest

from services.reputation.domain.sole_practice import SolePractice
from shared.contracts.reputation import ReviewResponseApproved
from shared.contracts.tasks import TaskCompleted
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.reputation.office import ASSISTANT, AUTHOR, approve, edit, heard_office, the_response
from tests.reputation.office import LAWYER as COLLEAGUE
from tests.reputation.office import the_task as task_of

REASON = "There is nobody else; I read it again after a night."


def written() -> MemoryService:
    """The lawyer has written a reply."""
    office = heard_office(sole_practice=True)
    edit(office, "Hello to all.")
    return office


def refusal(office: MemoryService, reason: str = REASON) -> RuleError:
    with pytest.raises(RuleError) as refused:
        approve(office, AUTHOR, reason)
    return refused.value


def test_not_at_once() -> None:
    office = written()
    no = refusal(office)
    assert (no.code, "in 24 hours" in no.message) == ("cooling-off", True)


def test_not_without_a_reason() -> None:
    office = written()
    office.now += timedelta(hours=24)
    assert (refusal(office, "").field, refusal(office, "  ").field) == ("reason", "reason")


def test_after_the_cooling_off_with_a_reason_and_marked_as_such() -> None:
    office = written()
    office.now += timedelta(hours=24)
    approve(office, AUTHOR, REASON)
    response = the_response(office)
    assert response.approval is not None
    assert (response.state, response.approval.alone, response.reason) == ("approved", True, REASON)
    assert office.announced_of(ReviewResponseApproved)[0].sole_practice is True
    assert office.announced_of(TaskCompleted)[0].sole_practice is True


def test_every_change_begins_it_anew() -> None:
    office = written()
    office.now += timedelta(hours=23)
    edit(office, "Hello, all of you.")
    office.now += timedelta(hours=2)
    assert refusal(office).code == "cooling-off"


def test_the_task_says_from_when_on_to_its_author_alone() -> None:
    office = written()
    said = office.view(task_of(office).task_id, AUTHOR)["alone"]
    assert said == "2026-03-03T10:00:00+01:00"  # Berlin
    assert office.view(task_of(office).task_id, COLLEAGUE)["alone"] == ""


def test_a_colleague_s_approval_is_one_of_two() -> None:
    office = written()
    approve(office, COLLEAGUE)
    assert office.announced_of(ReviewResponseApproved)[0].sole_practice is None


def test_an_assistant_approves_no_free_text_of_their_own_there_either() -> None:
    office = heard_office(sole_practice=True)
    edit(office, "Hello to all.", ASSISTANT)
    office.now += timedelta(hours=25)
    with pytest.raises(RuleError) as refused:
        approve(office, ASSISTANT, REASON)
    assert refused.value.code == "needs-lawyer"


def test_elsewhere_no_time_and_no_reason_replaces_the_colleague() -> None:
    office = heard_office()
    edit(office, "Hello to all.")
    office.now += timedelta(days=30)
    with pytest.raises(RuleError) as refused:
        approve(office, AUTHOR, REASON)
    assert refused.value.code == "own-text"


def test_hours_are_said_as_people_say_them() -> None:
    office = written()
    office.now += timedelta(hours=23, minutes=30)
    assert "in 1 hour." in refusal(office).message
    assert SolePractice(cooling_off=timedelta(hours=1)).open_from(office.now) > office.now
