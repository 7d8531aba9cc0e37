"""May staff publish only what the rules allow, and exactly what was approved?"""

from dataclasses import replace
from typing import Any

import pytest

from services.reputation.domain.response import hash_of
from services.reputation.ports import RESPONSES
from shared.contracts.envelope import Cause
from shared.contracts.reputation import (
    ReviewResponseApproved,
    ReviewResponseDrafted,
    ReviewResponsePublished,
    ReviewResponseRejected,
)
from shared.errors import RuleError
from shared.tasks import TASKS
from tests.fakes.memory import MemoryService
from tests.reputation.office import (
    ASSISTANT,
    AUTHOR,
    LAWYER,
    approve,
    edit,
    heard_office,
    the_response,
    the_task,
)


def tamper(office: MemoryService, **changes: Any) -> None:
    """Somebody changes the stored reply behind everybody's back."""
    response = the_response(office)
    office.act(
        lambda unit: unit.put(RESPONSES, replace(response, **changes)),
        lambda _: [RESPONSES.one(response.response_id)],
        Cause("urn:test", "tamper", "tamper", "tamper", None, office.now),
    )


def test_an_edit_makes_its_writer_the_author() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    assert the_response(office).author_id == AUTHOR.id
    assert the_task(office).version == 2


def test_the_author_cannot_approve_their_own_text() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    with pytest.raises(RuleError) as refused:
        approve(office, AUTHOR)
    assert refused.value.code == "own-text"


def test_somebody_else_can() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    approve(office, LAWYER)
    assert the_response(office).state == "approved"


def test_an_assistant_cannot_approve_a_reply_to_one_star() -> None:
    office = heard_office(stars=1)
    with pytest.raises(RuleError) as refused:
        approve(office, ASSISTANT)
    assert refused.value.code == "needs-lawyer"


def test_an_assistant_can_approve_the_firm_s_own_words_under_five_stars() -> None:
    office = heard_office(stars=5, text="Great.")
    approve(office, ASSISTANT)
    assert the_response(office).state == "approved"


@pytest.mark.parametrize("stars", [1, 3, 5])
def test_an_assistant_can_never_approve_free_text(stars: int) -> None:
    office = heard_office(stars=stars, text="Great.")
    edit(office, "Hello to all.")
    with pytest.raises(RuleError) as refused:
        approve(office, ASSISTANT)
    assert refused.value.code == "needs-lawyer"
    assert the_task(office).role == "lawyer"


def test_an_assistant_cannot_approve_a_reply_to_five_stars_with_an_accusation() -> None:
    office = heard_office(stars=5, text="Nice people, but this was fraud.")
    with pytest.raises(RuleError) as refused:
        approve(office, ASSISTANT)
    assert refused.value.code == "needs-lawyer"


def test_whoever_picks_a_reply_of_the_firm_may_approve_it() -> None:
    office = heard_office()
    shown = office.view(the_task(office).task_id, LAWYER)["variants"]
    other = next(each["text"] for each in shown if not each["current"])
    edit(office, other, LAWYER)
    assert the_response(office).author_id is None
    approve(office, LAWYER)
    assert the_response(office).text == other


def test_a_text_the_guard_refuses_is_not_kept_and_its_place_is_named() -> None:
    office = heard_office()
    before = the_response(office)
    with pytest.raises(RuleError) as refused:
        edit(office, "Thank you. Your case was hard.")
    assert refused.value.field == "text"
    assert "characters 12 to 20 (relationship)" in refused.value.message
    assert the_response(office) == before


def test_a_refusal_repeats_none_of_the_words() -> None:
    office = heard_office()
    with pytest.raises(RuleError) as refused:
        edit(office, "Maria, the bakery was sold.")
    assert "bakery" not in refused.value.message


def test_a_refusal_says_what_to_write_instead() -> None:
    office = heard_office()
    with pytest.raises(RuleError) as refused:
        edit(office, "Call +49 30 1234567.")
    assert "Instead: write “please contact our office”" in refused.value.message


def test_an_over_long_text_is_refused_not_cut() -> None:
    office = heard_office(site="provenexpert")
    with pytest.raises(RuleError) as refused:
        edit(office, "Thank you. " * 100)
    assert "(length)" in refused.value.message


def test_what_the_guard_would_refuse_today_is_not_approved() -> None:
    office = heard_office()
    tamper(office, text="Your case was hard.")
    with pytest.raises(RuleError) as refused:
        approve(office)
    assert refused.value.code == "guard"


