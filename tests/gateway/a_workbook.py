"""Workbooks as programs save them, and as nobody should."""

import io
from collections.abc import Iterable, Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
Sheet = Iterable[Iterable[Any]]


def a_workbook(
    rows: Sheet, *, merged: Iterable[str] = (), shown: Mapping[str, str] | None = None,
    title: str = "Mandanten", more: Mapping[str, Sheet] | None = None, hidden: bool = False,
) -> bytes:  # fmt: skip
    """A workbook with these rows in its first sheet; ``shown``: cell → its number format."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for each in merged:
        sheet.merge_cells(each)
    for cell, form in (shown or {}).items():
        sheet[cell].number_format = form
    for name, others in (more or {}).items():
        beside = book.create_sheet(name)
        for row in others:
            beside.append(list(row))
    if hidden:
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, replaced: Mapping[bytes, bytes], part: str = SHEET) -> bytes:
    """The same with other bytes in one of its parts, each of which is there."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for each in before.namelist():
            xml = before.read(each)
            if each == part:
                for old, new in replaced.items():
                    assert old in xml, xml
                    xml = xml.replace(old, new)
            after.writestr(each, xml)
    return out.getvalue()


def with_sheet(data: bytes) -> bytes:
    """A workbook whose sheet holds this in place of its rows."""
    return changed(a_workbook([["x"]]), {b"<sheetData>": b"<sheetData>" + data})
