"""Does everything about a review end once it no longer stands on its site?"""

from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.ports import RESPONSES, REVIEWS
from shared.contracts.firm import ReviewReceived, ReviewRemoved
from shared.contracts.reputation import ReviewResponseRejected
from shared.contracts.tasks import TaskCancelled
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.reputation.office import (
    LAWYER,
    approve,
    edit,
    heard_office,
    new_office,
    review,
    the_response,
    the_task,
)

GONE = ReviewRemoved(review_id="rv-1", site="Google", by="author")


def remove(office: MemoryService) -> None:
    """The review is taken away, an hour later."""
    office.now += timedelta(hours=1)
    office.hear(GONE)


def test_a_draft_and_its_task_end_and_the_task_says_why() -> None:
    office = heard_office()
    remove(office)
    assert the_response(office).state == "review-removed"
    assert office.tasks("review-response") == []
    (cancelled,) = office.announced_of(TaskCancelled)
    assert cancelled.reason == "the review was removed from its site"
    assert [each.by for each in office.announced_of(ReviewResponseRejected)] == ["review-removed"]


def test_an_approved_reply_is_not_posted_any_more() -> None:
    office = heard_office()
    approve(office)
    posting = the_task(office, "review-posting")
    remove(office)
    assert office.tasks("review-posting") == []
    with pytest.raises(RuleError):
        office.decide(posting.task_id, "posted", actor=LAWYER)


def test_a_published_reply_is_gone_with_it_and_nothing_is_asked() -> None:
    office = heard_office()
    approve(office)
    office.decide(the_task(office, "review-posting").task_id, "posted", actor=LAWYER)
    remove(office)
    assert the_response(office).state == "published"
    assert the_response(office).history[-1].what == "review-removed"
    assert office.announced_of(ReviewResponseRejected) == []


def test_a_removal_told_twice_is_one() -> None:
    office = heard_office()
    remove(office)
    remove(office)
    assert len(office.announced_of(ReviewResponseRejected)) == 1


def test_a_removal_heard_before_the_review_asks_nobody() -> None:
    office = new_office()
    office.hear(GONE, time=office.now + timedelta(minutes=5))
    office.hear(review())
    assert office.all(RESPONSES) == []
    assert office.tasks("review-response") == []
    assert office.all(REVIEWS)[0].stars == 1


def test_an_older_removal_than_the_review_changes_nothing() -> None:
    office = heard_office()
    office.hear(GONE, time=office.now - timedelta(days=1))
    assert the_response(office).state == "draft"


def test_a_review_that_is_put_back_is_answered_anew() -> None:
    office = heard_office()
    remove(office)
    office.now += timedelta(days=1)
    office.hear(review())
    assert the_response(office).state == "draft"
    assert "stands on its site again" in the_task(office).why["text"]


def test_what_a_person_wrote_is_kept_for_when_it_comes_back() -> None:
    office = heard_office()
    edit(office, "Hello to all.")
    remove(office)
    office.now += timedelta(days=1)
    office.hear(review())
    assert the_response(office).text == "Hello to all."


def test_a_removal_on_another_site_is_about_another_review() -> None:
    office = heard_office()
    office.now += timedelta(hours=1)
    office.hear(ReviewRemoved(review_id="rv-1", site="trustpilot"))
    assert the_response(office).state == "draft"


Step = tuple[int, Literal["told", "changed", "removed"]]
STEPS: list[Step] = [(0, "told"), (1, "removed"), (2, "changed"), (3, "removed"), (4, "told")]


def data_of(kind: str) -> ReviewReceived | ReviewRemoved:
    if kind == "removed":
        return GONE
    return review(text="They made it right." if kind == "changed" else "Bad.")


@given(st.permutations(STEPS), st.lists(st.sampled_from(STEPS), max_size=3), st.integers(1, 5))
def test_in_any_order_the_last_word_holds(
    order: list[Step], repeats: list[Step], heard: int
) -> None:
    office = new_office()
    start = office.now
    told = [each for each in (*order, *repeats) if each[0] < heard]
    for number, kind in told:
        office.hear(data_of(kind), id=f"e-{number}", time=start + timedelta(minutes=number))
    last = max(told)[1]
    assert len(office.tasks("review-response")) == (0 if last == "removed" else 1)