def test_an_approval_names_the_hash_of_the_exact_text() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    approve(office)
    said = office.announced_of(ReviewResponseApproved)[0]
    assert said.text_hash == hash_of("Thank you for writing.")
    assert said.approver_id == LAWYER.id


def test_each_draft_is_announced_by_its_hash() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    said = office.announced_of(ReviewResponseDrafted)
    assert [each.revision for each in said] == [1, 2]
    assert said[1].text_hash == hash_of("Thank you for writing.")


def test_after_approval_somebody_is_shown_exactly_that_text_to_post() -> None:
    office = heard_office()
    edit(office, "Thank you for writing.")
    approve(office)
    shown = office.view(the_task(office, "review-posting").task_id, ASSISTANT)
    assert shown == {
        "site": "google",
        "location": "",
        "url": "https://reviews.example/rv-1",
        "text": "Thank you for writing.",
    }


def test_posting_is_announced_with_the_approved_hash() -> None:
    office = heard_office()
    approve(office)
    office.decide(the_task(office, "review-posting").task_id, "posted", actor=ASSISTANT)
    said = office.announced_of(ReviewResponsePublished)[0]
    assert said.text_hash == office.announced_of(ReviewResponseApproved)[0].text_hash


def test_a_text_changed_after_approval_is_not_published() -> None:
    office = heard_office()
    approve(office)
    tamper(office, text="Another text.")
    with pytest.raises(RuleError) as refused:
        office.decide(the_task(office, "review-posting").task_id, "posted", actor=ASSISTANT)
    assert refused.value.code == "text-changed"
    assert office.announced_of(ReviewResponsePublished) == []


def test_a_text_changed_after_approval_is_not_even_shown() -> None:
    office = heard_office()
    approve(office)
    tamper(office, text="Another text.")
    with pytest.raises(RuleError) as refused:
        office.view(the_task(office, "review-posting").task_id, ASSISTANT)
    assert refused.value.code == "text-changed"


def test_a_reply_the_site_refused_comes_back_with_its_text() -> None:
    office = heard_office()
    approve(office)
    text = the_response(office).text
    posting = the_task(office, "review-posting")
    office.decide(posting.task_id, "rejected-by-site", {"reason": "policy"}, actor=ASSISTANT)
    assert (the_response(office).state, the_response(office).text) == ("draft", text)
    assert [each.by for each in office.announced_of(ReviewResponseRejected)] == ["site"]
    shown = office.view(the_task(office).task_id, LAWYER)
    assert (shown["text"], shown["reason"]) == (text, "policy")


def test_a_refused_reply_can_be_approved_and_posted_again() -> None:
    office = heard_office()
    for _ in range(2):
        approve(office)
        posting = the_task(office, "review-posting")
        office.decide(posting.task_id, "rejected-by-site", {"reason": "policy"}, actor=ASSISTANT)
    approve(office)
    office.decide(the_task(office, "review-posting").task_id, "posted", actor=ASSISTANT)
    assert the_response(office).state == "published"


@pytest.mark.parametrize(
    "reason", [{}, {"reason": ""}, {"reason": "   "}], ids=["none", "empty", "blank"]
)
def test_not_replying_needs_a_reason(reason: dict[str, str]) -> None:
    office = heard_office()
    with pytest.raises(RuleError) as refused:
        office.decide(the_task(office).task_id, "no-response", reason, actor=LAWYER)
    assert refused.value.field == "reason"


def test_not_replying_completes_the_task() -> None:
    office = heard_office()
    task = the_task(office)
    office.decide(task.task_id, "no-response", {"reason": "best left alone"}, actor=LAWYER)
    done = office.get(TASKS, task.task_id)
    assert done is not None
    assert (done.state, the_response(office).state) == ("done", "no-response")


def test_staff_see_the_review_and_the_draft() -> None:
    office = heard_office()
    shown = office.view(the_task(office).task_id, LAWYER)
    assert shown["stars"] == "1 of 5"
    assert "bakery" in shown["review"]
    assert shown["text"] == the_response(office).text


def test_a_published_reply_can_still_be_looked_at() -> None:
    office = heard_office()
    approve(office)
    posting = the_task(office, "review-posting").task_id
    office.decide(posting, "posted", actor=ASSISTANT)
    assert office.view(posting, ASSISTANT)["text"] == the_response(office).text
