"""Does a log say what ops needs, nothing of clients, and cost a process no more than it must?"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from shared.contracts.fields import parse_instant
from shared.telemetry.logs import set_up

LOOK = "import sys, shared.telemetry.logs; print('rich' in sys.modules); import rich"


def test_a_service_does_not_load_what_only_colours_a_terminal() -> None:
    seen = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"


@pytest.fixture
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("logs_as_before")
def test_a_failure_inside_a_library_is_logged_with_our_own_lines_and_none_of_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up("desk", "0")
    try:
        parse_instant("Anna Müller")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("While answering Anna Müller")
    said = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert said["event"] == "library_failure"
    assert said["fingerprint"] == "ValueError@contracts/parse_instant"
    assert [frame.partition(":")[0] for frame in said["frames"]] == ["contracts/parse_instant"]
    assert "Anna" not in json.dumps(said)
