"""Does Prometheus accept its configuration, and do the alerts go off when they should?"""

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.programs import program

FOLDER = Path("deploy/infra/prometheus")
GROUPS = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
RULES = [rule for group in GROUPS for rule in group["rules"] if "alert" in rule]


def promtool(*arguments: str) -> str:
    answer = subprocess.run(
        [program("promtool"), *arguments], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_prometheus_accepts_its_configuration() -> None:
    assert "SUCCESS" in promtool("check", "config", str(FOLDER / "prometheus.yml"))


def test_every_alert_goes_off_when_it_should_and_not_before() -> None:
    assert "SUCCESS" in promtool("test", "rules", str(FOLDER / "alerts.test.yml"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_every_alert_says_what_to_do(rule: dict[str, dict[str, str]]) -> None:
    assert set(rule["annotations"]) == {"summary", "action"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
