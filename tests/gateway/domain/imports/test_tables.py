"""Are lists read as spreadsheets save them, in whichever alphabet and with whichever separator?"""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.gateway.domain.imports.drafts import draft_by_headings
from services.gateway.domain.imports.tables import (
    FORMULA,
    Table,
    TableError,
    columns_named,
    read_table,
    written,
)

ROWS = "Name;Nr\r\nÖztürk;0012\r\n"


def cells(table: Table) -> list[tuple[str, ...]]:
    return [each.cells for each in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_a_spreadsheet_writes_is_read_alike(encoding: str) -> None:
    table = read_table(ROWS.encode(encoding))
    assert table.columns == ("Name", "Nr")
    assert cells(table) == [("Öztürk", "0012")]
    assert table.separator == ";"


def test_a_first_line_may_name_the_separator() -> None:
    table = read_table(b"sep=|\r\nName|Nr\r\nA;B|1\r\n")
    assert cells(table) == [("A;B", "1")]
    assert [each.number for each in table.rows] == [2]


def test_a_line_break_inside_quotation_marks_belongs_to_the_cell() -> None:
    table = read_table(b'Name,Note\r\nAda,"two\r\nlines, ""quoted"""\r\nBob,\r\n')
    assert cells(table) == [("Ada", 'two\nlines, "quoted"'), ("Bob", "")]
    assert [each.number for each in table.rows] == [2, 3]


def test_empty_rows_are_left_out_and_counted() -> None:
    table = read_table(b"Nr\n\n1\n;;\n2\n", separator=";")
    assert [(each.number, each.cells[0]) for each in table.rows] == [(3, "1"), (5, "2")]


def test_columns_of_one_name_are_told_apart() -> None:
    assert read_table(b"Name;Name;\nA;B;C\n").columns == ("Name", "Name (2)", "column 3")


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "column 2", ""]), max_size=8))
def test_no_two_columns_have_one_name(headings: list[str]) -> None:
    assert len(set(columns_named(headings))) == len(headings)


@given(st.text(st.sampled_from("'=+-@\uff1da1 "), max_size=8).map(str.strip))
def test_no_cell_that_is_given_back_begins_like_a_formula(text: str) -> None:
    content = written(("one",), [(text,)], ";").decode("utf-8-sig")
    assert not content.splitlines()[1].lstrip('"').startswith(FORMULA)
    assert read_table(written(("one", "two"), [(text, "x")], ";")).rows[0].cells[0] == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"a\0b;c\n", "save it as"),
        (b"\x81\x8d\n", "save it as"),
        (b'Name;Nr\n"Ada;1\n', "breaks off in line 2"),
        (b"Nr\n" + b"x" * 30_000, "more than 20000 signs"),
        (b"a;" * 100_000 + b"\n1\n", "more than 500 columns"),
        (b"Nr;" + b"x" * 300 + b"\n1\n", "in column 2 a heading of more than 200 signs"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(TableError, match=says):
        read_table(content)


def test_an_alphabet_the_firm_names_is_the_one_that_is_read() -> None:
    assert cells(read_table("N\nÖ\n".encode("mac-roman"), "mac-roman")) == [("Ö",)]
    with pytest.raises(TableError):
        read_table("N\nÖ\n".encode("cp1252"), "utf-8")


WORD = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]),
               max_size=12).map(str.strip)  # fmt: skip


@given(st.lists(st.tuples(WORD, WORD).filter(any), max_size=6), st.sampled_from(";,\t|"))
def test_what_is_written_is_read_as_it_was(rows: list[tuple[str, str]], separator: str) -> None:
    content = written(("one", "two"), rows, separator)
    assert cells(read_table(content)) == rows


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(str.encode)


@given(st.binary(max_size=200) | TYPED)
@example("Na\x81me;E-Mail\x7f\n\x02;\ufffe\n".encode())
def test_any_bytes_are_a_list_whose_columns_can_be_guessed_or_a_sentence(content: bytes) -> None:
    with suppress(TableError):
        table = read_table(content)
        assert table.columns
        assert draft_by_headings(table, "clients", zone="Europe/Berlin", locale="de-DE")
