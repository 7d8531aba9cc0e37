"""What is an answer, and what is said at which field if it is none?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.answer_form import MAX_COMMENT, Typed, answer_of, problems_of
from services.feedback.domain.survey import Answer


@pytest.mark.parametrize("score", range(11))
def test_0_to_10_are_answers(score: int) -> None:
    assert problems_of(Typed(score=str(score))) == {}
    assert answer_of(Typed(score=str(score))).score == score


@pytest.mark.parametrize("score", ["11", "-1", "7.5", "ten", "\u0667", "007", "1e1", "99999999999"])
def test_anything_else_is_out_of_range(score: str) -> None:
    assert problems_of(Typed(score=score)) == {"score": "score-range"}


@pytest.mark.parametrize("score", ["", "   "])
def test_no_number_is_said_to_be_missing(score: str) -> None:
    assert problems_of(Typed(score=score)) == {"score": "score-missing"}


def test_the_longest_comment_is_taken_whole() -> None:
    typed = Typed(score="3", comment="ä" * MAX_COMMENT)
    assert problems_of(typed) == {}
    assert answer_of(typed).comment == typed.comment


def test_a_longer_comment_is_refused_not_cut() -> None:
    typed = Typed(score="3", comment="x" * (MAX_COMMENT + 1))
    assert problems_of(typed) == {"comment": "comment-long"}


def test_every_problem_is_named_at_once() -> None:
    typed = Typed(score="12", comment="x" * (MAX_COMMENT + 1))
    assert problems_of(typed) == {"score": "score-range", "comment": "comment-long"}


def test_line_ends_of_browsers_become_ours_and_count_once() -> None:
    typed = Typed(score="3", comment="a\r\nb")
    assert answer_of(typed) == Answer(score=3, comment="a\nb")


def test_blanks_alone_are_no_comment() -> None:
    assert answer_of(Typed(score="3", comment=" \r\n ")).comment is None


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_typed_is_either_refused_or_an_answer(score: str, comment: str) -> None:
    typed = Typed(score=score, comment=comment)
    if not problems_of(typed):
        assert 0 <= answer_of(typed).score <= 10


@pytest.mark.parametrize("ease", ["0", "8", "x", "3.5"])
def test_an_ease_out_of_range_is_said_at_its_field(ease: str) -> None:
    typed = Typed(score="9", ease=ease)
    assert problems_of(typed, ("nps", "ces")) == {"ease": "ease-range"}


@pytest.mark.parametrize("ease", range(1, 8))
def test_1_to_7_say_how_easy_it_was(ease: int) -> None:
    assert answer_of(Typed(score="9", ease=str(ease)), ("ces", "nps")).ease == ease


def test_what_was_not_asked_is_no_answer() -> None:
    typed = Typed(score="9", satisfaction="9", ease="9")
    assert problems_of(typed, ("nps",)) == {}
    assert answer_of(typed, ("nps",)) == Answer(score=9)
