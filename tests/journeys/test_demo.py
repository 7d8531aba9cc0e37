"""Does the demo end well by itself, and do its figures equal what everybody holds?"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.demo.expectations import EXPECTATIONS
from deploy.local.ports import is_free, ports
from tests.conftest import free_base

LONGEST_SECONDS = 150  # of a machine that also runs the other tests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo runs."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def base() -> int:
    """The demo's ports."""
    return free_base()


@pytest.fixture(scope="module")
def ended(folder: Path, base: int) -> subprocess.CompletedProcess[str]:
    """A demo that has ended by itself."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "deploy.cli", "demo", "--once", "--json"),
            *("--data-dir", str(folder), "--port-base", str(base)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_SECONDS,
        env=dict(os.environ),
    )


@pytest.fixture(scope="module")
def result(ended: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What it said at its end."""
    assert ended.stdout, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


@pytest.mark.parametrize("name", [each.name for each in EXPECTATIONS])
def test_the_demo_sees(result: dict[str, Any], name: str) -> None:
    (found,) = [each for each in result["expectations"] if each["name"] == name]
    assert found["missing"] == ""


def test_all_who_hold_a_figure_count_the_same(result: dict[str, Any]) -> None:
    assert [each for each in result["figures"] if not each["agrees"]] == []


def test_the_demo_says_so_with_its_exit_code(
    ended: subprocess.CompletedProcess[str], result: dict[str, Any]
) -> None:
    assert result["ok"] is True
    assert ended.returncode == 0


def test_every_message_lies_in_the_mail_catcher(folder: Path, result: dict[str, Any]) -> None:
    files = list((folder / "mail").glob("*.eml"))
    assert len(files) == result["events"]["contact-sent"]


def test_nothing_of_it_goes_on_running(ended: subprocess.CompletedProcess[str], base: int) -> None:
    assert ended.returncode == 0
    assert all(is_free(port) for port in ports(base).values())


def test_a_second_demo_begins_with_nothing(
    folder: Path, base: int, result: dict[str, Any], ended: subprocess.CompletedProcess[str]
) -> None:
    again = subprocess.run(
        ended.args, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
    )
    said = json.loads(again.stdout.splitlines()[-1])
    assert again.returncode == 0
    assert said["events"]["client-onboarded"] == result["events"]["client-onboarded"]
