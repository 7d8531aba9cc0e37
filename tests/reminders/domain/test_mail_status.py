"""Does a mail server's refusal mean what it says, and no more?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.mail_status import (
    means_the_address,
    outcome_of,
    sentence_for,
    status_in,
)
from shared.channels import Outcome, Result

STAGES = st.sampled_from(["sender", "recipient", "data", "message"])


@pytest.mark.parametrize("detail", ["1.1", "1.2", "1.3", "1.6", "1.10", "2.1"])
@pytest.mark.parametrize("stage", ["recipient", "message"])
def test_only_what_means_the_address_is_held_against_it(stage: str, detail: str) -> None:
    found = outcome_of(stage, 550, f"5.{detail} no")
    assert found == Outcome(Result.REFUSED, f"{stage}-5.{detail}")


@pytest.mark.parametrize(
    ("code", "text", "result", "of_sender"),
    [
        (550, "5.7.1 relay access denied", Result.RETRY, True),
        (550, "5.7.26 unauthenticated", Result.RETRY, True),
        (550, "5.1.8 bad sender's domain", Result.RETRY, True),
        (552, "5.2.2 over quota", Result.RETRY, False),
        (552, "mailbox full", Result.RETRY, False),
        (554, "5.3.2 not accepting", Result.RETRY, False),
        (554, "5.4.1 no answer from host", Result.RETRY, False),
        (552, "5.2.3 too long", Result.REFUSED_MESSAGE, False),
        (552, "5.3.4 too big", Result.REFUSED_MESSAGE, False),
        (554, "5.6.0 content", Result.REFUSED_MESSAGE, True),
        (554, "spam", Result.REFUSED_MESSAGE, True),
        (451, "4.7.1 greylisted", Result.RETRY, False),
        (450, "later", Result.RETRY, False),
    ],
)
def test_everything_else_is_tried_again_or_ends_that_message_alone(
    code: int, text: str, result: Result, of_sender: bool
) -> None:
    found = outcome_of("message", code, text)
    assert (found.result, found.of_sender) == (result, of_sender)


@given(STAGES, st.integers(200, 599), st.text(max_size=40))
def test_without_a_status_no_answer_buries_an_address(stage: str, code: int, text: str) -> None:
    if status_in(text) is None:
        assert outcome_of(stage, code, text).result is not Result.REFUSED


@given(st.sampled_from(["sender", "data"]), st.integers(1, 7), st.integers(0, 20))
def test_what_is_answered_to_our_own_name_buries_no_address(
    stage: str, subject: int, detail: int
) -> None:
    found = outcome_of(stage, 550, f"5.{subject}.{detail} no")
    assert found.result is not Result.REFUSED


@pytest.mark.parametrize("text", ["5.1", "x 5.1.1", "15.1.1", "5.1.1234", "", "6.1.1 no"])
def test_what_only_looks_like_a_status_is_none(text: str) -> None:
    assert status_in(text) is None


def test_the_status_counts_and_not_the_words_after_it() -> None:
    assert status_in("5.7.1 5.1.1 unknown") == "5.7.1"
    assert not means_the_address("5.7.1")


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("recipient-450", "not take it now"),
        ("recipient-4.7.1", "not take it now"),
        ("recipient-5.1.1", "does not exist or is closed"),
        ("recipient-5.2.2", "mailbox is full"),
        ("message-5.7.1", "operations have been told"),
        ("sender-550", "operations have been told"),
        ("message-550", "this message for good"),
    ],
)
def test_the_timeline_says_why(reason: str, says: str) -> None:
    assert says in sentence_for(reason)
