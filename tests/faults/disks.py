"""How is a disk made that can lose its power, and one that can fill up?

An ext4 image behind a loop device: what has reached the image is what a power cut leaves. A small
tmpfs: what is full is full. Both need root; a whole run says so when it is not given.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NEEDED = ("mount", "umount", "mkfs.ext4", "losetup", "cp")
IMAGE_BYTES = 1024**3
FAST = Path("/dev/shm")  # noqa: S108 - memory, so that copying takes milliseconds


class NotPossibleHereError(Exception):
    """This machine or user cannot mount disks; the message says what is missing."""


def require_disks() -> None:
    """Raise with what is missing, if this process cannot make and mount disks."""
    missing = [f"the program {name}" for name in NEEDED if shutil.which(name) is None]
    if os.geteuid() != 0:
        missing.insert(0, "root (mounting disks needs it)")
    if missing:
        raise NotPossibleHereError(f"Power cuts and full disks need: {', '.join(missing)}.")


class PowerDisk:
    """A disk in an image file, mounted in a folder; ``cut`` takes what a power cut would leave."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self._name = name
        place = FAST if FAST.is_dir() else folder.parent
        self._images = [place / f"faults-{os.getpid()}-{name}-{each}.img" for each in (0, 1)]

    def mount(self) -> None:
        """Make it, and mount it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._images[0].open("wb") as file:
            file.truncate(IMAGE_BYTES)
        _run("mkfs.ext4", "-q", "-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard",
             "-O", "^metadata_csum_seed", str(self._images[0]))  # fmt: skip
        self._mount(self._images[0])

    def copy(self) -> None:
        """Keep what has reached the disk until now; whoever writes must stand still."""
        _run("cp", "--sparse=always", str(self._images[0]), str(self._images[1]))

    def swap(self) -> None:
        """The disk is now what was kept: the machine comes back after the cut."""
        self.unmount()
        self._images.reverse()
        self._mount(self._images[0])

    def unmount(self) -> None:
        """Let go of it."""
        _run("umount", str(self.folder))

    def remove(self) -> None:
        """Let go of it, and of its images."""
        with suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(self.folder))
        for image in self._images:
            image.unlink(missing_ok=True)

    def _mount(self, image: Path) -> None:
        _run("mount", "-o", "loop", str(image), str(self.folder))


@contextmanager
def power_disk(folder: Path, name: str) -> Iterator[PowerDisk]:
    """A disk for as long as it is needed."""
    require_disks()
    disk = PowerDisk(folder, name)
    disk.mount()
    try:
        yield disk
    finally:
        disk.remove()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A folder that holds this much and no more."""
    require_disks()
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder))
    try:
        yield
    finally:
        with suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(folder))


def fill(folder: Path) -> Path:
    """Write into the folder until it is full; the file to remove for room."""
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(65536)):
            pass
    return ballast


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":  # asked by `make faults` before anything runs
    try:
        require_disks()
    except NotPossibleHereError as lacking:
        raise SystemExit(str(lacking)) from lacking
