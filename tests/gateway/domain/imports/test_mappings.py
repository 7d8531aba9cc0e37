"""Is a mapping checked before a row is read, and is a guess one a person only has to correct?"""

from typing import Any

import pytest

from services.gateway.domain.imports.guesses import guessed
from services.gateway.domain.imports.kinds import FIELDS, KINDS, WORDS
from services.gateway.domain.imports.mapping_files import (
    ImportMapping,
    MappingError,
    mapping_from,
)
from services.gateway.domain.imports.rows import RowRead, read_rows
from services.gateway.domain.imports.tables import read_table
from shared.contracts.catalogue import CATALOGUE
from shared.yaml_text import loaded
from tests.gateway.a_book import LISTS, MAPPINGS, ZONE, mapping
from tests.test_shape import ROOT

CLIENTS: dict[str, Any] = {
    "as": "clients",
    "columns": {
        "client_id": "Nr", "name": "Name", "email": "Mail", "since": "seit", "birth_date": "geb",
        "locale": {"constant": "de"}, "timezone": {"constant": ZONE},
        "form_of_address": {"column": "Anrede", "values": {"Frau": "ms"}},
    },
}  # fmt: skip
WRONG_WORD = {"column": "A", "values": {"Frau": "mrs"}}
HEAD = "Nr;Name;Mail;seit;geb;Anrede\n"


def read(lines: str, **more: Any) -> list[RowRead]:
    said = mapping_from("people", {**CLIENTS, **more})
    return list(read_rows(read_table((HEAD + lines).encode()), said, ZONE))


