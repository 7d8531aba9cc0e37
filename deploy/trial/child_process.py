"""How is one program started, watched and ended?

Each child runs in its own session (Ctrl-C reaches only the supervisor, which ends its children in
order) and is killed by the kernel when the process that started it is gone, however that ended.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from shared.clock import monotonic
from shared.errors import ClienteleError

PR_SET_PDEATHSIG = 1
INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME", "VIRTUAL_ENV")


class DidNotStartError(ClienteleError):
    """A program ended, or said nothing, while it was being started."""


class ChildProcess:
    """One child process with its own environment and log file; may be started again."""

    def __init__(
        self, name: str, argv: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.log = log
        self._argv = list(argv)
        self._env = dict(env or {})
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs now."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int | None:
        """Its process id, once started."""
        return self._child.pid if self._child else None

    @property
    def exit_code(self) -> int | None:
        """How it ended; negative for a signal, None while it runs."""
        return self._child.poll() if self._child else None

    def start(self) -> None:
        """Start it; what it prints goes to its log file, readable by this user only."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        mode = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        log = os.open(self.log, mode, 0o600)
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own programs, no shell
                self._argv, env=_inherited() | self._env, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=_die_with_parent,
            )  # fmt: skip
        finally:
            os.close(log)

    def ask_to_end(self) -> None:
        """Ask it to end, without waiting for it."""
        if self._child is not None and self.alive:
            self._child.terminate()

    def stop(self, grace: float = 15.0) -> None:
        """Ask it to end, and insist after ``grace`` seconds."""
        if self._child is None:
            return
        self.ask_to_end()
        try:
            self._child.wait(grace)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, the hard way."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, for tests that freeze a process."""
        if self._child is not None:
            self._child.send_signal(number)

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for the message that says it did not start."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wait_while_alive(self, seconds: float, pause: float = 0.01) -> "Deadline":
        """Turns until time is up; raises when the process ends meanwhile."""
        return Deadline(self, seconds, pause)


class Deadline:
    """Iterates while a process lives and time is left; raises DidNotStartError otherwise."""

    def __init__(self, process: ChildProcess, seconds: float, pause: float) -> None:
        self._process = process
        self._until = monotonic() + seconds
        self._pause = pause

    def __iter__(self) -> "Deadline":
        return self

    def __next__(self) -> float:
        process = self._process
        if not process.alive:
            raise DidNotStartError(
                f"{process.name} ended while it was starting (exit code {process.exit_code}). "
                f"The end of {process.log}:\n{process.last_words()}"
            )
        left = self._until - monotonic()
        if left <= 0:
            raise DidNotStartError(f"{process.name} did not become ready; see {process.log}")
        time.sleep(self._pause)
        return left


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
