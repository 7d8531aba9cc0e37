"""Do the figures say how many concerns are open?"""

from prometheus_client import CollectorRegistry

from services.feedback.ops import ConcernFigures


def shown(registry: CollectorRegistry) -> dict[str, float | None]:
    return {
        kind: registry.get_sample_value("concerns_open", {"kind": kind})
        for kind in ("complaint", "recovery", "dispute")
    }


def test_every_kind_is_there_from_the_start() -> None:
    registry = CollectorRegistry()
    ConcernFigures(registry).show([("complaint", 2)])
    assert shown(registry) == {"complaint": 2.0, "recovery": 0.0, "dispute": 0.0}


def test_what_has_ended_is_open_no_more() -> None:
    registry = CollectorRegistry()
    figures = ConcernFigures(registry)
    figures.show([("complaint", 1), ("dispute", 3)])
    figures.show([("dispute", 2)])
    assert shown(registry) == {"complaint": 0.0, "recovery": 0.0, "dispute": 2.0}
