"""What does a service read where an edition holds instead of the firm's folder?

A folder of its own, written when it begins: what an edition holds as the edition says it, and all
else as the firm's folder does. So whatever reads the folder reads what is in force. It is named by
the process it was written for: what a killed one left, the next to start takes away.
"""

import hashlib
import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir, mkdtemp

from shared.firm.colours import LooksError
from shared.firm.edition_parts import (
    as_content,
    as_text,
    is_picture,
    is_value,
    logo_named,
)
from shared.firm.looks import content_of, only_logo
from shared.firm.watch import files_of

PREFIX = "clientele-firm-"


def values_in(folder: Path | None) -> dict[str, str]:
    """What a folder says of all that services read when they begin."""
    said = dict(_texts(folder))
    logo = logo_named(said)
    if folder is None or logo is None:
        return said
    try:
        return {**said, logo: as_text(logo, only_logo(logo, content_of(folder / logo)))}
    except LooksError:  # it is not there: whoever goes by it says so
        return said


def hash_of_values(files: Mapping[str, str]) -> str:
    """The same for the same files."""
    said = hashlib.sha256()
    for place in sorted(files):
        content = hashlib.sha256(files[place].encode()).hexdigest()
        said.update(f"{place} {content}\n".encode())
    return said.hexdigest()


def written(given: Path | None, values: Mapping[str, str]) -> Path:
    """A new folder with these values, and with what else the firm's folder says."""
    target = Path(mkdtemp(prefix=_named_by(os.getpid())))
    _write(target, given, values)
    return target


@contextmanager
def for_a_look(given: Path | None, values: Mapping[str, str]) -> Iterator[Path]:
    """The same for as long as somebody reads it."""
    with TemporaryDirectory(prefix=_named_by(os.getpid())) as name:
        _write(Path(name), given, values)
        yield Path(name)


def forget(folder: Path | None) -> None:
    """A folder that was written is read no more."""
    if folder is not None and folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def forget_left() -> None:
    """Take away what processes of this host left that were killed, one of our own number too."""
    named = re.compile(re.escape(_named_by(None)) + r"(\d+)-")
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        found = named.match(folder.name)
        if found and not _runs_beside(int(found[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _named_by(process: int | None) -> str:
    """By the host too: of another's processes on one disk nobody here knows whether they run."""
    host = re.sub(r"\W", "_", socket.gethostname())
    return f"{PREFIX}{host}-" + ("" if process is None else f"{process}-")


def _runs_beside(process: int) -> bool:
    """Whether it runs, and is not this one, which has written nothing yet."""
    if process == os.getpid():
        return False
    try:
        with suppress(PermissionError, OverflowError):  # somebody else's
            os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _write(target: Path, given: Path | None, values: Mapping[str, str]) -> None:
    """Pictures too as the firm's folder has them: an edition may be of before it held the logo."""
    for file in files_of(given):
        place = file.relative_to(given or file).as_posix()
        if is_picture(place) or not is_value(place):
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / place)
    for place, text in values.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        (target / place).write_bytes(as_content(place, text))


def _texts(folder: Path | None) -> Iterator[tuple[str, str]]:
    for file in files_of(folder):
        place = file.relative_to(folder or file).as_posix()
        if is_value(place) and not is_picture(place):
            yield place, file.read_text(encoding="utf-8")
