"""Are words of a client gone with the step that takes them back, and kept from being published?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.testimonials import PublicationWithdrawn, TestimonialWithdrawn
from shared.errors import RuleError
from tests.fakes.memory import START, MemoryService
from tests.reputation.office import (
    LAWYER,
    agree,
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


def restricted(kind: str, **more: Any) -> RestrictionPlaced:
    facts = {"restriction_id": "r-1", "kind": kind, "scope": "client", "client_id": "c-1",
             "effect": "stop", "at": START}  # fmt: skip
    return RestrictionPlaced.model_validate(facts | more)


def withdrawn(**more: Any) -> PublicationWithdrawn:
    facts = {"client_id": "c-1", "by": "client", "at": START + timedelta(days=1)}
    return PublicationWithdrawn.model_validate(facts | more)


def said(office: MemoryService, kind: type[Any]) -> list[Any]:
    return office.announced_of(kind)


@pytest.mark.parametrize(
    "event",
    [
        withdrawn(),
        withdrawn(testimonial_id=the_words(published_office()).testimonial_id),
        ConsentWithdrawn(client_id="c-1", purpose="all", at=START + timedelta(days=1)),
    ],
)
def test_a_consent_taken_back_takes_them_down_with_the_same_step(event: Any) -> None:
    office = published_office(elsewhere="The brochure of 2026")
    assert office.hear(event) == "applied"
    assert standing(office) == []
    (gone,) = said(office, TestimonialWithdrawn)
    assert (gone.because, gone.was_published) == ("client", True)
    task = the_task(office, "testimonial-removal")
    assert (task.priority, task.due_at) == ("urgent", office.now)
    assert office.view(task.task_id, LAWYER) == {"elsewhere": "The brochure of 2026"}
    office.decide(task.task_id, "removed", actor=LAWYER)
    assert office.tasks() == []


@pytest.mark.parametrize(
    "event",
    [
        withdrawn(at=START - timedelta(hours=1)),
        withdrawn(testimonial_id="testimonial-of-another-matter"),
        withdrawn(client_id="c-2"),
        ConsentWithdrawn(client_id="c-1", purpose="marketing", at=START + timedelta(days=1)),
    ],
)
def test_what_is_older_or_about_something_else_takes_nothing_down(event: Any) -> None:
    office = published_office()
    office.hear(event)
    assert len(standing(office)) == 1


def test_a_consent_taken_back_before_publishing_ends_the_task_to_publish() -> None:
    office = proposed_office()
    agree(office)
    office.hear(withdrawn())
    assert office.tasks() == []
    assert [each.was_published for each in said(office, TestimonialWithdrawn)] == [False]


def test_of_a_client_who_died_nothing_stands_any_more_and_nothing_new_is_asked() -> None:
    office = published_office()
    office.hear(restricted("deceased"))
    assert standing(office) == []
    assert [each.because for each in said(office, TestimonialWithdrawn)] == ["deceased"]
    office.hear(sought())
    with pytest.raises(RuleError, match="has died"):
        propose(office, OTHER)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("declined", {}),
        ("conflict", {}),
        ("insider", {}),
        ("freeze", {"scope": "firm", "client_id": None}),
        ("freeze", {"scope": "firm", "client_id": None, "classes": ["marketing"]}),
    ],
)
def test_what_keeps_words_from_being_published_keeps_them_until_it_is_lifted(
    kind: str, more: dict[str, Any]
) -> None:
    office = proposed_office()
    agree(office)
    office.hear(restricted(kind, **more))
    with pytest.raises(RuleError) as refused:
        publish(office)
    assert refused.value.code == "restricted"
    lifted = {"restriction_id": "r-1", "client_id": "c-1", "at": START} | {
        name: value for name, value in more.items() if name == "client_id"
    }
    office.hear(RestrictionLifted.model_validate(lifted), time=START + timedelta(minutes=1))
    publish(office)
    assert len(standing(office)) == 1


@pytest.mark.parametrize(
    "placed",
    [
        restricted("sensitivity"),
        restricted("wall", effect="bar"),
        restricted("freeze", scope="firm", client_id=None, classes=["feedback"]),
    ],
)
def test_nothing_else_keeps_them_from_being_published(placed: RestrictionPlaced) -> None:
    office = proposed_office()
    agree(office)
    office.hear(placed)
    publish(office)
    assert len(standing(office)) == 1
