"""Is a folder written for a process gone when the process is, and no sooner?"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from shared.firm.folder_in_force import forget, forget_left, written

VALUES = {"firm.toml": "[firm]\n"}
WRITTEN_BY_A_KILLED_ONE = """
import os, signal
from shared.firm.folder_in_force import written
print(written(None, {"firm.toml": "[firm]\\n"}), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_the_next_to_start_takes_away(temporary: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WRITTEN_BY_A_KILLED_ONE], check=False, capture_output=True,
        text=True, env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    left = Path(ended.stdout.strip())
    assert (left.parent, left.is_dir()) == (temporary, True)
    forget_left()
    assert list(temporary.iterdir()) == []


def test_what_others_use_or_wrote_stays(temporary: Path) -> None:
    mine = written(None, VALUES)
    host = f"clientele-firm-{socket.gethostname()}".replace(".", "_")
    theirs = [
        temporary / mine.name.replace(f"-{os.getpid()}-", f"-{os.getppid()}-"),  # it runs
        temporary / f"clientele-firm-elsewhere-{os.getpid()}-a",  # on another host
        temporary / f"{host}-and-more",
    ]
    for folder in theirs:
        folder.mkdir()
    forget_left()
    assert sorted(temporary.iterdir()) == sorted(theirs)


def test_one_that_is_read_no_more_goes_at_once(temporary: Path) -> None:
    folder = written(None, VALUES)
    assert (folder / "firm.toml").read_text("utf-8") == VALUES["firm.toml"]
    forget(folder)
    assert list(temporary.iterdir()) == []
