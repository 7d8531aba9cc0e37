"""Can a review be reported to its site, and is somebody asked what became of it?"""

from datetime import timedelta

import pytest

from services.reputation.ports import REPORTS
from services.reputation.storage import MAPPINGS
from shared.contracts.firm import ReviewRemoved
from shared.contracts.reputation import ReviewResponseRejected
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.reputation.office import (
    ASSISTANT,
    LAWYER,
    approve,
    heard_office,
    the_response,
    the_task,
)

WORDS = "It is about another firm in another town."


def report(office: MemoryService, reason: str = "off-topic", words: str = WORDS) -> None:
    fields = {"report_reason": reason, "report_words": words}
    office.decide(the_task(office).task_id, "report", fields, actor=ASSISTANT)


def look(office: MemoryService, decision: str) -> None:
    office.decide(the_task(office, "review-report").task_id, decision, actor=ASSISTANT)


def test_what_the_site_was_told_is_kept_and_somebody_looks_after_some_days() -> None:
    office = heard_office()
    report(office)
    (kept,) = office.all(REPORTS)
    assert (kept.reason, kept.words, kept.reported_by) == ("off-topic", WORDS, ASSISTANT.id)
    assert the_task(office, "review-report").due_at - office.now >= timedelta(days=5)


def test_the_reply_is_still_to_be_decided_and_the_task_says_so() -> None:
    office = heard_office()
    report(office)
    assert "still to be decided" in the_task(office).why["text"]
    shown = office.view(the_task(office).task_id, LAWYER)
    assert shown["reports"] == "Off topic: the site has not decided yet."
    approve(office)
    assert the_response(office).state == "approved"


def test_only_the_site_s_own_reasons_are_offered_and_taken() -> None:
    office = heard_office()
    shown = office.view(the_task(office).task_id, LAWYER)
    assert ("spam", "Spam") in shown["report_reason_choices"]
    with pytest.raises(RuleError) as refused:
        report(office, reason="competitor")  # Yelp's
    assert refused.value.field == "report_reason"


def test_the_site_is_not_told_what_the_public_must_not_know() -> None:
    office = heard_office()
    with pytest.raises(RuleError) as refused:
        report(office, words="She was never our client.")
    assert refused.value.field == "report_words"
    assert office.all(REPORTS) == []


def test_a_review_is_not_reported_twice_at_once() -> None:
    office = heard_office()
    report(office)
    with pytest.raises(RuleError) as refused:
        report(office, reason="spam")
    assert refused.value.code == "reported"


def test_no_answer_yet_asks_again_later() -> None:
    office = heard_office()
    report(office)
    first = the_task(office, "review-report")
    office.now += timedelta(days=7)
    look(office, "no-answer-yet")
    again = the_task(office, "review-report")
    assert again.task_id != first.task_id
    assert again.due_at > office.now


def test_what_the_site_keeps_may_be_reported_for_another_reason() -> None:
    office = heard_office()
    report(office)
    look(office, "kept")
    assert [each.outcome for each in office.all(REPORTS)] == ["kept"]
    report(office, reason="spam")
    assert len(office.all(REPORTS)) == 2


def test_what_the_site_removed_ends_the_draft_too() -> None:
    office = heard_office()
    report(office)
    look(office, "removed")
    assert the_response(office).state == "review-removed"
    assert office.tasks("review-response") == []
    assert [each.outcome for each in office.all(REPORTS)] == ["removed"]
    office.now += timedelta(hours=1)
    office.hear(ReviewRemoved(review_id="rv-1", site="google"))
    assert len(office.announced_of(ReviewResponseRejected)) == 1


def test_a_removal_the_site_tells_itself_ends_the_looking() -> None:
    office = heard_office()
    report(office)
    office.now += timedelta(hours=1)
    office.hear(ReviewRemoved(review_id="rv-1", site="google"))
    assert office.tasks("review-report") == []
    assert [each.outcome for each in office.all(REPORTS)] == ["removed"]


def test_whoever_looks_sees_what_was_reported_and_where() -> None:
    office = heard_office()
    report(office)
    shown = office.view(the_task(office, "review-report").task_id, ASSISTANT)
    assert shown["reported"] == "Off topic"
    assert shown["report_words"] == WORDS
    assert shown["url"] == "https://reviews.example/rv-1"


def test_what_the_site_was_told_is_sealed_under_the_review_s_key() -> None:
    (mapping,) = [each for each in MAPPINGS if each.kind is REPORTS]
    assert mapping.sealed == {"words", "site"}
    office = heard_office()
    report(office)
    assert (mapping.owner(office.all(REPORTS)[0]) or "").startswith("review:")