def problems(found: RowRead) -> dict[str, str]:
    return {each.field: each.message for each in found.problems}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"as": "people"}, "as: "),
        ({"columns": {"client_id": "Nr"}}, "name is missing"),
        ({"columns": {**CLIENTS["columns"], "shoe": "S"}}, "clients have no field shoe"),
        ({"columns": {**CLIENTS["columns"], "name": {}}}, "name the column, or say constant"),
        ({"columns": {**CLIENTS["columns"], "form_of_address": WRONG_WORD}}, "say one of"),
        ({"dates": "american"}, "day-first, month-first"),
        ({"separator": "x"}, "is one of"),
        ({"zone": "Berlin"}, "IANA time zone"),
        ({"country": "49"}, "country"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_named_with_its_remedy(changes: Any, says: str) -> None:
    with pytest.raises(MappingError) as refused:
        mapping_from("people", {**CLIENTS, **changes})
    assert says in refused.value.message
    assert refused.value.message.startswith("imports/people.yaml: ")


def test_a_column_the_list_has_not_is_named_with_those_it_has() -> None:
    said = mapping_from("people", CLIENTS)
    with pytest.raises(MappingError, match="no column Anrede, geb, seit; it has: Nr, Name, Mail"):
        said.check_against(read_table(b"Nr;Name;Mail\n1;A;a@b.example\n"))


def test_a_row_is_read_by_its_columns_constants_and_words() -> None:
    (row,) = read("1;Ada;a@b.example;01.03.2016;;Frau\n")
    assert row.entry is not None
    assert row.entry.fields == {
        "client_id": "1", "name": "Ada", "email": "a@b.example", "since": "2016-03-01",
        "locale": "de", "timezone": ZONE, "form_of_address": "ms",
    }  # fmt: skip


def test_every_wrong_cell_of_a_row_is_named_at_once() -> None:
    (row,) = read("1;;;soon;03/04/1980;Dame\n")
    assert row.entry is None
    found = problems(row)
    assert "has to say something" in found["name"]
    assert "write 2026-12-31" in found["since"]
    assert "may be two days" in found["birth_date"]
    assert "a word the mapping does not know" in found["form_of_address"]
    assert "so is a telephone number" in found["email"]


def test_a_row_with_too_many_cells_is_wrong_and_the_others_are_not() -> None:
    first, second = read("1;A;a@b.example;;;;x\n2;B;b@b.example;;;\n")
    assert "has 7 cells" in problems(first)[""]
    assert second.entry is not None


def test_of_two_rows_about_one_thing_the_second_must_say_the_same() -> None:
    same, again, other = read("1;A;a@b.example;;;\n1;A;a@b.example;;;\n1;B;a@b.example;;;\n")
    assert same.entry is not None
    assert again.entry is not None
    assert "stands in row 2 too" in problems(other)["client_id"]


def test_a_formula_stays_the_text_it_is() -> None:
    (row,) = read('1;"=HYPERLINK(""x"")";a@b.example;;;\n')
    assert row.entry is not None
    assert row.entry.fields["name"] == '=HYPERLINK("x")'


def test_a_closed_matter_needs_the_day_of_its_closing() -> None:
    rows = read_table(
        b"Aktenzeichen;Mandantennr;Rechtsgebiet;Sachbearbeiter;angelegt;abgelegt;Status\n"
        b"1;1;Mietrecht;MM;01.02.2020;;abgelegt\n2;1;Mietrecht;MM;01.02.2020;01.01.2020;abgelegt\n"
    )
    first, second = read_rows(rows, mapping("akten"), ZONE)
    assert "since which day" in problems(first)["closed_on"]
    assert "before the day" in problems(second)["closed_on"]


def test_the_examples_are_read_and_what_is_wrong_in_them_is_on_purpose() -> None:
    wrong = {}
    for name in LISTS:
        table = read_table((ROOT / "examples" / "book" / f"{name}.csv").read_bytes())
        said = mapping(name)
        assert said.check_against(table) == ()
        wrong[name] = [each.row for each in read_rows(table, said, ZONE) if each.problems]
    assert wrong == {"mandanten": [6], "akten": [], "beteiligte": [], "termine": [],
                     "rechnungen": []}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_guess_from_a_german_list_is_a_mapping_to_correct(name: str) -> None:
    table = read_table((ROOT / "examples" / "book" / f"{name}.csv").read_bytes())
    kind = mapping(name).kind
    guess = guessed(table, kind, zone=ZONE, locale="de")
    said = loaded(guess.text)
    for field in guess.missing:
        assert said["columns"].pop(field) == ""
    meant = {**said["columns"], **{each: {"constant": "x"} for each in guess.missing}}
    found = ImportMapping.model_validate({**said, "columns": meant, "name": name})
    assert guess.missing == ()
    assert found.check_against(table) == ()


def test_a_guess_takes_an_order_of_days_only_where_the_list_proves_it() -> None:
    proved = read_table(b"Client ID,Name,Email,DOB\n1,A,a@b.example,12/31/1980\n")
    unproved = read_table(b"Client ID,Name,Email,DOB\n1,A,a@b.example,03/04/1980\n")
    assert "\ndates: month-first" in guessed(proved, "clients", zone=ZONE, locale="en").text
    assert "\n# dates: day-first  # TO DO" in guessed(unproved, "clients", zone=ZONE,
                                                      locale="en").text  # fmt: skip


def test_every_field_of_a_list_is_one_of_an_event_or_says_which_event_it_is() -> None:
    told = {"clients": "client-onboarded", "matters": "matter-opened", "parties": "party-added",
            "appointments": "appointment-scheduled", "invoices": "invoice-issued"}  # fmt: skip
    besides = {"since", "opened_on", "closed_on", "status", "starts", "client_email", "issued_on",
               "paid_on", "last_contact_on"}  # fmt: skip
    for kind in KINDS:
        assert set(FIELDS[kind]) - besides <= set(CATALOGUE[told[kind]].model_fields)


def test_every_word_a_guess_knows_is_one_that_some_list_may_say() -> None:
    words = {word for kind in KINDS for each in FIELDS[kind].values() for word in each.words}
    assert set(WORDS.values()) <= words


def test_there_is_an_example_of_every_kind() -> None:
    assert {mapping(each.stem).kind for each in MAPPINGS.glob("*.yaml")} >= set(KINDS)
