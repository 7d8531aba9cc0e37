"""Which rows does a list saved by a spreadsheet hold?

Spreadsheets write several alphabets and separators, and say little about either. What cannot be
told for certain is refused with what to do: a wrong alphabet would send letters to the wrong name.
"""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.errors import ClienteleError

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-1", "mac-roman")
LARGEST = 50 * 1024 * 1024
REASON = "why it was not imported"
"""The column a list of refused rows has beside its own; it is skipped when that is read again."""
LONGEST_CELL, LONGEST_HEADING, MOST_COLUMNS = 20_000, 200, 500
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and in full width
TEXT_MARK = "'"  # before it, for spreadsheets: what follows is a text


class TableError(ClienteleError):
    """This file is no list that can be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the number a spreadsheet shows for it."""

    number: int
    cells: tuple[str, ...]
    broken: tuple[int, ...] = ()  # columns in which a formula has failed, from 0


@dataclass(frozen=True, slots=True)
class Written:
    """How the firm says a list is written; what it does not say is found, as far as it can be."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None  # of a workbook; else the first that is shown
    dates: str | None = None  # as in the mapping: days of a workbook become texts like all others
    decimal: str | None = None
    most_rows: int | None = None  # of a workbook, where whoever reads it takes fewer than others


@dataclass(frozen=True, slots=True)
class Table:
    """A list: what its columns are called, and its rows; empty ones are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    separator: str
    sheet: str = ""  # of a workbook

    def column(self, name: str) -> list[str]:
        """Every cell below this heading that says something."""
        at = self.columns.index(name)
        return [each.cells[at] for each in self.rows if at < len(each.cells) and each.cells[at]]


def read_table(content: bytes, encoding: str | None = None, separator: str | None = None) -> Table:
    """The list in a file; TableError says what to do about it.

    ``encoding`` and ``separator``: as the firm says; else found by what stands at the beginning.
    """
    if len(content) > LARGEST:
        raise TableError(f"is larger than {LARGEST // 1024 // 1024} MiB: split it")
    found, text = _decoded(content, encoding)
    said, text = _named_separator(text)
    sign = separator or said or _likely_separator(text)
    records = list(_records(text, sign))
    first = next((n for n, each in enumerate(records) if any(each)), None)
    if first is None:
        raise TableError("is empty: its first row must name the columns")
    columns = columns_named(records[first])
    rows = [
        Row(number + 1, cells)
        for number, cells in enumerate(records)
        if number > first and any(cells)
    ]
    return Table(columns, tuple(rows), found, sign)


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    marks = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
    marked = next((name for mark, name in marks.items() if content.startswith(mark)), None)
    tried = [marked] if marked else [encoding] if encoding else ["utf-8", "cp1252"]
    for name in tried:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text:
            break
        return name.removesuffix("-sig"), text
    raise TableError(
        f"is no text in {' or '.join(tried)}: save it as “CSV UTF-8”, or say under encoding which"
        f" it is: {', '.join(ENCODINGS)}"
    )


def _named_separator(text: str) -> tuple[str | None, str]:
    """The separator a first line ``sep=;`` names, as spreadsheets understand it; and the rest."""
    line, end, rest = text.partition("\n")
    said = line.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return said[4], rest
    if line.rstrip("\r\n").lower() == "sep=\t":
        return "\t", rest
    return None, line + end + rest


def _likely_separator(text: str) -> str:
    """The sign that stands most often in the first row, outside quotes."""
    counts: Counter[str] = Counter()
    quoted = False
    for sign in text:
        if sign == '"':
            quoted = not quoted
        elif sign in "\r\n" and not quoted and counts.total():
            break
        elif not quoted and sign in SEPARATORS.values():
            counts[sign] += 1
    return counts.most_common(1)[0][0] if counts else ","


def _records(text: str, separator: str) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield tuple(_cell(each, reader.line_num) for each in cells)
    except csv.Error as broken:
        raise TableError(
            f"breaks off in line {reader.line_num}: {broken}. A quotation mark inside a cell is"
            " written twice; is the separator right?"
        ) from None


def _cell(text: str, line: int) -> str:
    if len(text) > LONGEST_CELL:
        raise TableError(f"has a cell of more than {LONGEST_CELL} signs that ends in line {line}")
    said = text.replace("\r\n", "\n").strip()
    return said.removeprefix(TEXT_MARK) if _is_marked(said) else said


def columns_named(cells: Sequence[str]) -> tuple[str, ...]:
    """What the columns are called, each name once; TableError where these are no headings."""
    if len(cells) > MOST_COLUMNS:
        raise TableError(
            f"has more than {MOST_COLUMNS} columns: leave out what is not needed; is the separator"
            " right?"
        )
    seen: Counter[str] = Counter()
    names: dict[str, None] = {}
    for number, said in enumerate(cells, 1):
        called = " ".join(said.split()) or f"column {number}"
        if len(called) > LONGEST_HEADING:
            raise TableError(
                f"has in column {number} a heading of more than {LONGEST_HEADING} signs: its first"
                " row must name the columns"
            )
        name = called
        while name in names:
            seen[called] += 1
            name = f"{called} ({seen[called] + 1})"
        names[name] = None
    return tuple(names)


def written(columns: Sequence[str], rows: Sequence[Sequence[str]], separator: str) -> bytes:
    """A list as a spreadsheet opens it rightly by itself: UTF-8 with its mark.

    What begins like a formula is marked as a text, and read again without the mark: a name somebody
    chose reckons nothing on a colleague's machine, and a telephone number keeps its plus.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(map(_as_text, columns))
    writer.writerows(map(_as_text, row) for row in rows)
    return BOM_UTF8 + out.getvalue().encode()


def _as_text(cell: str) -> str:
    return TEXT_MARK + cell if _is_marked(TEXT_MARK + cell) else cell


def _is_marked(cell: str) -> bool:
    return cell.startswith(TEXT_MARK) and cell.lstrip(TEXT_MARK).startswith(FORMULA)
