"""Is a workbook bounded whatever it calls its parts, and however many empty cells it names?"""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.gateway.domain.imports import workbooks
from services.gateway.domain.imports.lists import read_list
from services.gateway.domain.imports.tables import TableError
from tests.gateway.a_workbook import a_workbook, changed, with_sheet

HEAD = ["Nr", "Name", "Wert"]
TEXT_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def named_otherwise(content: bytes) -> bytes:
    """The same with its sheets' names, and texts, in parts whose names say nothing."""
    types = {
        b"/xl/workbook.xml": b"/xl/worksheets/book.bin",
        b"</Types>": b'<Override PartName="/xl/worksheets/texts.bin" ContentType="' + TEXT_KIND
        + b'"/></Types>',
    }  # fmt: skip
    out = io.BytesIO()
    typed = io.BytesIO(changed(content, types, "[Content_Types].xml"))
    with ZipFile(typed) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for each in before.namelist():
            name = each.replace("xl/workbook.xml", "xl/worksheets/book.bin")
            name = name.replace("xl/_rels/workbook.xml", "xl/worksheets/_rels/book.bin")
            after.writestr(name, before.read(each))
        after.writestr("xl/worksheets/texts.bin", b"<sst><si><t>a text</t></si></sst>")
    return out.getvalue()


@pytest.mark.parametrize("most", ["LARGEST_TEXTS", "LARGEST_PART"])
def test_a_part_is_bounded_under_whatever_name(monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    content = named_otherwise(a_workbook([HEAD, ["1", "Ada", "x"]]))
    assert [each.cells for each in read_list(content).rows] == [("1", "Ada", "x")]
    monkeypatch.setattr(workbooks, most, 10)
    monkeypatch.setattr(workbooks, "_bounded", lambda parts: None)
    with pytest.raises(TableError, match="once it is unpacked"):
        read_list(content)


def test_empty_cells_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_LOOKED_AT", 20_000)
    wide = b'<row r="1"><c r="A1"><v>1</v></c></row>' + b"".join(
        b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in (2, 3)
    )
    with pytest.raises(TableError, match="more than 20000 cells, empty ones too"):
        read_list(with_sheet(wide))
