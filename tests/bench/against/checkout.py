"""How is another revision made ready to run beside this one, and taken away again?

It is checked out into a git worktree under a temporary folder. Where it locks the same packages as
this checkout it runs on this one's Python; otherwise a virtual environment is made from its own
lock. Nothing is left behind: neither files nor git's note of the worktree.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[3]
LOCK, BUILD_LOCK = "requirements.lock", "requirements-build.lock"
INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME")


class CannotPrepareError(Exception):
    """Git does not know the revision, or something it needs cannot be installed or migrated."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """One revision on disk, and the Python that has what it needs."""

    name: str
    folder: Path
    python: Path

    def module(self, name: str) -> list[str]:
        """The command that runs one of its modules."""
        return [str(self.python), "-m", name]

    def environment(self) -> dict[str, str]:
        """What lets its programs import its own code, wherever they are started."""
        return {"PYTHONPATH": str(self.folder), "PYTHONSAFEPATH": "1"}

    def clientele(self, *arguments: str, **more: str) -> None:
        """Run its command line, as it declares it itself. Raises CannotPrepareError."""
        module, _, function = _entry(self.folder).partition(":")
        code = f"from {module} import {function}; {function}()"
        _run(
            [str(self.python), "-c", code, *arguments], env=_inherited() | self.environment() | more
        )


def this() -> Checkout:
    """This checkout as it stands, with what is not committed yet."""
    return Checkout("this", HERE, Path(sys.executable))


@contextmanager
def checked_out(revision: str, say: Callable[[str], None]) -> Iterator[Checkout]:
    """Another revision, for as long as the block lasts. Raises CannotPrepareError."""
    name = _git("rev-parse", "--short", "--verify", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="clientele-against-") as temporary:
        folder = Path(temporary) / "checkout"
        _git("worktree", "add", "--detach", str(folder), name)
        try:
            yield Checkout(name, folder, _python_for(folder, Path(temporary) / "venv", say))
        finally:
            _git("worktree", "remove", "--force", str(folder))


def _python_for(folder: Path, venv: Path, say: Callable[[str], None]) -> Path:
    """This Python where the locks are the same, or else one with what that revision locks."""
    if (folder / LOCK).read_bytes() == (HERE / LOCK).read_bytes():
        return Path(sys.executable)
    say(f"installing what its {LOCK} names (about a minute)")
    _run([sys.executable, "-m", "venv", str(venv)])
    python = venv / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locks = [each for name in (LOCK, BUILD_LOCK) if (each := folder / name).exists()]
    _run([*pip, "--require-hashes", *(word for each in locks for word in ("-r", str(each)))])
    _run([*pip, "--no-build-isolation", "--no-deps", "--editable", str(folder)])
    return python


def _entry(folder: Path) -> str:
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["scripts"]["clientele"])


def _git(*arguments: str) -> str:
    return _run(["git", "-C", str(HERE), *arguments])


def _run(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
    if done.returncode:
        raise CannotPrepareError(f"{' '.join(command[:4])} … failed: {done.stderr.strip()[-1000:]}")
    return done.stdout.strip()


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}
