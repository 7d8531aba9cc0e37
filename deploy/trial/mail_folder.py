"""How are the messages kept that were caught while trying out?"""

import os
from pathlib import Path


class MailFolder:
    """Messages numbered in the order of their arrival; the count goes on after a restart."""

    def __init__(self, folder: Path, suffix: str = ".eml") -> None:
        self._folder, self._suffix = folder, suffix
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._last = max((number(path) for path in folder.glob(f"*{suffix}")), default=0)

    def store(self, content: bytes) -> Path:
        """Keep one message; it is on disk when this returns."""
        self._last += 1
        path = self._folder / f"{self._last}{self._suffix}"
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        self._sync_folder()
        return path

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def number(path: Path) -> int:
    """The number in a message's file name; 0 for a file that is not ours."""
    return int(path.stem) if path.stem.isdecimal() else 0
