"""Whose data directory is this now, and did the last owner leave processes behind?

The owner holds a file lock, which the kernel takes back however the owner ends. What its children
were is noted, so that the next owner can end any that outlived it.
"""

import fcntl
import json
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from deploy.infra.secrets import write_private
from shared.clock import monotonic
from shared.errors import ClienteleError

END_SECONDS = 10.0


class AlreadyRunningError(ClienteleError):
    """Another process runs Clientele on this data directory."""


class Ownership:
    """The right to run on one data directory, held until ``release`` or the end of the process."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._children = data_dir / "processes.json"
        self._lock: int | None = None

    def take(self) -> None:
        """Take the directory over, and end what a killed owner left running."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._data_dir.chmod(0o700)
        lock = os.open(self._data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise AlreadyRunningError(_running_already(self._data_dir)) from None
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock
        _end_orphans(self._children)

    def note(self, children: Mapping[str, int]) -> None:
        """Remember which processes belong to this owner."""
        known = {name: {"pid": pid, "born": _born(pid)} for name, pid in children.items()}
        write_private(self._children, json.dumps(known, indent=2))

    def release(self) -> None:
        """Give the directory back; every child has ended."""
        self._children.unlink(missing_ok=True)
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None


def owner_of(data_dir: Path) -> int | None:
    """The process that runs Clientele on this directory now, if one does."""
    try:
        lock = os.open(data_dir / "lock", os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.read(lock, 32).decode(errors="replace")
        return int(text) if text.isdecimal() else 0
    finally:
        os.close(lock)
    return None


def _running_already(data_dir: Path) -> str:
    owner = owner_of(data_dir)
    return (
        f"Clientele runs on {data_dir} already (process {owner}); its addresses are in "
        f"{data_dir / 'connect.json'}. Stop it with Ctrl-C there or with: kill {owner}. "
        "For a second installation choose another --data-dir and --port-base"
    )


def _end_orphans(noted: Path) -> None:
    with suppress(FileNotFoundError, ValueError):
        orphans = [entry for entry in json.loads(noted.read_text()).values() if _is_same(entry)]
        for orphan in orphans:
            _signal(orphan, signal.SIGTERM)
        until = monotonic() + END_SECONDS
        while any(_is_same(orphan) for orphan in orphans) and monotonic() < until:
            time.sleep(0.05)
        for orphan in filter(_is_same, orphans):
            _signal(orphan, signal.SIGKILL)
    noted.unlink(missing_ok=True)


def _signal(process: Mapping[str, Any], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process["pid"], number)


def _is_same(process: Mapping[str, Any]) -> bool:
    """Whether this process still runs: the same one, not another that got its number."""
    return process["born"] is not None and _born(process["pid"]) == process["born"]


def _born(pid: int) -> float | None:
    """When a process started, in seconds since the machine did; None when it has ended.

    Counted from the start of the machine, since a clock may be set while the process runs.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return round(process.create_time() - psutil.boot_time(), 2)
    except psutil.NoSuchProcess:
        return None
