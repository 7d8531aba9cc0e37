"""How did the server that received a mail judge who sent it (RFC 8601)?

Anybody can write such a header, so only the word of one server counts: the one whose header stands
topmost, as each server puts its own above all it was given. What others say further down is left
out, but for what the same server says in a header of its own for each method.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEADER = "authentication-results"
MOST_HEADERS, MOST_SAID, LONGEST = 20, 50, 8_000
_PAIR = re.compile(r'([A-Za-z0-9_.-]+)(?:/\d+)?\s*=\s*("[^"]*"|[^\s;"]+)')
_FIELD = re.compile(r"^([A-Za-z0-9-]+):(.*)$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one method came to, with what it looked at: ``header.d``, ``smtp.mailfrom`` …"""

    method: str
    result: str
    about: tuple[tuple[str, str], ...] = ()

    def domain(self, *names: str) -> str:
        """The domain of the first of these that is named; empty where none is."""
        found = dict(self.about)
        value = next((found[each] for each in names if found.get(each)), "")
        return value.rpartition("@")[2].strip("<>.").lower()


@dataclass(frozen=True, slots=True)
class Judged:
    """The word of one server; ``judge`` is empty where it does not name itself."""

    judge: str
    said: tuple[Said, ...]

    def of(self, method: str) -> tuple[Said, ...]:
        """What it says of this method; of DKIM once for each signature."""
        return tuple(each for each in self.said if each.method == method)


def judged(fields: Sequence[tuple[str, str]]) -> Judged | None:
    """What the server on top says, of these fields as they stand; None: nothing."""
    values = [value for name, value in fields if name.lower() == HEADER][:MOST_HEADERS]
    read = [_read(value) for value in values]
    if not read:
        return None
    judge, said = read[0].judge, list(read[0].said)
    for other in read[1:]:
        known = {each.method for each in said}
        said += [each for each in other.said if other.judge == judge and each.method not in known]
    return Judged(judge, tuple(said))


def fields_of(source: str) -> list[tuple[str, str]]:
    """The fields at the head of a mail as somebody copied it, each in one line.

    Mail programs show sources with blank lines in between, or without the blanks by which a field
    goes on: whatever does not begin a field belongs to the one before it.
    """
    found: list[tuple[str, str]] = []
    ended = False
    for line in source.splitlines():
        field = _FIELD.match(line)
        if field is None and not line.strip():
            ended = bool(found)
        elif field is not None:
            found.append((field.group(1), field.group(2).strip()))
            ended = False
        elif ended:
            break
        elif found:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}"[:LONGEST])
    return found


def _read(value: str) -> Judged:
    head, *rest = _without_comments(value[:LONGEST]).split(";")
    if _PAIR.search(head):  # some servers leave out who they are
        return Judged("", tuple(_said([head, *rest])))
    words = head.split()
    return Judged(words[0].lower() if words else "", tuple(_said(rest)))


def _said(parts: Sequence[str]) -> Iterator[Said]:
    for part in parts[:MOST_SAID]:
        pairs = [(name.lower(), value.strip('"')) for name, value in _PAIR.findall(part)]
        if pairs:
            (method, result), *about = pairs
            yield Said(method, result.lower(), tuple(about))


def _without_comments(value: str) -> str:
    """The value without what stands in brackets; in quotation marks brackets are letters."""
    kept, depth, quoted, skips = [], 0, False, False
    for letter in value:
        if skips:
            skips = False
        elif letter == "\\":
            skips = True
            continue
        elif letter == '"' and not depth:
            quoted = not quoted
        elif letter == "(" and not quoted:
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(" " if letter in "\r\n\t" or (quoted and letter == ";") else letter)
    return "".join(kept)
