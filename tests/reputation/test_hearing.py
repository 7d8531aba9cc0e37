"""Is every review answered once per revision, and no import of the past?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.ports import REPORTS, RESPONSES, REVIEWS
from shared.contracts.firm import ReviewReceived, ReviewRemoved
from shared.contracts.reputation import ReviewResponseDrafted
from shared.contracts.tasks import TaskCreated
from shared.errors import RuleError
from shared.tasks import TASKS
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


def later(office: MemoryService, **more: object) -> None:
    office.now += timedelta(hours=1)
    office.hear(review(**more))


def test_a_review_gets_a_draft_and_a_task() -> None:
    office = heard_office()
    assert the_response(office).text
    assert the_task(office).about == {"review_id": "rv-1"}
    assert len(office.announced_of(ReviewResponseDrafted)) == 1


def test_the_same_review_told_again_is_nothing_new() -> None:
    office = heard_office()
    later(office)
    assert len(office.announced_of(TaskCreated)) == 1
    assert [each.revision for each in office.all(REVIEWS)] == [1]


def test_the_same_id_on_another_site_is_another_review() -> None:
    office = heard_office()
    office.hear(review(site="trustpilot"))
    assert len(office.all(REVIEWS)) == 2


def test_the_spelling_of_a_site_does_not_matter() -> None:
    office = heard_office()
    later(office, site="Google")
    assert len(office.all(REVIEWS)) == 1


def test_an_edited_review_is_a_revision_and_asks_to_look_again() -> None:
    office = heard_office()
    later(office, stars=5, text="They made it right.")
    assert office.all(REVIEWS)[0].revision == 2
    assert the_task(office).version == 2


def test_an_untouched_draft_follows_the_review() -> None:
    office = heard_office()
    before = the_response(office).text
    later(office, stars=5, text="They made it right.")
    assert the_response(office).text != before


def test_what_a_person_wrote_is_kept_when_the_review_changes() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    later(office, text="They ruined everything.")
    assert the_response(office).text == "Thank you for writing."


def test_an_older_telling_changes_nothing() -> None:
    office = heard_office()
    office.hear(review(stars=5), time=office.now - timedelta(days=1))
    assert office.all(REVIEWS)[0].stars == 1


def test_an_import_is_kept_and_asks_nobody() -> None:
    office = new_office()
    office.hear(review(), history=True)
    assert len(office.all(REVIEWS)) == 1
    assert office.announced == []


def test_a_change_after_approval_makes_it_void() -> None:
    office = heard_office()
    approve(office)
    later(office, text="They ruined everything.")
    assert the_response(office).state == "draft"
    assert office.tasks("review-posting") == []
    assert the_task(office).state == "open"


def test_even_an_import_of_a_change_makes_the_approval_void() -> None:
    office = heard_office()
    approve(office)
    office.now += timedelta(hours=1)
    office.hear(review(text="They ruined everything."), history=True)
    assert the_response(office).approval is None


def test_a_posting_somebody_still_has_open_is_refused_after_a_change() -> None:
    office = heard_office()
    approve(office)
    posting = the_task(office, "review-posting")
    later(office, text="They ruined everything.")
    with pytest.raises(RuleError):
        office.decide(posting.task_id, "posted", actor=LAWYER, version=posting.version)


def test_a_change_after_publishing_asks_for_a_new_reply() -> None:
    office = heard_office()
    approve(office)
    office.decide(the_task(office, "review-posting").task_id, "posted", actor=LAWYER)
    later(office, stars=2)
    assert the_response(office).state == "draft"
    assert the_task(office).state == "open"


@pytest.mark.parametrize(
    ("stars", "priority", "role"), [(1, "high", "lawyer"), (3, "normal", "assistant")]
)
def test_few_stars_are_a_lawyer_s_and_urgent(stars: int, priority: str, role: str) -> None:
    task = the_task(heard_office(stars=stars))
    assert (task.priority, task.role) == (priority, role)


def test_no_word_of_the_review_and_no_client_is_announced() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    later(office, text="canary")
    told = repr(office.announced) + repr(office.all(TASKS))
    for secret in ("bakery", "Maria", "canary", "Thank you for writing"):
        assert secret not in told
    assert "client_id='" not in told


def test_nobody_without_a_client_s_key_could_tell_whose_review_it_is() -> None:
    fields = set(ReviewReceived.model_fields) | set(RESPONSES.entity.__dataclass_fields__)
    fields |= set(REVIEWS.entity.__dataclass_fields__) | set(REPORTS.entity.__dataclass_fields__)
    fields |= set(ReviewRemoved.model_fields)
    assert not {"client_id", "matter_id"} & fields


TELLINGS = [
    review(stars=1, text="Bad."),
    review(stars=1, text="Very bad."),
    review(stars=4, text="Better."),
    review(stars=4, text="Better."),
]
numbered = list(enumerate(TELLINGS))


@given(st.permutations(numbered), st.lists(st.sampled_from(numbered), max_size=4))
def test_any_order_with_repeats_ends_with_the_newest_telling(
    order: list[tuple[int, ReviewReceived]], repeats: list[tuple[int, ReviewReceived]]
) -> None:
    office = new_office()
    start = office.now
    for number, data in [*order, *repeats]:
        office.hear(data, id=f"e-{number}", time=start + timedelta(minutes=number))
    (kept,) = office.all(REVIEWS)
    assert (kept.stars, kept.text) == (4, "Better.")
    assert len(office.tasks("review-response")) == 1
    assert the_response(office).revision == kept.revision
