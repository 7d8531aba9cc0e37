"""Is a list by the desk taken in exactly as it was tried, by the person who brought it alone?"""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from services.gateway.ports import IMPORTED, LIST_PIECES, LIST_ROWS, LISTS
from services.gateway.workflow import bringing_lists
from shared.contracts.envelope import Cause
from shared.contracts.firm_decisions import WhoDecides
from shared.contracts.imports import MOST_KEPT
from shared.errors import RuleError
from tests.fakes.memory import START
from tests.gateway.a_book import mapping
from tests.gateway.a_workbook import a_workbook
from tests.gateway.brought import BOOK, COLUMNS, LEO, OSKAR, Bringing, bringing

NOBODY = Cause("urn:test", "x", "x", "x", None, START)


@pytest.fixture
def desk() -> Bringing:
    return bringing()


def said(desk: Bringing) -> list[str]:
    types = [each.type for each in desk.office.announced]
    desk.office.announced.clear()
    return types


async def test_a_list_is_understood_by_its_headings_first(desk: Bringing) -> None:
    told = await desk.ask("show", list_id=(await desk.bring()).list_id)
    read = {each.name: each.columns for each in told.fields}
    assert (told.state, told.found_by, told.rows) == ("read", "headings", 3)
    assert read["client_id"] == ["Mandantennr"]
    assert read["name"] == ["Vorname", "Nachname"]
    assert [each.name for each in told.columns if not each.is_read] == ["Bemerkung"]
    assert told.columns[3].cells == ["ada.muster@client.example", "bo@client.example"]
    assert told.missing == []


async def test_a_dry_run_says_what_would_become_of_each_row_and_changes_nothing(
    desk: Bringing,
) -> None:
    told = await desk.tried((await desk.bring()).list_id)
    assert told.state == "weighed"
    assert told.counts == {"new": 2, "wrong": 1}
    assert told.events == {"client-onboarded": 2}
    assert said(desk) == []
    assert desk.office.all(IMPORTED) == []
    rows = (await desk.ask("rows", list_id=told.list_id)).rows
    assert [(each.row, each.problems[0].column) for each in rows] == [(4, "E-Mail")]
    assert "one of them is needed" in rows[0].problems[0].message


async def test_what_was_tried_is_taken_in_once_it_is_confirmed_and_tells_history(
    desk: Bringing,
) -> None:
    told = await desk.taken(await desk.tried((await desk.bring()).list_id))
    assert (told.state, told.done, told.counts) == ("taken", 3, {"new": 2, "wrong": 1})
    assert all(each.history for each in desk.office.announced)
    assert said(desk) == ["client-onboarded", "client-onboarded"]


async def test_the_same_file_again_changes_nothing(desk: Bringing) -> None:
    await desk.taken(await desk.tried((await desk.bring()).list_id))
    said(desk)
    again = await desk.taken(await desk.tried((await desk.bring(form="form-2")).list_id))
    assert again.counts == {"same": 2, "wrong": 1}
    assert said(desk) == []


async def test_one_changed_row_is_one_change_with_its_column(desk: Bringing) -> None:
    await desk.taken(await desk.tried((await desk.bring()).list_id))
    said(desk)
    moved = BOOK.replace(b"bo@client.example", b"bo@home.example")
    told = await desk.tried((await desk.bring(moved, form="form-2")).list_id)
    rows = (await desk.ask("rows", list_id=told.list_id)).rows
    assert told.counts == {"same": 1, "changed": 1, "wrong": 1}
    assert [(each.row, each.changed) for each in rows if each.what == "changed"] == [
        (3, ["E-Mail"])
    ]


async def test_columns_that_a_person_chose_are_kept_for_the_next_list(desk: Bringing) -> None:
    first = await desk.bring()
    more = {**COLUMNS, "preferred_name": {"column": ["Bemerkung"]}}
    told = await desk.ask(
        "columns", list_id=first.list_id, name="our-clients", said={"columns": more}
    )
    assert told.found_by == "chosen"
    second = await desk.ask("show", list_id=(await desk.bring(form="form-2")).list_id)
    assert (second.name, second.found_by) == ("our-clients", "kept")
    assert [each.name for each in second.columns if not each.is_read] == []
    client_id = next(each for each in second.fields if each.name == "client_id")
    assert client_id.prefix == "c-"


