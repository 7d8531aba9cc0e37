"""Does Prometheus accept its configuration, and do the alerts go off when they should?"""

import re
import subprocess
from pathlib import Path

import pytest

from shared.yaml_text import loaded
from tests.programs import program

FOLDER = Path("deploy/infra/prometheus")
GROUPS = loaded((FOLDER / "alerts.yml").read_text())["groups"]
RULES = [rule for group in GROUPS for rule in group["rules"] if "alert" in rule]
OPERATIONS = Path("docs/operations.md").read_text("utf-8")
RUNBOOK = OPERATIONS[OPERATIONS.index("## What to do when an alert") : OPERATIONS.index("## Logs")]
ENTRY = re.compile(r"^### (\w+)\n((?:(?!###|\n\n).|\n)+)", re.MULTILINE)
ENTRIES = {name: steps for name, steps in ENTRY.findall(RUNBOOK)}


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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_the_runbook_has_the_first_three_steps_of_every_alert(rule: dict[str, str]) -> None:
    steps = re.findall(r"^(\d)\. \S", ENTRIES[rule["alert"]], re.MULTILINE)
    assert steps == ["1", "2", "3"]


def test_the_runbook_knows_no_alert_that_is_not_there() -> None:
    assert ENTRIES.keys() - {rule["alert"] for rule in RULES} == set()


def test_an_alert_of_the_firms_work_waits_before_it_tells_somebody() -> None:
    work = next(group["rules"] for group in GROUPS if group["name"] == "work")
    assert [rule["alert"] for rule in work if "for" not in rule] == []
