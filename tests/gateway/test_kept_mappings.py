"""Are mappings chosen at the desk and files of the firm's folder one truth, both ways?"""

from typing import Any

import pytest

from services.gateway.domain.imports.mapping_text import mapping_in, text_of
from services.gateway.ops.mappings import BY_FILE, MappingsAsked, MappingsTold, mappings_question
from services.gateway.ports import LIST_MAPPINGS
from shared.errors import RuleError
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.brought import BOOK, COLUMNS, LEO, Bringing, bringing

OTHER = BOOK.replace(b"Bemerkung", b"Notiz")


@pytest.fixture
async def desk() -> Bringing:
    """A desk at which somebody chose what the columns of a list mean."""
    desk = bringing()
    told = await desk.bring()
    said = {"columns": COLUMNS, "country": "+49"}
    await desk.ask("columns", list_id=told.list_id, name="altes-programm", said=said)
    return desk


async def of_the_operator(desk: Bringing, files: dict[str, str] | None = None) -> MappingsTold:
    """As the command line asks."""
    runtime: Any = MemoryRuntime(desk.office)
    runtime.name = "gateway"
    asked = MappingsAsked(ask="mappings", files=files or {})
    told = await mappings_question().answer(runtime, asked)
    assert isinstance(told, MappingsTold)
    return told


async def test_what_was_chosen_is_told_as_its_file_to_the_desk_and_to_the_operator(
    desk: Bringing,
) -> None:
    (known,) = (await desk.ask("mappings")).mappings
    (kept,) = (await of_the_operator(desk)).mappings
    assert (known.name, known.kind, known.found_by, known.by) == (
        "altes-programm", "clients", "kept", "pat",
    )  # fmt: skip
    assert kept.text == known.text
    assert "country: '+49'" in known.text


async def test_a_file_that_is_brought_in_holds_for_the_next_list(desk: Bringing) -> None:
    (kept,) = (await of_the_operator(desk)).mappings
    changed = kept.text.replace("prefix: c-", "prefix: old-")
    told = await of_the_operator(desk, {"altes-programm": changed})
    assert told.became == {"altes-programm": "changed"}
    assert told.mappings[0].by == BY_FILE
    brought = await desk.bring(OTHER, form="form-2")
    assert (brought.name, brought.found_by) == ("altes-programm", "kept")
    shown = await desk.ask("show", list_id=brought.list_id)
    assert next(each.prefix for each in shown.fields if each.name == "client_id") == "old-"


async def test_what_was_written_out_and_brought_in_again_changes_nothing(desk: Bringing) -> None:
    before = desk.office.all(LIST_MAPPINGS)
    (kept,) = (await of_the_operator(desk)).mappings
    told = await of_the_operator(desk, {kept.name: f"# of the firm\n{kept.text}"})
    assert told.became == {"altes-programm": "same"}
    assert desk.office.all(LIST_MAPPINGS) == before


async def test_a_file_that_cannot_be_followed_brings_none_of_them(desk: Bringing) -> None:
    before = desk.office.all(LIST_MAPPINGS)
    (kept,) = before
    files = {"good": text_of(mapping_in("good", (await of_the_operator(desk)).mappings[0].text)),
             "wrong": "as: clients"}  # fmt: skip
    with pytest.raises(RuleError, match=r"imports/wrong\.yaml: columns"):
        await of_the_operator(desk, files)
    assert desk.office.all(LIST_MAPPINGS) == [kept]


async def test_one_that_is_forgotten_leaves_the_file_of_its_name_to_be_followed(
    desk: Bringing,
) -> None:
    text = (await desk.ask("mappings")).mappings[0].text
    desk.folder = [mapping_in("altes-programm", text.replace("prefix: c-", "prefix: file-"))]
    assert [each.found_by for each in (await desk.ask("mappings")).mappings] == ["kept"]
    await desk.ask("forget", name="altes-programm")
    (known,) = (await desk.ask("mappings")).mappings
    assert (known.found_by, known.by) == ("folder", None)
    brought = await desk.bring(OTHER, form="form-2")
    assert brought.found_by == "folder"
    with pytest.raises(RuleError, match="no such mapping"):
        await desk.ask("forget", name="altes-programm")


async def test_only_who_takes_in_lists_is_told_of_mappings(desk: Bringing) -> None:
    desk.actor = LEO
    for ask in ("mappings", "forget"):
        with pytest.raises(RuleError, match="partners and operations"):
            await desk.ask(ask, name="altes-programm")
