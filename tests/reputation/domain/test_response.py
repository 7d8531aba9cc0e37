"""Is only what somebody else approved, exactly as approved, ever published?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.domain.response import (
    Response,
    approved,
    approved_text,
    chosen,
    drafted,
    edited,
    published,
    refused_by_site,
    voided,
    without_reply,
)
from shared.errors import RuleError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DRAFT = drafted(
    Response(response_id="r", review_key="k", review_id="rv-1", site="google"), "Thanks.", 1, NOW
)


def by_lawyer(response: Response) -> Response:
    return approved(
        response, lawyer_because="it matters", approver_id="s-2", roles=["lawyer"], now=NOW
    )


def by_assistant(response: Response, because: str | None) -> Response:
    return approved(
        response, lawyer_because=because, approver_id="s-2", roles=["assistant"], now=NOW
    )


def code_of(refused: pytest.ExceptionInfo[RuleError]) -> str:
    return refused.value.code


def test_the_author_of_a_text_cannot_approve_it() -> None:
    with pytest.raises(RuleError) as refused:
        by_lawyer(edited(DRAFT, "Thank you.", "s-2", NOW))
    assert code_of(refused) == "own-text"


def test_a_template_has_no_author_and_anybody_fitting_may_approve_it() -> None:
    assert by_lawyer(DRAFT).state == "approved"


def test_the_last_to_edit_is_the_author() -> None:
    text = edited(edited(DRAFT, "A.", "s-2", NOW), "B.", "s-3", NOW)
    assert by_lawyer(text).approval is not None


def test_where_there_is_a_reason_a_lawyer_has_to_approve() -> None:
    with pytest.raises(RuleError, match="the words are free") as refused:
        by_assistant(DRAFT, "the words are free")
    assert code_of(refused) == "needs-lawyer"


def test_where_there_is_none_anybody_may() -> None:
    assert by_assistant(DRAFT, None).state == "approved"


def test_sentences_of_the_firm_have_no_author_whoever_picked_them() -> None:
    picked = chosen(edited(DRAFT, "A.", "s-2", NOW), "B.", "s-2", NOW)
    assert (picked.author_id, picked.text) == (None, "B.")
    assert by_lawyer(picked).state == "approved"


@given(st.text(), st.text())
def test_only_the_exact_text_counts_as_approved(text: str, other: str) -> None:
    approval = by_lawyer(edited(DRAFT, text, "s-9", NOW))
    assert approved_text(approval, 1) == text
    if other != text:
        with pytest.raises(RuleError) as refused:
            published(replace(approval, text=other), 1, "s-3", NOW)
        assert code_of(refused) == "text-changed"


def test_an_approval_holds_for_one_revision_of_the_review() -> None:
    with pytest.raises(RuleError) as refused:
        published(by_lawyer(DRAFT), 2, "s-3", NOW)
    assert code_of(refused) == "review-changed"


def test_a_changed_review_makes_the_approval_void_and_keeps_the_text() -> None:
    again = voided(by_lawyer(DRAFT), 2, NOW)
    assert (again.state, again.approval, again.text) == ("draft", None, "Thanks.")


def test_nothing_is_published_without_approval() -> None:
    with pytest.raises(RuleError):
        published(DRAFT, 1, "s-3", NOW)


def test_nothing_is_published_twice() -> None:
    once = published(by_lawyer(DRAFT), 1, "s-3", NOW)
    with pytest.raises(RuleError):
        published(once, 1, "s-3", NOW)


def test_an_approved_text_cannot_be_edited() -> None:
    with pytest.raises(RuleError):
        edited(by_lawyer(DRAFT), "Other.", "s-3", NOW)


def test_what_the_site_refused_is_a_draft_again_with_its_text() -> None:
    again = refused_by_site(by_lawyer(DRAFT), "policy", "s-3", NOW)
    assert (again.state, again.text, again.approval) == ("draft", "Thanks.", None)


def test_deciding_not_to_reply_keeps_why() -> None:
    assert without_reply(DRAFT, "best practice", "s-2", NOW).reason == "best practice"


def test_the_history_tells_everything_in_order() -> None:
    again = refused_by_site(by_lawyer(edited(DRAFT, "B.", "s-1", NOW)), "policy", "s-3", NOW)
    assert [line.what for line in again.history] == [
        "drafted",
        "edited",
        "approved",
        "refused-by-site",
    ]
