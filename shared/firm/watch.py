"""Is the firm's folder still what this process read when it started?

A service never takes a change in while it runs: it goes on by what it read, and says that the
folder says something else. Two services that were started with different folders show different
digests.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

NONE = "none"  # of a service without a folder


class FolderWatch:
    """The folder as it was, and whether it is so still; without a folder nothing ever differs."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._seen = self._stamps()
        self._differs = False
        self.digest = digest_of(folder)

    def differs(self) -> bool:
        """Whether it says something else now; read anew only where a file was touched."""
        try:
            stamps = self._stamps()
            if stamps != self._seen:
                self._differs = digest_of(self._folder) != self.digest
                self._seen = stamps
        except OSError:  # somebody is writing just now
            return True
        return self._differs

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        for file in files_of(self._folder):
            stat = file.stat()
            found[str(file)] = (stat.st_mtime_ns, stat.st_size)
        return found


def digest_of(folder: Path | None) -> str:
    """A short name of what the folder says: the same wherever the same files are."""
    if folder is None:
        return NONE
    said = hashlib.sha256()
    for file in files_of(folder):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        said.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return said.hexdigest()[:12]


def files_of(folder: Path | None) -> Iterator[Path]:
    """Everything a service may read; not what an editor or version control keeps beside it."""
    if folder is None or not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden:
            yield file