async def test_a_mapping_of_the_firms_folder_reads_its_list_and_can_be_left(
    desk: Bringing,
) -> None:
    desk.folder = [mapping("mandanten")]
    content = (
        "Mandantennr;Anrede;Vorname;Nachname;E-Mail;Telefon;Geburtsdatum;angelegt;Bemerkung\r\n"
        "1;Frau;Ada;Muster;a@client.example;;;02.03.2017;\r\n"
    ).encode("cp1252")
    told = await desk.bring(content)
    assert (told.name, told.found_by) == ("mandanten", "folder")
    by_headings = await desk.ask("use", list_id=told.list_id, name="")
    assert (by_headings.name, by_headings.found_by) == ("clients", "headings")
    back = await desk.ask("use", list_id=told.list_id, name="mandanten")
    assert back.found_by == "folder"
    with pytest.raises(RuleError, match="no such mapping"):
        await desk.ask("use", list_id=told.list_id, name="nobodys")


async def test_a_changed_column_has_to_be_tried_again(desk: Bringing) -> None:
    tried = await desk.tried((await desk.bring()).list_id)
    await desk.ask("columns", list_id=tried.list_id, name="clients", said={"columns": COLUMNS})
    with pytest.raises(RuleError) as no:
        await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    assert no.value.code == "changed-meanwhile"
    assert said(desk) == []


async def test_who_confirms_a_list_says_the_firm(desk: Bringing) -> None:
    tried = await desk.tried((await desk.bring()).list_id)
    desk.office.who_decides = WhoDecides(said={"list-import": {"confirm": ("ops",)}})
    with pytest.raises(RuleError, match="This is decided by: ops"):
        await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    assert said(desk) == []


async def test_another_day_for_news_is_another_run(desk: Bringing) -> None:
    tried = await desk.tried((await desk.bring()).list_id)
    other = await desk.tried(tried.list_id, news_since="2026-02-01")
    assert other.run != tried.run
    with pytest.raises(RuleError, match="not what was tried last"):
        await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    await desk.taken(other)
    assert not any(each.history for each in desk.office.announced)


async def test_the_refused_rows_are_a_list_of_their_own_with_reasons(desk: Bringing) -> None:
    told = await desk.taken(await desk.tried((await desk.bring()).list_id))
    part = await desk.ask("refused", list_id=told.list_id, after=0)
    lines = base64.b64decode(part.content).decode("utf-8-sig").splitlines()
    assert part.next is None
    assert lines[0].endswith(";why it was not imported")
    assert lines[1].startswith("9;Piet;Sommer;;de;;E-Mail is missing")


async def test_a_run_that_broke_off_goes_on_by_itself_where_it_stopped(desk: Bringing) -> None:
    rows = [f"{n};Vera{n};Name{n};{n}@client.example;de;" for n in range(1, 251)]
    content = "\r\n".join(["Mandantennr;Vorname;Nachname;E-Mail;Sprache;Bemerkung", *rows]).encode()
    tried = await desk.tried((await desk.bring(content)).list_id)
    assert tried.counts == {"new": 250}
    await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    desk.office.work_due(desk.office.now - timedelta(1))  # nothing is due: nobody works
    kept = desk.office.get(LISTS, tried.list_id)
    assert kept is not None
    assert (kept.state, kept.at) == ("taking", 0)
    desk.office.work_due()
    told = await desk.ask("show", list_id=tried.list_id)
    assert (told.state, told.done) == ("taken", 250)
    assert said(desk) == ["client-onboarded"] * 250
    again = await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    assert again.state == "taken"
    desk.office.work_due()
    assert said(desk) == []


async def test_a_workbook_is_read_like_a_list(desk: Bringing) -> None:
    head = ["Mandantennr", "Vorname", "Nachname", "E-Mail", "Sprache"]
    content = a_workbook([head, ["7", "Ada", "Muster", "ada@home.example", "de"]])
    told = await desk.tried((await desk.bring(content)).list_id)
    assert told.sheet == "Mandanten"
    assert told.counts == {"new": 1}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Not all of the file arrived"),
        (b"PK\x03\x04 no workbook", "is no workbook"),
        (b"Name;E-Mail\r\n", "no rows below"),
    ],
)
async def test_what_is_no_list_is_refused_with_what_to_do(
    desk: Bringing, content: bytes, problem: str
) -> None:
    with pytest.raises(RuleError, match=problem) as no:
        await desk.bring(content)
    assert no.value.field == "file"
    assert desk.office.all(LISTS) == []


