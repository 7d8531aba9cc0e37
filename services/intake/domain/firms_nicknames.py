"""Which short names does a firm add to those that everybody knows?

A text file of the firm's own, one given name a line: ``robert: bob rob``. What cannot be read is
found when the service starts, and said with its line.
"""

from collections.abc import Iterable

from services.intake.domain.letters import folded
from shared.errors import ClienteleError

EXAMPLE = "like robert: bob rob"


class NicknamesError(ClienteleError):
    """A line of the firm's nicknames cannot be understood; the message says file and line."""


def nicknames_of(file: str, lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """The fuller names of each short one, in plain letters; raises NicknamesError."""
    found: dict[str, set[str]] = {}
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        name, colon, shorts = said.partition(":")
        if not colon or not shorts.split():
            raise NicknamesError(_wrong(file, number, "write a name, a colon, its short forms"))
        full = _word(file, number, name)
        for short in shorts.replace(",", " ").split():
            found.setdefault(_word(file, number, short), set()).add(full)
    return {short: frozenset(fuller - {short}) for short, fuller in found.items()}


def _word(file: str, number: int, text: str) -> str:
    word = folded(text.strip())
    if not word.isalpha():
        raise NicknamesError(_wrong(file, number, f"{text.strip()!r} is not one word of letters"))
    return word


def _wrong(file: str, number: int, why: str) -> str:
    return f"{file}, line {number}: {why}, {EXAMPLE}"
