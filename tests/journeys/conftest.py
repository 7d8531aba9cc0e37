"""A whole installation: real servers, six services, one mail catcher."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from deploy.trial import connection
from shared.clock import monotonic
from tests.browser.readers import WHOLE
from tests.conftest import free_base
from tests.journeys.firm import Firm

START_SECONDS = 240.0  # a loaded machine is not a defect


class Installation:
    """``clientele up`` on a directory of its own, to be started, killed and started again."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self._environment = environment
        self.base = free_base()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> dict[str, Any]:
        """Start it; how to reach it once everything is ready."""
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "deploy.cli.main",
                "up",
                "--data-dir",
                str(self.folder),
                "--port-base",
                str(self.base),
                "--time-travel",
            ],
            stdout=(self.folder.parent / "up.log").open("ab"),
            stderr=subprocess.STDOUT,
            env={**os.environ, **self._environment},
        )
        deadline = monotonic() + START_SECONDS
        while monotonic() < deadline:
            if (self.folder / connection.FILE).exists():
                return connection.read(self.folder)
            code = self._process.poll()
            assert code is None, (self.folder.parent / "up.log").read_text()
            try:
                self._process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError(
            "it did not become ready:\n" + (self.folder.parent / "up.log").read_text()
        )

    def stop(self) -> int:
        """End it as Ctrl-C would; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(60)


def as_long_as_needed(fixture_name: str, config: pytest.Config) -> Literal["session", "package"]:
    """In the suite until the last journey; where other tests come in between, until the end."""
    del fixture_name, config
    return "session" if WHOLE else "package"


@pytest.fixture(scope=as_long_as_needed)
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for every journey that does not break it."""
    folder = tmp_path_factory.mktemp("journey") / "data"
    folder.mkdir()
    running = Installation(folder)
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def firm(installation: Installation) -> AsyncIterator[Firm]:
    """The shared installation, seen from outside."""
    async with Firm(connection.read(installation.folder)) as reached:
        yield reached