async def test_a_list_is_not_there_for_anybody_else_and_for_no_other_roles(desk: Bringing) -> None:
    told = await desk.bring()
    desk.actor = OSKAR
    for ask in ("show", "weigh", "drop", "rows", "refused", "confirm", "use"):
        with pytest.raises(RuleError) as no:
            await desk.ask(ask, list_id=told.list_id)
        assert no.value.code == "no-list"
    assert (await desk.ask("lists")).lists == []
    desk.actor = LEO
    with pytest.raises(RuleError) as no:
        await desk.ask("lists")
    assert no.value.code == "wrong-role"


async def test_after_a_day_a_list_is_gone_and_what_it_told_stays(desk: Bringing) -> None:
    told = await desk.taken(await desk.tried((await desk.bring()).list_id))
    desk.office.now += timedelta(hours=24)
    with pytest.raises(RuleError) as no:
        await desk.ask("show", list_id=told.list_id)
    assert no.value.code == "no-list"
    assert len(desk.office.all(IMPORTED)) == 2


async def test_dropped_nothing_of_it_is_kept(desk: Bringing) -> None:
    told = await desk.tried((await desk.bring()).list_id)
    await desk.ask("drop", list_id=told.list_id)
    kept = [desk.office.all(each) for each in (LISTS, LIST_PIECES, LIST_ROWS)]
    assert kept == [[], [], []]


async def test_a_person_keeps_so_many_lists_and_no_more(desk: Bringing) -> None:
    for number in range(MOST_KEPT):
        await desk.bring(form=f"form-{number}")
    with pytest.raises(RuleError) as no:
        await desk.bring(form="one-more")
    assert no.value.code == "too-many"


async def test_while_it_is_worked_on_nothing_else_is_done_with_it(desk: Bringing) -> None:
    told = await desk.bring()
    await desk.ask("weigh", list_id=told.list_id)
    with pytest.raises(RuleError, match="being worked on"):
        await desk.ask("columns", list_id=told.list_id, name="clients", said={"columns": COLUMNS})
    with pytest.raises(RuleError, match="being worked on"):
        await desk.ask("drop", list_id=told.list_id)


async def test_without_a_field_that_is_needed_nothing_is_tried(desk: Bringing) -> None:
    told = await desk.bring(b"Nachname;E-Mail\r\nMuster;a@client.example\r\n")
    assert told.missing == ["client_id"]
    with pytest.raises(RuleError, match="each field that is needed"):
        await desk.ask("weigh", list_id=told.list_id)
    without = {name: each for name, each in COLUMNS.items() if name != "client_id"}
    with pytest.raises(RuleError, match="from which column"):
        await desk.ask("columns", list_id=told.list_id, name="x", said={"columns": without})


async def test_whose_key_is_gone_has_no_list(desk: Bringing) -> None:
    told = await desk.bring()
    kept = desk.office.get(LISTS, told.list_id)
    assert kept is not None
    emptied = replace(kept, seen="", said="", file="")
    desk.office.act(
        lambda unit: unit.put(LISTS, emptied),
        lambda _: [LISTS.one(told.list_id)],
        NOBODY,
    )
    with pytest.raises(RuleError):
        await desk.ask("show", list_id=told.list_id)


@pytest.mark.parametrize("is_book", [True, False], ids=["workbook", "csv"])
async def test_a_list_of_too_many_rows_is_refused_before_all_of_it_is_read(
    desk: Bringing, monkeypatch: pytest.MonkeyPatch, is_book: bool
) -> None:
    monkeypatch.setattr(bringing_lists, "MOST_ROWS", 3)
    rows = [["Nr", "Name"], *([str(n), "Ada"] for n in range(4))]
    text = "\r\n".join(";".join(each) for each in rows).encode()
    with pytest.raises(RuleError, match=r"rows.*: split it") as no:
        await desk.bring(a_workbook(rows) if is_book else text)
    assert no.value.code == "unreadable"
