"""When does a concern open, how does it follow the client's answers, and what ends it?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.feedback.domain.concern import (
    Concern,
    closed,
    days_tried,
    noted,
    opened,
    rescored,
    resolved,
    with_answer,
)
from services.feedback.domain.survey import Survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEW = Concern(concern_id="r-1", survey_id="survey-1", client_id="c-1", matter_id="m-1", score=3)
ANSWER = Survey(survey_id="survey-1", client_id="c-1", matter_id="m-1", asked_at=NOW, score=3)
WRITTEN = replace(ANSWER, comment="nobody called", has_comment=True)
OPEN = opened(NEW, task_id="t-1", now=NOW)


def on_day(number: int, concern: Concern = OPEN) -> Concern:
    return noted(concern, "tried", "s-2", NOW + timedelta(days=number))


def ended(concern: Concern) -> Concern:
    return resolved(
        concern,
        outcome="explained",
        cause_code="too-slow",
        client_told=True,
        note="n",
        by="s-2",
        now=NOW,
    )


def test_opening_again_is_told_in_the_history() -> None:
    raised = closed(rescored(OPEN, replace(ANSWER, score=9), NOW, raised=True), "answer-raised")
    again = opened(raised, task_id="t-2", now=NOW)
    assert [line.what for line in again.history] == ["opened", "answer-raised", "reopened"]
    assert (again.state, again.task_id, again.outcome) == ("open", "t-2", None)


def test_without_a_word_or_a_person_a_raised_answer_closes_it() -> None:
    assert rescored(OPEN, replace(ANSWER, score=9), NOW, raised=True).closes_by_itself


def test_what_the_client_wrote_keeps_it_open_even_once_taken_back() -> None:
    opened_with_words = opened(with_answer(NEW, WRITTEN), task_id="t-1", now=NOW)
    taken_back = rescored(opened_with_words, replace(ANSWER, score=10), NOW, raised=True)
    assert not taken_back.closes_by_itself
    assert taken_back.comment == "nobody called"


def test_what_a_person_opened_does_not_close_by_itself() -> None:
    assert not opened(NEW, task_id="t-1", now=NOW, by="s-2").closes_by_itself


def test_what_somebody_works_on_does_not_close_by_itself() -> None:
    assert not on_day(0).closes_by_itself


def test_tries_count_by_day() -> None:
    twice = on_day(0, on_day(0))
    assert days_tried(twice, datetime.date) == 1
    assert days_tried(on_day(2, on_day(1, twice)), datetime.date) == 3


def test_tries_of_an_earlier_time_do_not_count_once_it_is_opened_again() -> None:
    done = ended(on_day(0))
    again = opened(done, task_id="t-2", now=NOW + timedelta(days=3))
    assert again.tries == ()


def test_resolving_keeps_who_and_how() -> None:
    done = ended(OPEN)
    assert (done.state, done.outcome, done.note) == ("closed", "explained", "n")
    assert done.history[-1].by == "s-2"
