"""Does every figure an alert watches really exist, with labels from closed sets?"""

import re
from pathlib import Path

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from deploy.infra.services import SERVICES
from deploy.trial import connection
from tests.deploy.waiting import until
from tests.journeys.conftest import Installation

GROUPS = yaml.safe_load(Path("deploy/infra/prometheus/alerts.yml").read_text("utf-8"))["groups"]
RECORDED = {rule["record"] for group in GROUPS for rule in group["rules"] if "record" in rule}
OF_OTHERS = re.compile(r"up|jetstream_\w+")  # Prometheus itself, and the exporter of NATS
LABELS = {
    "consumer", "event_type", "outcome", "reason", "purpose", "channel", "kind", "task_kind", "le",
    "standard", "digest",  # of the firm's commitments; of its folder, one a process
    "phase",  # where inquiries stand
}  # fmt: skip
LABELS |= {"app_name", "broker", "handler", "status", "exception_type"}  # of requests
WORDS = {"increase", "rate", "sum", "by", "on", "and", "or", "unless", "absent", "hour", "offset"}
WORDS |= {"count", "digest", "time", "abs", "day_of_week", "histogram_quantile", "service", "le"}
WORDS |= {"max", "delta", *LABELS}
SUFFIXES = re.compile(r"_(bucket|count|sum|total|created)$")


def watched() -> set[str]:
    """The names of the figures in the alerts' expressions."""
    found: set[str] = set()
    for group in GROUPS:
        for rule in group["rules"]:
            bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\"[^\"]*\"", "", rule["expr"])
            found |= set(re.findall(r"[a-z][a-z0-9_:]+", bare))
    return {n for n in found - WORDS - RECORDED if not OF_OTHERS.fullmatch(n) and len(n) > 3}


@pytest.fixture(scope="module")
def pages(installation: Installation) -> list[str]:
    """What each service shows, once each has measured itself."""
    known = connection.read(installation.folder)

    def shown() -> list[str]:
        return [httpx.get(f"{known['ops'][service]}/metrics").text for service in SERVICES]

    until(lambda: all("conservation_imbalance" in page for page in shown()), "measuring")
    return shown()


@pytest.mark.parametrize("name", sorted(watched()))
def test_a_figure_that_an_alert_watches_exists(pages: list[str], name: str) -> None:
    family = SUFFIXES.sub("", name)
    assert re.search(rf"^# TYPE {family}(_total)? ", "\n".join(pages), re.MULTILINE)


def test_figures_have_labels_from_the_closed_list_only(pages: list[str]) -> None:
    labels = {
        label
        for page in pages
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        for label in sample.labels
    }
    assert labels <= LABELS


def test_nothing_is_unaccounted_for(pages: list[str]) -> None:
    assert [page.count("\nconservation_imbalance 0.0\n") for page in pages] == [1] * len(SERVICES)
