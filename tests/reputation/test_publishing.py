"""Does an approved reply get onto Google exactly as approved, once, and over nobody else's?"""

from datetime import timedelta
from pathlib import Path

import pytest

from services.reputation.domain.publication import LOOKS, MOST_RETRIES, name_at_site
from services.reputation.domain.response import hash_of
from services.reputation.domain.review import Review
from services.reputation.gateways.google import ReplyToGoogle
from services.reputation.ports import PUBLICATIONS
from shared.channels import NOT_TRIED, Outcome, Result
from shared.contracts.firm import ReviewRemoved
from tests.reputation.answering import Answering
from tests.reputation.google import NAME
from tests.reputation.office import LAWYER, POSTED, review, the_response, the_task


@pytest.fixture
def answering(tmp_path: Path) -> Answering:
    return Answering(tmp_path)


async def test_it_is_submitted_and_published_once_the_site_shows_it(answering: Answering) -> None:
    answering.approved()
    assert answering.by_hand == []
    answering.said()
    assert (await answering.goes()).stage == "submitted"
    assert answering.google.put == [the_response(answering.office).text]
    assert answering.said() == []
    answering.google.decides("APPROVED")
    assert (await answering.goes()).stage == "live"
    assert answering.said() == ["review-response-published"]
    assert the_response(answering.office).state == "published"
    assert len(answering.google.put) == 1
    assert answering.publication.due_at is None


async def test_a_site_that_shows_it_at_once_is_asked_no_more(answering: Answering) -> None:
    answering.google.state = "APPROVED"
    answering.approved()
    assert (await answering.goes()).stage == "live"


async def test_a_site_that_says_nothing_of_it_is_looked_at_again(answering: Answering) -> None:
    answering.google.says_state = False
    answering.approved()
    assert (await answering.goes()).stage == "submitted"
    assert (await answering.goes()).stage == "live"


async def test_refused_by_the_site_it_is_a_draft_again_with_the_sites_reason(
    answering: Answering,
) -> None:
    answering.approved()
    await answering.goes()
    answering.said()
    answering.google.decides("REJECTED", policyViolation="CONTACT_INFO")
    assert (await answering.goes()).stage == "rejected"
    response = the_response(answering.office)
    assert (response.state, response.reason) == ("draft", "CONTACT_INFO")
    assert answering.said() == ["review-response-rejected"]
    assert the_task(answering.office).kind == "review-response"


async def test_another_text_takes_the_place_of_what_we_put_there(answering: Answering) -> None:
    answering.approved()
    await answering.goes()
    answering.google.decides("REJECTED")
    await answering.goes()
    task = the_task(answering.office).task_id
    answering.office.decide(task, "edit", {"text": "Thank you for writing."}, actor=LAWYER)
    other = LAWYER.model_copy(update={"id": "s-other"})
    answering.office.decide(the_task(answering.office).task_id, "approve", {}, actor=other)
    answering.google.state = "APPROVED"
    assert (await answering.goes()).stage == "live"
    assert answering.google.put[-1] == "Thank you for writing."


@pytest.mark.parametrize("state", ["APPROVED", "PENDING", "REJECTED"])
async def test_a_reply_of_somebody_else_is_never_written_over(
    answering: Answering, state: str
) -> None:
    answering.google.reply = {"comment": "Call me. The boss", "reviewReplyState": state}
    answering.approved()
    assert (await answering.goes()).stage == "by-hand"
    assert answering.google.put == []
    assert "Another reply stands under the review" in answering.by_hand[0]
    assert the_response(answering.office).state == "approved"


async def test_the_same_words_posted_by_hand_are_ours(answering: Answering) -> None:
    answering.approved()
    text = the_response(answering.office).text
    answering.google.reply = {"comment": text, "reviewReplyState": "APPROVED"}
    assert (await answering.goes()).stage == "live"
    assert answering.google.put == []


async def test_killed_after_it_was_put_it_is_not_put_again(answering: Answering) -> None:
    answering.approved()
    claimed = answering.claim()
    text = the_response(answering.office).text
    await answering.channel.hand_over(ReplyToGoogle(claimed.name, text, claimed.put))
    answering.steps.publishing.sender = "one:second"  # started again
    answering.office.now += timedelta(hours=1)
    assert (await answering.goes()).stage == "submitted"
    assert len(answering.google.put) == 1


async def test_another_process_does_not_take_what_is_in_hand(answering: Answering) -> None:
    answering.approved()
    claimed = answering.claim()
    answering.steps.publishing.sender = "two:first"
    answering.office.now += timedelta(minutes=1)
    answering.office.work_due(answering.office.now)
    assert answering.publication.handed_by == claimed.handed_by
    assert answering.became(claimed, NOT_TRIED) == answering.publication


