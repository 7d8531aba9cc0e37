"""Is a sheet read as the list a person sees in it, and is what is none refused before it is big?"""

import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.imports import workbooks
from services.gateway.domain.imports.guesses import guessed
from services.gateway.domain.imports.lists import read_list
from services.gateway.domain.imports.mapping_files import mapping_from
from services.gateway.domain.imports.rows import read_rows
from services.gateway.domain.imports.tables import Table, TableError, Written
from services.gateway.domain.imports.workbook_cells import text_of
from tests.gateway.a_workbook import a_workbook, changed, with_sheet

HEAD = ["Nr", "Name", "Wert"]


def shown_as(*parts: int) -> datetime:
    """A moment as a cell holds it."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - cells know no zone


def only(value: object, said: Written | None = None, shown: str | None = None) -> str:
    """What a cell of this value is read as."""
    content = a_workbook([HEAD, ["1", "Ada", value]], shown={"C2": shown} if shown else None)
    return read_list(content, said).rows[0].cells[2]


def cells(table: Table) -> list[tuple[str, ...]]:
    return [each.cells for each in table.rows]


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        (1001, None, "1001"),
        (1001.0, None, "1001"),
        (4915112345678, None, "4915112345678"),
        (42, "00000", "00042"),
        (1250.5, None, "1250.5"),
        (0.1 + 0.2, None, "0.3"),
        (1190.004, "0.00", "1190.00"),
        (33.333333, "#,##0.00 €", "33.33"),
        (2.675, "0.00", "2.68"),
        (10**15 + 1, None, "1e+15"),
        (True, None, "true"),
        ("  0042 ", None, "0042"),
        ("a\r\nb", None, "a\nb"),
        (date(2026, 12, 31), None, "2026-12-31"),
        (shown_as(2026, 12, 31), None, "2026-12-31"),
        (shown_as(2026, 12, 31, 14, 30), None, "2026-12-31 14:30"),
        (shown_as(2026, 12, 31, 14, 30, 5), None, "2026-12-31 14:30:05"),
        (date(1971, 7, 14), "dd/mm/yyyy", "1971-07-14"),
        (time(14, 30), None, "14:30"),
        (timedelta(hours=26, minutes=5), None, "26:05"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(value: object, shown: str | None, read: str) -> None:
    assert only(value, shown=shown) == read


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        ("day-first", "2026-03-04 09:15"),
        ("%d.%m.%y", "04.03.26 09:15"),
        ("%d.%m.%Y %H:%M", "04.03.2026 09:15"),
    ],
)
def test_days_are_written_as_the_mapping_says_days_are(dates: str, read: str) -> None:
    assert only(shown_as(2026, 3, 4, 9, 15), Written(dates=dates)) == read


def test_decimals_are_written_as_the_mapping_says() -> None:
    assert only(1250.5, Written(decimal=",")) == "1250,5"


def test_rows_keep_the_numbers_a_spreadsheet_shows() -> None:
    table = read_list(a_workbook([[], HEAD, ["1", "Ada"], [None, "  "], ["2", "Bob", 3]]))
    assert table.columns == ("Nr", "Name", "Wert")
    assert [(each.number, each.cells) for each in table.rows] == [
        (3, ("1", "Ada", "")), (5, ("2", "Bob", "3")),
    ]  # fmt: skip
    assert (table.sheet, table.separator) == ("Mandanten", ";")


def test_a_heading_over_several_columns_names_none() -> None:
    rows: list[list[str]] = [["Mandantenliste 2026"], [], [*HEAD], ["1", "Ada", "x"]]
    table = read_list(a_workbook(rows, merged=["A1:C1"]))
    assert (table.columns, cells(table)) == (("Nr", "Name", "Wert"), [("1", "Ada", "x")])


def test_cells_that_are_one_over_several_rows_say_the_same_in_each() -> None:
    rows: list[list[str | None]] = [
        [*HEAD],
        ["1", "Ada", "a"],
        [None, "Bob", "b"],
        [None, "Eve", "c"],
        ["2", "Max", "d"],
    ]
    table = read_list(a_workbook(rows, merged=["A2:A4"]))
    assert [each[0] for each in cells(table)] == ["1", "1", "1", "2"]


def test_what_stands_beside_the_columns_is_a_column_without_a_name() -> None:
    table = read_list(a_workbook([["Nr", "Name"], ["1", "Ada", "a note"]]))
    assert table.columns == ("Nr", "Name", "column 3")


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named() -> None:
    content = a_workbook([["a"], ["1"]], more={"Zwei": [["b"], ["2"]]}, hidden=True)
    assert read_list(content).columns == ("b",)
    assert read_list(content, Written(sheet="Mandanten")).columns == ("a",)
    with pytest.raises(TableError, match="has no sheet “Drei”; it has: “Mandanten”, “Zwei”"):
        read_list(content, Written(sheet="Drei"))


FORMULA = {b"<f>1+1</f><v />": b"<f>1+1</f><v>2</v>"}


def test_a_formula_is_its_last_value() -> None:
    content = a_workbook([HEAD, ["1", "Ada", "=1+1"]])
    xml = {old if old in sheet_of(content) else b"<f>1+1</f><v></v>": new
           for old, new in FORMULA.items()}  # fmt: skip
    assert cells(read_list(changed(content, xml))) == [("1", "Ada", "2")]


def sheet_of(content: bytes) -> bytes:
    with ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml")


def test_a_formula_that_was_never_reckoned_is_named() -> None:
    with pytest.raises(TableError, match="sheet “Mandanten” in C2 a formula without its value"):
        read_list(a_workbook([HEAD, ["1", "Ada", "=1+1"]]))


def test_a_formula_that_says_nothing_is_an_empty_cell() -> None:
    row = b'<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>'
    head = b'<row r="1"><c r="A1" t="str"><v>Nr</v></c><c r="B1" t="str"><v>N</v></c></row>'
    content = changed(a_workbook([["x"]]), {rows_of(a_workbook([["x"]])): head + row})
    assert cells(read_list(content)) == [("7", "")]


def rows_of(content: bytes) -> bytes:
    xml = sheet_of(content)
    return xml[xml.index(b"<row") : xml.index(b"</sheetData>")]


def test_a_formula_that_failed_makes_its_row_wrong_and_no_other() -> None:
    head = ["Mandantennr", "Nachname", "E-Mail"]
    content = a_workbook([head, ["1", "Ada", "a@b.example"], ["2", "#N/A", "c@d.example"]])
    mapping = mapping_from("m", {
        "as": "clients",
        "columns": {
            "client_id": "Mandantennr", "name": "Nachname", "email": "E-Mail",
            "locale": {"constant": "de-DE"}, "timezone": {"constant": "Europe/Berlin"},
        },
    })  # fmt: skip
    first, second = read_rows(read_list(content), mapping, "Europe/Berlin")
    assert first.entry is not None
    assert [(each.field, each.message) for each in second.problems] == [
        ("name", "holds a formula that failed: mend it there, or write what it is to say")
    ]


def test_a_guess_names_the_sheet_and_no_alphabet() -> None:
    table = read_list(a_workbook([["Mandantennr", "Nachname"], ["1", "Ada"]]))
    text = guessed(table, "clients", zone="Europe/Berlin", locale="de-DE").text
    assert 'sheet: "Mandanten"' in text
    assert "encoding" not in text


BROKEN: dict[str, tuple[bytes, str]] = {
    "an old one": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "is an old .xls, or has a password"),
    "cut off": (a_workbook([HEAD])[:-200], "is no workbook, or one that was cut off"),
    "no workbook": (b"PK\x03\x04", "is no workbook"),
    "empty": (a_workbook([]), "has an empty sheet “Mandanten”"),
    "a row far below": (
        with_sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "more than 200000 rows"
    ),
    "a column far to the right": (
        with_sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "more than 500 columns"
    ),
    "a long cell": (a_workbook([HEAD, ["x" * 20_001]]), "row 2, column A a cell of more than"),
    "entities": (
        changed(a_workbook([HEAD]), {b"<worksheet": b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet'}),
        "is no workbook that can be read",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(TableError) as no:
        read_list(content)
    assert says in no.value.message


def packed(part: str, size: int) -> bytes:
    """A workbook with a part that unpacks to so many bytes of nothing."""
    out = io.BytesIO(a_workbook([HEAD, ["1", "Ada", "x"]]))
    with ZipFile(out, "a", ZIP_DEFLATED) as book:
        book.writestr(part, b" " * size)
    return out.getvalue()


def test_what_would_unpack_to_too_much_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed("xl/theme/theme9.xml", workbooks.LARGEST_PART + 1)
    read: list[Any] = []
    monkeypatch.setattr(ZipFile, "open", lambda *args, **_: read.append(args))
    with pytest.raises(TableError, match="holds more than 16 MiB once it is unpacked"):
        read_list(content)
    assert read == []


def test_what_a_sheet_names_beside_itself_is_never_unpacked_either() -> None:
    content = packed("xl/worksheets/_rels/sheet1.xml.rels", workbooks.LARGEST_PART + 1)
    with pytest.raises(TableError, match="holds more than 16 MiB once it is unpacked"):
        read_list(content)


def test_pictures_and_other_sheets_are_not_unpacked_and_do_not_count() -> None:
    content = packed("xl/media/image1.png", workbooks.LARGEST_PART + 1)
    assert cells(read_list(content)) == [("1", "Ada", "x")]


def test_a_row_as_large_as_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LONGEST_ROW", 2000)
    assert read_list(a_workbook([HEAD] * 100)).rows
    with pytest.raises(TableError, match="has in sheet “Mandanten” a row of more than"):
        read_list(a_workbook([["x"] * 200]))


def test_merged_cells_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_CELLS", 50)
    merged = [f"{column}2:{column}20" for column in "ABC"]
    with pytest.raises(TableError, match="more merged cells than any list"):
        read_list(a_workbook([HEAD, ["1", "2", "3"], ["4"]], merged=merged))


VALUES = st.none() | st.booleans() | st.floats() | st.integers() | st.dates() | st.times()


@given(value=VALUES, dates=st.sampled_from([None, "day-first", "%d.%m.%y"]))
def test_whatever_a_cell_holds_it_is_a_text(value: object, dates: str | None) -> None:
    class Cell:
        number_format = "0.00"

    cell = Cell()
    cell.value = value  # type: ignore[attr-defined]  # a stand-in
    assert value is None or isinstance(text_of(cell, Written(dates=dates), "row 2", 0), str)


@given(st.binary(max_size=200))
def test_whatever_bytes_follow_a_zips_mark_no_list_is_a_sentence(rest: bytes) -> None:
    with suppress(TableError):
        read_list(b"PK\x03\x04" + rest)
