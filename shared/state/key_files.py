"""What stands in a key file: the key in use, and older ones that are still read?

A line of 64 hexadecimal digits. After a rotation the key before stands on the next line, and after
it, where it is read for a time only, the instant until which it is.
"""

from collections.abc import Iterator
from datetime import datetime

LENGTH = 32
Older = tuple[bytes, datetime | None]  # a key, and until when it is read; None: while it is here


class Key(bytes):
    """A key with which everything new is made; ``older`` ones only read."""

    older: tuple[Older, ...] = ()


def keys_in(text: str) -> Key:
    """The keys of a file, the one in use first; ValueError where it holds anything else."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    if not lines or len(lines[0]) != 1:
        raise ValueError("no key")
    key = Key(_key(lines[0][0]))
    key.older = tuple(_older(line) for line in lines[1:])
    return key


def readable(key: bytes, now: datetime) -> Iterator[bytes]:
    """The key in use and every older one that is still read."""
    yield key
    for older, until in getattr(key, "older", ()):
        if until is None or now < until:
            yield older


def rotated(text: str, new: str, until: datetime | None = None) -> str:
    """The file after a rotation: the new key, and below it the ones that were there."""
    key = keys_in(text)
    before = [(bytes(key), until), *key.older]
    lines = [f"{each.hex()} {end.isoformat() if end else ''}".rstrip() for each, end in before]
    return "\n".join((new, *lines)) + "\n"


def _older(line: list[str]) -> Older:
    if len(line) > 2:
        raise ValueError("more than a key and an instant")
    until = datetime.fromisoformat(line[1]) if len(line) == 2 else None
    if until is not None and until.tzinfo is None:
        raise ValueError("an instant without an offset")
    return _key(line[0]), until


def _key(digits: str) -> bytes:
    key = bytes.fromhex(digits)
    if len(key) != LENGTH:
        raise ValueError("not 32 bytes")
    return key
