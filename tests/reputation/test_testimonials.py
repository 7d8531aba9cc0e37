"""Is exactly what a client agreed to published, by two people, and gone when it may not be?"""

import inspect
from datetime import timedelta
from typing import Any

import pytest

from services.reputation.app import build
from services.reputation.domain.response import hash_of
from services.reputation.domain.testimonial import named
from services.reputation.ports import TESTIMONIALS
from services.reputation.workflow import seeking_words
from services.reputation.workflow.agreeing_to_words import needs_of_answer, say_no, say_yes
from shared.contracts.testimonials import (
    TestimonialConsented,
    TestimonialDeclined,
    TestimonialPublished,
    TestimonialRequested,
    TestimonialWithdrawn,
)
from shared.errors import RuleError
from shared.tasks import TASKS
from tests.fakes.memory import MemoryService
from tests.reputation.office import (
    ASSISTANT,
    AUTHOR,
    LAWYER,
    MATTER,
    WORDS,
    agree,
    config_of,
    new_office,
    propose,
    proposed_office,
    publish,
    published_office,
    sought,
    standing,
    the_task,
    the_words,
)

OTHER = "They always called back."


def said(office: MemoryService, kind: type[Any]) -> list[Any]:
    return office.announced_of(kind)


def test_words_are_sought_once_and_proposed_in_a_task_of_low_priority() -> None:
    office = new_office()
    office.hear(sought(by="s-03"))
    office.hear(sought())
    task = the_task(office, "testimonial-proposal")
    assert (task.priority, task.owner_id, task.about) == ("low", "s-03", MATTER)


def test_an_import_of_the_past_seeks_nothing() -> None:
    office = new_office()
    office.hear(sought(), history=True)
    assert office.tasks() == []


def test_the_client_is_asked_about_exactly_these_words_by_their_hash_alone() -> None:
    (asked,) = said(proposed_office(), TestimonialRequested)
    assert (asked.revision, asked.text_hash, asked.client_id) == (1, hash_of(WORDS), "c-1")
    assert "called back" not in asked.model_dump_json()


def test_nothing_stands_before_the_client_agreed_and_a_second_person_published_it() -> None:
    office = proposed_office()
    assert standing(office) == []
    agree(office)
    assert standing(office) == []
    publish(office)
    (one,) = standing(office)
    assert (one.text, named(one)) == (WORDS, "Z. B.")
    (consented,) = said(office, TestimonialConsented)
    (published,) = said(office, TestimonialPublished)
    assert consented.purpose == "publication"
    assert consented.text_hash == published.text_hash == hash_of(WORDS)


def test_whoever_proposed_them_does_not_publish_them() -> None:
    office = proposed_office()
    agree(office)
    with pytest.raises(RuleError) as refused:
        publish(office, actor=LAWYER)
    assert refused.value.code == "barred"


def test_in_a_sole_practice_the_same_person_publishes_them_later() -> None:
    office = proposed_office(sole_practice=True)
    words = the_words(office)
    config = config_of(sole_practice=True)
    office.ask(
        lambda unit: say_yes(config, words.testimonial_id, 1, "none", "", unit),
        lambda unit: needs_of_answer(words.testimonial_id, unit),
    )
    task = the_task(office, "testimonial-publication")
    sole = new_office(sole_practice=True)
    office.deciders = sole.deciders
    with pytest.raises(RuleError) as refused:
        office.decide(task.task_id, "publish", actor=LAWYER)
    assert refused.value.code == "cooling-off"
    office.now += timedelta(days=3)
    office.decide(task.task_id, "publish", actor=LAWYER)
    assert len(standing(office)) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Call me: +49 30 123456.", "guard"),
        ("They won my case in court.", "needs-lawyer"),
        ("They got me 20,000 euros.", "needs-lawyer"),
    ],
)
def test_facts_need_a_lawyer_and_an_address_never_goes(text: str, code: str) -> None:
    office = new_office()
    office.hear(sought())
    with pytest.raises(RuleError) as refused:
        propose(office, text, actor=ASSISTANT)
    assert (refused.value.code, refused.value.field) == (code, "text")
    assert said(office, TestimonialRequested) == []


def test_a_lawyer_may_propose_what_was_noticed_and_who_publishes_it_sees_it() -> None:
    office = proposed_office("They won my case in court.")
    agree(office)
    task = the_task(office, "testimonial-publication")
    shown = office.view(task.task_id, AUTHOR)
    assert shown["agreed"] == "They won my case in court."
    assert {each["phrase"] for each in shown["hints"]} >= {"court"}


def test_other_words_are_asked_about_anew_and_what_stood_comes_down_at_once() -> None:
    office = published_office()
    office.hear(sought())
    propose(office, OTHER)
    assert standing(office) == []
    (gone,) = said(office, TestimonialWithdrawn)
    assert (gone.because, gone.was_published, gone.revision) == ("edited", True, 1)
    asked = said(office, TestimonialRequested)[-1]
    assert (asked.revision, asked.text_hash) == (2, hash_of(OTHER))
    assert asked.wording_id != gone.wording_id


def test_the_very_same_words_are_not_asked_about_again() -> None:
    office = published_office()
    office.hear(sought())
    with pytest.raises(RuleError) as refused:
        propose(office)
    assert (refused.value.code, len(standing(office))) == ("same-text", 1)


def test_an_edit_before_publishing_voids_the_consent() -> None:
    office = proposed_office()
    agree(office)
    task = the_task(office, "testimonial-publication")
    office.decide(task.task_id, "edit", {"text": OTHER}, actor=AUTHOR)
    assert (the_words(office).consent, the_words(office).state) == (None, "asked")


def test_an_answer_to_words_that_changed_meanwhile_is_refused() -> None:
    office = proposed_office()
    office.hear(sought())
    propose(office, OTHER)
    words = the_words(office)
    with pytest.raises(RuleError) as refused:
        office.ask(
            lambda unit: say_yes(config_of(), words.testimonial_id, 1, "none", "", unit),
            lambda unit: needs_of_answer(words.testimonial_id, unit),
        )
    assert refused.value.code == "changed"


def test_no_is_said_once_and_nobody_is_asked_to_publish() -> None:
    office = proposed_office()
    words = the_words(office)
    for _ in range(2):
        office.ask(
            lambda unit: say_no(words.testimonial_id, 1, unit),
            lambda unit: needs_of_answer(words.testimonial_id, unit),
        )
    assert len(said(office, TestimonialDeclined)) == 1
    assert office.tasks() == []


def test_who_seeks_words_can_read_neither_scores_nor_complaints_nor_reviews() -> None:
    source = inspect.getsource(seeking_words)
    assert not {"REVIEWS", "score", "satisfaction", "concern_"} & set(source.split())
    heard = {each.event.TYPE for each in build().listeners}
    assert not [each for each in heard if each.startswith(("feedback-", "service-", "concern-"))]


def test_nobody_is_asked_twice_while_somebody_is_asked_and_none_is_kept_with_its_reason() -> None:
    office = new_office()
    office.hear(sought())
    task = the_task(office, "testimonial-proposal")
    office.decide(task.task_id, "none", {"reason": "They wrote nothing."}, actor=ASSISTANT)
    assert (the_words(office).state, office.tasks()) == ("dropped", [])
    office.hear(sought())
    assert len(office.all(TASKS)) == 2
    assert len(office.all(TESTIMONIALS)) == 1