async def test_not_tried_it_waits_for_its_next_turn(answering: Answering) -> None:
    answering.approved()
    after = answering.became(answering.claim(), NOT_TRIED)
    assert (after.stage, after.handed_by, after.due_at) == ("waiting", None, answering.office.now)


@pytest.mark.parametrize(("status", "stage"), [
    (429, "waiting"), (500, "waiting"), (403, "waiting"), (400, "by-hand"), (404, "by-hand"),
])  # fmt: skip
async def test_what_the_site_refuses_is_tried_again_or_a_persons(
    answering: Answering, status: int, stage: str
) -> None:
    answering.google.status = status
    answering.approved()
    after = await answering.goes()
    assert (after.stage, after.put) == (stage, (after.text_hash,))
    assert (answering.by_hand == []) is (stage == "waiting")
    if stage == "waiting":
        assert after.reason == f"status-{status}"
        answering.google.status = 200
        assert (await answering.goes()).stage == "submitted"


async def test_what_is_refused_too_often_is_a_persons(answering: Answering) -> None:
    answering.google.status = 503
    answering.approved()
    for _ in range(MOST_RETRIES):
        assert (await answering.goes()).stage == "waiting"
    assert (await answering.goes()).stage == "by-hand"
    assert "did not take the reply from us" in answering.by_hand[0]


async def test_what_is_not_shown_for_days_is_a_persons(answering: Answering) -> None:
    answering.approved()
    for _ in LOOKS:
        assert (await answering.goes()).stage == "submitted"
    assert (await answering.goes()).stage == "by-hand"
    assert len(answering.google.put) == 1


async def test_what_is_gone_from_there_is_not_put_again_by_itself(answering: Answering) -> None:
    answering.approved()
    await answering.goes()
    answering.google.reply = None
    assert (await answering.goes()).stage == "by-hand"
    assert len(answering.google.put) == 1


async def test_what_is_not_approved_any_more_does_not_go(answering: Answering) -> None:
    answering.approved()
    answering.office.hear(review(review_id=NAME, text="They answered after all.", stars=5))
    assert answering.claim().stage == "void"
    answering.approve()
    assert (await answering.goes()).stage == "submitted"
    assert answering.google.put == [the_response(answering.office).text]


async def test_of_a_review_that_was_removed_meanwhile_nothing_is_said(
    answering: Answering,
) -> None:
    answering.approved()
    claimed = answering.claim()
    answering.office.hear(ReviewRemoved(site="google", review_id=NAME))
    after = answering.became(claimed, Outcome(Result.HANDED_OVER))
    assert (after.stage, after.due_at) == ("void", None)


async def test_a_token_is_kept_while_it_holds_and_renewed_when_it_does_not(
    answering: Answering,
) -> None:
    answering.approved()
    await answering.goes()
    assert answering.google.tokens == 1
    assert "refresh_token=r-1" in answering.google.refreshed_with[0]
    assert "client_secret=s3cret" in answering.google.refreshed_with[0]
    answering.google.forgets = True
    assert (await answering.goes()).stage == "submitted"
    assert answering.google.tokens == 2


@pytest.mark.parametrize(
    ("status", "reason"), [(400, "no-token"), (429, "site-away"), (503, "site-away")]
)
async def test_without_a_token_it_waits(answering: Answering, status: int, reason: str) -> None:
    answering.google.token_status = status
    answering.approved()
    after = await answering.goes()
    assert (after.stage, after.reason) == ("waiting", reason)


async def test_without_its_files_it_waits_for_somebody_to_put_them_there(
    answering: Answering, tmp_path: Path
) -> None:
    (tmp_path / "refresh").unlink()
    answering.approved()
    after = await answering.goes()
    assert (after.stage, after.reason) == ("waiting", "no-token")


async def test_a_review_without_a_name_at_its_site_is_answered_by_hand(
    answering: Answering,
) -> None:
    answering.office.hear(review())
    answering.approve()
    assert answering.by_hand == ["The reply was approved and is not posted yet."]
    assert answering.office.all(PUBLICATIONS) == []


@pytest.mark.parametrize(("review_id", "location", "name"), [
    (NAME, None, NAME),
    ("AbFv-1", "accounts/1/locations/2", NAME),
    ("AbFv-1", "Berlin", None),
    ("AbFv-1", None, None),
    ("../../x", "accounts/1/locations/2", None),
    ("accounts/1/locations/2/reviews/a/reply?x=", None, None),
])  # fmt: skip
def test_what_is_asked_for_there_is_the_name_of_a_review_and_nothing_else(
    review_id: str, location: str | None, name: str | None
) -> None:
    told = Review(review_key="k", review_id=review_id, location_id=location, posted_at=POSTED)
    assert name_at_site(told) == name


def test_nothing_of_the_words_stands_beside_them(answering: Answering) -> None:
    answering.approved()
    assert the_response(answering.office).text not in str(answering.publication)
    assert answering.publication.text_hash == hash_of(the_response(answering.office).text)
