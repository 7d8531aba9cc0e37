"""Which addresses does Prometheus read? ``make conf`` writes them into its configuration."""

from collections.abc import Sequence
from pathlib import Path

from deploy.infra.ports import BASE, OPS
from deploy.infra.services import SPECS, ServiceSpec

FILE = Path(__file__).parent / "prometheus" / "prometheus.yml"
HEAD = """\
# What Prometheus reads in docker-compose.yml. Every service shows /metrics on a port of its own.
# Made from deploy/infra/services.py by `make conf`; do not edit.

global:
  scrape_interval: 15s
  evaluation_interval: 15s

rule_files:
  - alerts.yml

scrape_configs:
  - job_name: clientele
    static_configs:
"""
TAIL = """
  - job_name: nats
    static_configs:
      - targets: ["nats-exporter:7777"]
"""


def scrape_configuration(specs: Sequence[ServiceSpec] = SPECS) -> str:
    """The whole file, with one target for each service."""
    return HEAD + "".join(_target(each) for each in specs) + TAIL


def _target(spec: ServiceSpec) -> str:
    return (
        f'      - targets: ["{spec.name}:{BASE + OPS + spec.port}"]\n'
        f"        labels: {{service: {spec.name}}}\n"
    )


if __name__ == "__main__":
    FILE.write_text(scrape_configuration(), encoding="utf-8")
