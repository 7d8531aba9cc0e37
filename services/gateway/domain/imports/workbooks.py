"""Which rows does a sheet of a workbook (``.xlsx``) hold, as those of a list?

The file is somebody else's: what would unpack to more than a list can be is refused before it is
unpacked, and a sheet is read row by row. A formula is its last value; one that has none was never
reckoned, and would look like an empty cell.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHARED_STRINGS, XLSM, XLSX, XLTM, XLTX

from services.gateway.domain.imports.tables import (
    MOST_COLUMNS,
    Row,
    Table,
    TableError,
    Written,
    columns_named,
)
from services.gateway.domain.imports.workbook_cells import text_of

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MIB = 1024 * 1024
LARGEST_SHEET, LARGEST_TEXTS, LARGEST_PART = 128 * MIB, 64 * MIB, 16 * MIB  # unpacked
MOST_ROWS, MOST_CELLS, MOST_PARTS = 200_000, 4_000_000, 5_000
MOST_LOOKED_AT = 4 * MOST_CELLS  # empty ones too, which a file can name without saying them
LONGEST_ROW = 4 * MIB  # of XML: a row, or a text, is read as one piece
SEPARATOR = ";"  # of a list of refused rows
TEXTS = "sharedstrings.xml"
WORKBOOKS = (XLSX, XLSM, XLTX, XLTM)
SAVE = "open it in a spreadsheet program and save it as .xlsx or as “CSV UTF-8”"
_ROW, _TEXT = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?si[\s>/]")
_UNCOUNTED = re.compile(
    rb"<(?:\w+:)?c(?P<said>\s[^<>]*)?><(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?P<value><(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_PLACE = re.compile(rb'\sr="([A-Z]{1,3}\d{1,7})"')


@dataclass(frozen=True, slots=True)
class _Merge:
    """Cells that are one: what the first says, all of them say."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Cells:
    """What stands in one row, by its column from 0, and where a formula has failed."""

    said: dict[int, str]
    broken: tuple[int, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Whether it is one, also of a kind that is not read."""
    return content.startswith((ZIP, OLD))


def read_workbook(content: bytes, said: Written) -> Table:
    """The list in one sheet; TableError says what to do about it."""
    if content.startswith(OLD):
        raise TableError(f"is an old .xls, or has a password: {SAVE}, without a password")
    reader = _opened(content)
    title, path = _chosen(reader, said.sheet)
    try:
        merges = _looked_through(reader.archive, path, title)
        rows = dict(_rows(reader.wb[title], said))
    except TableError:
        raise
    except Exception:  # whatever a file that is none makes of a parser
        raise TableError(f"has a sheet “{title}” that cannot be read: {SAVE}") from None
    return _table(rows, merges, title)


def _opened(content: bytes) -> Any:
    """The workbook without its sheets, once it is known to be of a size that can be read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _bounded({each.filename: each.file_size for each in archive.infolist()})
        with warnings.catch_warnings():  # about what of a workbook is of no use here
            warnings.simplefilter("ignore")
            reader = _Bounded(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            reader.read()
    except TableError:
        raise
    except BadZipFile:
        raise TableError(f"is no workbook, or one that was cut off: {SAVE}") from None
    except Exception:  # whatever a file that is none makes of a parser
        raise TableError(f"is no workbook that can be read: {SAVE}") from None
    return reader


def _bounded(parts: Mapping[str, int]) -> None:
    if len(parts) > MOST_PARTS:
        raise TableError(f"has {len(parts)} parts, and no list has so many: {SAVE}")
    for name, size in parts.items():
        kind = name.lower().rpartition(".")[2]
        if kind == "rels" or (kind == "xml" and "worksheets/" not in name):
            _sized(size, LARGEST_TEXTS if name.lower().endswith(TEXTS) else LARGEST_PART)
        # of the sheets one is looked at by itself; of pictures none


def _sized(size: int, most: int) -> None:
    if size > most:
        raise TableError(f"holds more than {most // MIB} MiB once it is unpacked: split it")


class _Bounded(ExcelReader):  # type: ignore[misc]  # openpyxl says nothing of its types
    """Reads no part that is too large, whatever it is called: a file says itself which is which."""

    def read_strings(self) -> None:
        """The texts of all sheets, each of a length that can be read."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            _sized(self.archive.getinfo(part.PartName[1:]).file_size, LARGEST_TEXTS)
            _paced(self.archive.read(part.PartName[1:]), _TEXT, "a text")
        super().read_strings()

    def read_workbook(self) -> None:
        """Which sheets there are."""
        for each in self.package.Override:
            if each.ContentType in WORKBOOKS:
                _sized(self.archive.getinfo(each.PartName[1:]).file_size, LARGEST_PART)
        super().read_workbook()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A chart is no list."""


def _paced(xml: bytes, begins: re.Pattern[bytes], what: str) -> None:
    """Refuse what would have to be read as one enormous piece."""
    last = 0
    for each in begins.finditer(xml):
        if each.start() - last > LONGEST_ROW:
            break
        last = each.start()
    else:
        if len(xml) - last <= LONGEST_ROW:
            return
    raise TableError(f"has {what} of more than {LONGEST_ROW // MIB} MiB: {SAVE}")


def _chosen(reader: Any, wanted: str | None) -> tuple[str, str]:
    """The sheet of this name, or the first that is shown: its name, and where it lies."""
    there = {each.title: each.sheet_state for each in reader.wb.worksheets}
    named = ", ".join(f"“{each}”" for each in there) or "none"
    if wanted is not None and wanted not in there:
        raise TableError(f"has no sheet “{wanted}”; it has: {named}")
    shown = (title for title, state in there.items() if state == "visible")
    title = wanted if wanted is not None else next(shown, None)
    if title is None:
        raise TableError(f"shows no sheet: name one in the mapping under sheet; it has: {named}")
    paths = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
    return title, paths[title]


def _looked_through(archive: ZipFile, path: str, title: str) -> list[_Merge]:
    """Which cells are one; TableError where the sheet is too large, or was never counted out."""
    if archive.getinfo(path).file_size > LARGEST_SHEET:
        raise TableError(f"has a sheet “{title}” of more than {LARGEST_SHEET // MIB} MiB: split it")
    xml = archive.read(path)
    _paced(xml, _ROW, f"in sheet “{title}” a row")
    for each in _UNCOUNTED.finditer(xml):
        if each["value"] and b't="str"' in (each["said"] or b""):
            continue  # the formula says nothing, as it is meant to
        place = _PLACE.search(each["said"] or b"")
        at = f" in {place[1].decode()}" if place else ""
        raise TableError(
            f"has in sheet “{title}”{at} a formula without its value: a program wrote it that does"
            f" not reckon: {SAVE}"
        )
    return [_merge(each) for each in _MERGED.finditer(xml)]


def _merge(found: re.Match[bytes]) -> _Merge:
    left, right = (column_index_from_string(found[n].decode()) - 1 for n in (1, 3))
    return _Merge(int(found[2]), left, int(found[4]), right)


def _rows(sheet: Any, said: Written) -> Iterator[tuple[int, _Cells]]:
    """Every row that says something, by its number."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    count, looked_at, most_rows = 0, 0, said.most_rows or MOST_ROWS
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > most_rows:
            raise TableError(
                f"has in sheet “{sheet.title}” more than {most_rows} rows: split it, or delete"
                " what stands below the list"
            )
        found: dict[int, str] = {}
        broken = []
        looked_at += len(cells)
        if looked_at > MOST_LOOKED_AT:
            raise TableError(
                f"has in sheet “{sheet.title}” more than {MOST_LOOKED_AT} cells, empty ones too:"
                " delete what stands beside and below the list"
            )
        for at, cell in enumerate(cells):
            if cell.value is None:
                continue
            if cell.data_type == "e":
                broken.append(at)
            if text := text_of(cell, said, f"sheet “{sheet.title}”, row {number}", at):
                found[at] = text
        count += len(found)
        if count > MOST_CELLS or max(found, default=0) >= MOST_COLUMNS:
            most = f"{MOST_COLUMNS} columns or {MOST_CELLS} cells"
            raise TableError(f"has in sheet “{sheet.title}” more than {most}: split it")
        if found:
            yield number, _Cells(found, tuple(broken))


def _table(rows: Mapping[int, _Cells], merges: Sequence[_Merge], title: str) -> Table:
    wide = {each.top for each in merges if each.right > each.left}
    numbers = sorted(rows)
    head = next(
        (each for each in numbers if not (len(rows[each].said) == 1 and each in wide)), None
    )  # a heading over several columns names none of them
    if head is None:
        raise TableError(f"has an empty sheet “{title}”: its first row must name the columns")
    _spread(rows, [each for each in merges if head < each.top < each.bottom], title)
    width = max(max(rows[each].said) for each in numbers if each >= head) + 1
    columns = columns_named(_cells(rows[head], width))
    listed = (each for each in numbers if each > head)
    found = [Row(each, _cells(rows[each], width), rows[each].broken) for each in listed]
    return Table(columns, tuple(found), "utf-8", SEPARATOR, title)


def _spread(rows: Mapping[int, _Cells], merges: Sequence[_Merge], title: str) -> None:
    """Say in each row what cells that are one over several rows say in the first of them."""
    written = 0
    for each in merges:
        first = rows.get(each.top)
        text = first.said.get(each.left) if first else None
        written += each.bottom - each.top
        if written > MOST_CELLS:
            raise TableError(f"has in sheet “{title}” more merged cells than any list: {SAVE}")
        for number in range(each.top + 1, each.bottom + 1):
            if text and number in rows:
                rows[number].said.setdefault(each.left, text)


def _cells(row: _Cells, width: int) -> tuple[str, ...]:
    return tuple(row.said.get(at, "") for at in range(width))
