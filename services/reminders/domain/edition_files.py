"""What stands in an edition, and in what do two of them differ?

The same files as in the firm's folder, by their place there: its playbooks, its texts, and what it
says of itself, its logo too. What is told to other programs stays in the folder.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Literal

from services.reminders.domain.edition_pictures import in_base64, logo_at
from services.reminders.domain.message_texts import TextFile
from shared.contracts.firm_editions import MOST_BYTES as MOST_BYTES_OF_VALUES
from shared.errors import RuleError
from shared.firm.edition_parts import (
    KINDS,
    belongs,
    is_picture,
    is_rules_or_messages,
    values_of,
    without_strays,
)

Files = Mapping[str, str]
"""Texts by their place in the folder: ``playbooks/closing.yaml``; of a picture its base64."""

MOST_FILES = 400
MOST_BYTES = 400_000  # of all texts together: a request carries them
_TEXT = re.compile(r"languages/[a-z]{2,3}/messages/(frame/|sms/)?[^/.\n][^/\n]*\.(txt|yaml)")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that two editions do not have in common as it is."""

    place: str
    what: Literal["new", "changed", "gone"]
    lines: tuple[str, ...]  # as ``diff -u`` writes them, without its head; of a picture none
    was: str = ""  # of a picture: what it was, and is
    now: str = ""


def as_kept(files: Files) -> dict[str, str]:
    """The files in their order, with one kind of line end; RuleError where they cannot be kept."""
    for place in files:
        if not belongs(place):
            raise RuleError(
                f"{place} is no part of an edition: it holds {KINDS}.",
                code="no-part",
                field="files",
            )
    kept = {place: _as_kept(place, files[place]) for place in sorted(without_strays(files))}
    if len(kept) > MOST_FILES or _size(kept) > MOST_BYTES:
        raise RuleError(
            f"An edition holds at most {MOST_FILES} files of {MOST_BYTES // 1000} kB together.",
            code="too-long",
            field="files",
        )
    if _size(values_of(kept)) > MOST_BYTES_OF_VALUES:
        raise RuleError(
            f"What services read when they begin (firm.toml, surveys, pages, forms …) has at most "
            f"{MOST_BYTES_OF_VALUES // 1000} kB together.",
            code="too-long",
            field="files",
        )
    return kept


def of_rules(files: Files) -> dict[str, str]:
    """Its rules and messages: all that editions of the releases before hold."""
    return {place: text for place, text in files.items() if is_rules_or_messages(place)}


def hash_of(files: Files) -> str:
    """What an approval is bound to: the same for the same files."""
    said = hashlib.sha256()
    for place in sorted(files):
        content = hashlib.sha256(files[place].encode()).hexdigest()
        said.update(f"{place} {content}\n".encode())
    return said.hexdigest()


def changes_between(before: Files, after: Files) -> list[FileChange]:
    """Every file that differs, with its lines."""
    return [
        _change(place, before, after)
        for place in sorted({*before, *after})
        if before.get(place) != after.get(place)
    ]


def changed_places(before: Files, after: Files) -> frozenset[str]:
    """The places of all files that differ."""
    return frozenset(each for each in {*before, *after} if before.get(each) != after.get(each))


def laid_over(ours: Files, base: Files, other: Files) -> tuple[dict[str, str], frozenset[str]]:
    """What others changed since ``base``, with our changes over it; and what both changed.

    Of a file that both changed otherwise, ours is kept and named: nothing is lost unseen.
    """
    mine, theirs = changed_places(base, ours), changed_places(base, other)
    both = frozenset(each for each in mine & theirs if ours.get(each) != other.get(each))
    kept = {place: text for place, text in other.items() if place not in mine}
    kept |= {place: ours[place] for place in mine if place in ours}
    return dict(sorted(kept.items())), both


def text_place(language: str, name: str) -> str:
    """Where a text of a language stands: ``languages/fr/messages/welcome.txt``."""
    return f"languages/{language}/messages/{name}.txt"


def parts_of_text(place: str) -> tuple[str, str]:
    """The language and name of the text at a place; empty where none stands there."""
    if not place.endswith(".txt") or not _TEXT.fullmatch(place):
        return "", ""
    _, language, _, part = place.split("/", 3)
    return language, part.removesuffix(".txt")


def texts_in(files: Files) -> dict[str, list[TextFile]]:
    """The firm's own texts of messages, by language."""
    found: dict[str, list[TextFile]] = {}
    for place, text in files.items():
        if _TEXT.fullmatch(place):
            _, language, _, part = place.split("/", 3)
            found.setdefault(language, []).append(TextFile(part, place, text, own=True))
    return found


def _as_kept(place: str, text: str) -> str:
    """A text with one kind of line end; of a picture always the same text for the same bytes."""
    return in_base64(logo_at(place, text)) if is_picture(place) else _one_line_end(text)


def _size(files: Files) -> int:
    """How many bytes their texts have; a picture is bounded by itself."""
    return sum(len(text.encode()) for place, text in files.items() if not is_picture(place))


def _change(place: str, before: Files, after: Files) -> FileChange:
    what = _what(place, before, after)
    if is_picture(place):
        return FileChange(place, what, (), before.get(place, ""), after.get(place, ""))
    return FileChange(place, what, tuple(_lines(place, before, after)))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _what(place: str, before: Files, after: Files) -> Literal["new", "changed", "gone"]:
    if place not in before:
        return "new"
    return "changed" if place in after else "gone"


def _lines(place: str, before: Files, after: Files) -> Iterator[str]:
    old, new = before.get(place, "").splitlines(), after.get(place, "").splitlines()
    for number, line in enumerate(unified_diff(old, new, lineterm="", n=2)):
        if number > 1:  # the two lines of its head
            yield line
