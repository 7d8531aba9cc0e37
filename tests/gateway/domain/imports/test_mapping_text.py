"""Is a mapping written as a file read again as the same mapping?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.imports.drafts import draft_of
from services.gateway.domain.imports.kinds import FIELDS, KINDS
from services.gateway.domain.imports.mapping_files import MappingError, mapping_from
from services.gateway.domain.imports.mapping_text import LONGEST, mapping_in, same, text_of
from tests.gateway.a_book import LISTS, mapping

WORDS = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
COLUMNS = st.lists(WORDS, min_size=1, max_size=3)


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    """What a person may choose: columns called as lists call them."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    fields = FIELDS[kind]
    needed = {name for name, each in fields.items() if each.required}
    named = needed | draw(st.sets(st.sampled_from(sorted(fields))))
    columns = {}
    for name in sorted(named):
        one: dict[str, Any] = {"column": draw(COLUMNS)}
        if draw(st.booleans()):
            ours = st.sampled_from(fields[name].words) if fields[name].words else WORDS
            one["values"] = draw(st.dictionaries(WORDS, ours, max_size=3))
        if draw(st.booleans()):
            one["prefix"] = "c-"
        columns[name] = draw(st.sampled_from([one, {"constant": draw(WORDS)}]))
    return {"as": kind, "columns": columns, "ignore": draw(st.lists(WORDS, max_size=2))}


@given(said())
def test_what_was_chosen_is_the_same_read_from_its_file(chosen: dict[str, Any]) -> None:
    meant = mapping_from("anything", chosen)
    again = mapping_in("anything", text_of(meant))
    assert draft_of(again) == draft_of(meant)
    assert same(again, meant)


@pytest.mark.parametrize("name", LISTS)
def test_the_mappings_of_the_example_firm_are_the_same_written_anew(name: str) -> None:
    assert same(mapping_in(name, text_of(mapping(name))), mapping(name))


def test_it_is_written_as_a_person_would() -> None:
    meant = mapping_from("akten", {
        "as": "clients", "dates": "day-first", "columns": {
            "client_id": {"column": "Nr", "prefix": "c-"}, "name": ["Vorname", "Nachname"],
            "email": "E-Mail", "locale": {"constant": "de"}, "timezone": {"constant": "UTC"},
        }, "ignore": ["Bemerkung"],
    })  # fmt: skip
    assert text_of(meant).splitlines()[1:] == [
        "as: clients", "dates: day-first", "columns:", "  client_id:", "    column: Nr",
        "    prefix: c-", "  name:", "  - Vorname", "  - Nachname", "  email: E-Mail",
        "  locale:", "    constant: de", "  timezone:", "    constant: UTC", "ignore:",
        "- Bemerkung",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), [
    ("as: [", "is no YAML"),
    ("", "must hold fields"),
    ("as: clients\ncolumns: {}", "client_id is missing"),
    ("x" * (LONGEST + 1), "is longer than"),
])  # fmt: skip
def test_a_file_that_cannot_be_followed_says_what_to_mend(text: str, problem: str) -> None:
    with pytest.raises(MappingError, match=problem) as no:
        mapping_in("akten", text)
    assert no.value.message.startswith("imports/akten.yaml: ")
