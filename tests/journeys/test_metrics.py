"""Does every figure an alert or a panel names exist, with labels from closed sets?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from deploy.infra.services import SERVICES
from deploy.trial import connection
from services.desk.ops.work_figures import WorkFigures
from services.feedback.ops import ConcernFigures
from services.gateway.api.site import DoorFigures
from services.gateway.due import SilenceFigures
from services.gateway.gateways.outward_figures import OutwardFigures
from services.reminders.gateways.mailbox_watch import MailboxFigures
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ops.commitment_figures import CommitmentFigures
from services.reminders.ops.deadline_figures import DeadlineFigures
from services.reputation.ops import TestimonialFigures
from shared.telemetry.metrics import CoreMetrics
from shared.yaml_text import loaded
from tests.deploy.waiting import until
from tests.expressions import figures_in, labels_grouped, labels_picked
from tests.journeys.conftest import Installation
from tests.patience import PATIENCE

INFRA = Path("deploy/infra")
GROUPS = loaded((INFRA / "prometheus/alerts.yml").read_text("utf-8"))["groups"]
RULES = [rule for group in GROUPS for rule in group["rules"]]
RECORDED = {rule["record"] for rule in RULES if "record" in rule}
OF_OTHERS = re.compile(r"up|jetstream_\w+")  # Prometheus itself, and the exporter of NATS
GIVEN_BY_PROMETHEUS = {"service", "job", "instance", "le"}
LABELS = {
    "consumer", "event_type", "outcome", "reason", "purpose", "channel", "kind", "task_kind", "le",
    "standard", "digest", "watch",  # of the firm's commitments; of its folder, one a process
    "phase", "state",  # where inquiries stand, and words of clients
    "source",  # of the gateway: as the firm called its files
    "subscription",  # as ops called it
}  # fmt: skip
LABELS |= {"app_name", "broker", "handler", "status", "exception_type"}  # of requests
SUFFIXES = re.compile(r"_(bucket|count|sum|total|created)$")


@dataclass(frozen=True)
class Query:
    """Something a person is shown or told, and the expression it goes by."""

    where: str
    expression: str


def queries() -> Iterator[Query]:
    """Every alert, and every line of every panel."""
    for rule in RULES:
        yield Query(rule.get("alert", rule.get("record", "")), rule["expr"])
    for path in sorted((INFRA / "grafana/dashboards").glob("*.json")):
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for target in panel.get("targets", ()):
                yield Query(f"{path.stem}: {panel['title']}", target["expr"])


EVERY = tuple(queries())


@pytest.fixture(scope="module")
def pages(installation: Installation) -> list[str]:
    """What each service shows, once each has measured itself."""
    known = connection.read(installation.folder)

    def shown() -> list[str]:
        return [
            httpx.get(f"{known['ops'][service]}/metrics", timeout=PATIENCE).text
            for service in SERVICES
        ]

    def is_measured(page: str) -> bool:
        return "conservation_imbalance" in page and not page.count("conservation_imbalance NaN")

    until(lambda: all(is_measured(page) for page in shown()), "measuring")
    until(lambda: "systems_silent" in "".join(shown()), "counting the firm's work")
    until(lambda: "\nnps_n " in "".join(shown()), "counting answers")
    return shown()


@pytest.fixture(scope="module")
def labels(pages: list[str]) -> dict[str, set[str]]:
    """The labels of each figure: of the samples shown, and of what has none yet as it was made."""
    found: dict[str, set[str]] = {}
    for name, names in made_with(figures_of_our_own()):
        found.setdefault(name, set()).update(names)
    for page in pages:
        for family in text_string_to_metric_families(page):
            found.setdefault(SUFFIXES.sub("", family.name), set()).update(
                label for sample in family.samples for label in sample.labels
            )
    return found


def not_shown_here() -> CollectorRegistry:
    """Figures of what this installation has not: a mailbox that is read."""
    registry = CollectorRegistry()
    MailboxFigures(registry)
    return registry


def figures_of_our_own() -> CollectorRegistry:
    """Every figure as it was made, whether it has a sample yet or not."""
    registry = CoreMetrics("any").registry
    for figures in (
        SendMetrics, CommitmentFigures, DeadlineFigures, WorkFigures, DoorFigures, SilenceFigures,
        OutwardFigures, MailboxFigures, ConcernFigures, TestimonialFigures,
    ):  # fmt: skip
        figures(registry)
    return registry


def made_with(registry: CollectorRegistry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each figure of our own, and the names of its labels."""
    for collector in registry._collector_to_names:
        name = str(collector._name)  # type: ignore[attr-defined]
        yield SUFFIXES.sub("", name), tuple(collector._labelnames)  # type: ignore[attr-defined]


@pytest.mark.parametrize("query", EVERY, ids=lambda query: query.where)
def test_a_figure_and_a_label_somebody_looks_at_exist(
    pages: list[str], labels: dict[str, set[str]], query: Query
) -> None:
    shown = "\n".join([*pages, generate_latest(not_shown_here()).decode()])
    ours = {
        figure
        for figure in figures_in(query.expression) - RECORDED
        if not OF_OTHERS.fullmatch(figure)
    }
    for figure in ours:
        assert re.search(rf"^# TYPE {SUFFIXES.sub('', figure)}(_total)? ", shown, re.MULTILINE)
    known = {figure: labels[SUFFIXES.sub("", figure)] | GIVEN_BY_PROMETHEUS for figure in ours}
    picked = {
        (figure, label) for figure, label in labels_picked(query.expression) if figure in ours
    }
    assert [pair for pair in picked if pair[1] not in known[pair[0]]] == []
    if ours:
        assert labels_grouped(query.expression) - set().union(*known.values()) == set()


def test_figures_have_labels_from_the_closed_list_only(labels: dict[str, set[str]]) -> None:
    assert set().union(*labels.values()) <= LABELS


def test_nothing_is_unaccounted_for(pages: list[str]) -> None:
    assert [page.count("\nconservation_imbalance 0.0\n") for page in pages] == [1] * len(SERVICES)
