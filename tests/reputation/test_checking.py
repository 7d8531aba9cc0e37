"""Is what the guard says shown to whoever decides, and announced of every text that is kept?"""

import pytest

from services.reputation.domain.response import hash_of
from shared.contracts.reputation import ReviewResponseChecked
from shared.errors import RuleError
from tests.reputation.office import (
    ASSISTANT,
    LAWYER,
    approve,
    edit,
    heard_office,
    the_response,
    the_task,
)


def test_a_review_in_french_is_a_lawyer_s_and_the_task_says_so() -> None:
    office = heard_office(stars=5, text="Très bon cabinet, merci pour tout.")
    task = the_task(office)
    assert task.role == "lawyer"
    assert "It is in French, and no reply is approved in French" in task.why["text"]
    with pytest.raises(RuleError) as refused:
        approve(office, ASSISTANT)
    assert refused.value.code == "needs-lawyer"


def test_a_german_review_is_answered_in_german() -> None:
    office = heard_office(stars=5, text="Sehr gut und freundlich, vielen Dank.")
    assert "Vielen Dank" in the_response(office).text or "Wir freuen" in the_response(office).text
    assert "It is in German." in the_task(office).why["text"]


def test_the_lawyer_is_shown_what_was_noticed_and_what_to_write_instead() -> None:
    office = heard_office()
    edit(office, "The bakery was lovely.")
    shown = office.view(the_task(office).task_id, LAWYER)
    assert [each["phrase"] for each in shown["hints"]] == ["bakery"]
    assert shown["hints"][0]["suggestion"] == "leave the word out"
    assert "not every sentence" in shown["lawyer"]


def test_a_page_shows_no_more_hints_than_anybody_reads() -> None:
    office = heard_office()
    edit(office, "Eight nine ten. " * 200)
    shown = office.view(the_task(office).task_id, LAWYER)
    assert len(shown["hints"]) == 30
    assert "".join(piece["text"] for piece in shown["pieces"]) == the_response(office).text


def test_every_text_that_is_kept_or_approved_is_said_to_have_been_checked() -> None:
    office = heard_office()
    edit(office, "The bakery was lovely.")
    approve(office)
    said = office.announced_of(ReviewResponseChecked)
    assert [each.verdict for each in said] == ["pass", "lawyer", "lawyer"]
    assert [each.rules for each in said] == [(), ("repeated-fact",), ("repeated-fact",)]
    assert said[1].text_hash == hash_of("The bakery was lovely.")
    assert len({each.guard_version for each in said}) == 1


def test_a_refused_text_is_not_announced() -> None:
    office = heard_office()
    with pytest.raises(RuleError):
        edit(office, "Your case was hard.")
    assert len(office.announced_of(ReviewResponseChecked)) == 1
