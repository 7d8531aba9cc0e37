"""Do the figures say how many words of clients stand where on their way to be published?"""

from prometheus_client import CollectorRegistry

from services.reputation.domain.testimonial import STATES
from services.reputation.ops import TestimonialFigures


def shown(registry: CollectorRegistry) -> dict[str, float | None]:
    return {state: registry.get_sample_value("testimonials", {"state": state}) for state in STATES}


def test_every_state_is_there_from_the_start() -> None:
    registry = CollectorRegistry()
    TestimonialFigures(registry).show([("published", 2)])
    assert shown(registry) == dict.fromkeys(STATES, 0.0) | {"published": 2.0}


def test_what_is_withdrawn_counts_as_published_no_more() -> None:
    registry = CollectorRegistry()
    figures = TestimonialFigures(registry)
    figures.show([("published", 1)])
    figures.show([("withdrawn", 1)])
    assert (shown(registry)["published"], shown(registry)["withdrawn"]) == (0.0, 1.0)


def test_a_state_of_another_release_makes_no_label() -> None:
    registry = CollectorRegistry()
    TestimonialFigures(registry).show([("translated", 4)])
    assert registry.get_sample_value("testimonials", {"state": "translated"}) is None
