"""Do the figures say how many concerns are open, and count each end once?"""

from prometheus_client import CollectorRegistry

from services.feedback.ops import ConcernFigures


def closed(registry: CollectorRegistry, kind: str, outcome: str) -> float | None:
    labels = {"kind": kind, "outcome": outcome}
    return registry.get_sample_value("concerns_closed_total", labels)


def test_every_kind_is_there_from_the_start() -> None:
    registry = CollectorRegistry()
    ConcernFigures(registry).show([("complaint", None, 2)])
    found = {
        kind: registry.get_sample_value("concerns_open", {"kind": kind})
        for kind in ("complaint", "recovery", "dispute")
    }
    assert found == {"complaint": 2.0, "recovery": 0.0, "dispute": 0.0}


def test_what_ended_before_the_process_started_is_not_counted_and_each_end_after_it_once() -> None:
    registry = CollectorRegistry()
    figures = ConcernFigures(registry)
    figures.show([("complaint", "explained", 5)])
    assert closed(registry, "complaint", "explained") == 0.0
    figures.show([("complaint", "explained", 6), ("dispute", "settled", 1)])
    figures.show([("complaint", "explained", 6), ("dispute", "settled", 1)])
    assert closed(registry, "complaint", "explained") == 1.0
    assert closed(registry, "dispute", "settled") == 1.0


def test_one_that_is_opened_again_and_ends_again_has_ended_once_more() -> None:
    registry = CollectorRegistry()
    figures = ConcernFigures(registry)
    for n in (1, 0, 1):
        figures.show([("recovery", "apologised", n)])
    assert closed(registry, "recovery", "apologised") == 1.0


def test_an_end_nobody_knows_makes_no_label_of_its_own() -> None:
    registry = CollectorRegistry()
    figures = ConcernFigures(registry)
    figures.show([])
    figures.show([("complaint", "Ada said so", 1), ("complaint", None, 0)])
    assert closed(registry, "complaint", "other") == 1.0
