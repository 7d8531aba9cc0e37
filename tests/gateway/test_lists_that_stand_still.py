"""What becomes of a list that stands still, is sent again, or whose refused rows are very long?"""

import base64
from dataclasses import replace

import pytest

from services.gateway.domain.imports.kept_list import STANDS_STILL
from services.gateway.ports import IMPORTED, LISTS
from shared.contracts.envelope import Cause
from shared.contracts.imports import ListTold
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.errors import RuleError
from tests.fakes.memory import START
from tests.gateway.brought import BOOK, COLUMNS, Bringing, bringing

NOBODY = Cause("urn:test", "x", "x", "x", None, START)


@pytest.fixture
def desk() -> Bringing:
    return bringing()


async def stopped(desk: Bringing, told: ListTold) -> ListTold:
    """A step of it has failed until nobody tries it any more."""
    desk.office.now += STANDS_STILL
    shown: ListTold = await desk.ask("show", list_id=told.list_id)
    assert shown.stopped_at is not None
    return shown


async def test_a_page_that_is_sent_again_with_another_file_replaces_nothing(
    desk: Bringing,
) -> None:
    tried = await desk.tried((await desk.bring()).list_id)
    with pytest.raises(RuleError, match="Choose this one again") as no:
        await desk.bring(BOOK.replace(b"Ada", b"Eva"))
    assert no.value.field == "file"
    again = await desk.bring()
    assert (again.list_id, again.run) == (tried.list_id, tried.run)


async def test_a_list_that_stands_still_says_so_and_can_be_tried_again(desk: Bringing) -> None:
    told = await desk.bring()
    assert told.stopped_at is None
    assert (await desk.ask("weigh", list_id=told.list_id)).stopped_at is None
    await stopped(desk, told)
    await desk.ask("columns", list_id=told.list_id, name="clients", said={"columns": COLUMNS})
    tried = await desk.tried(told.list_id)
    assert (tried.state, tried.stopped_at) == ("weighed", None)


async def test_what_stopped_while_it_was_taken_in_goes_on_there_or_is_deleted(
    desk: Bringing,
) -> None:
    tried = await desk.tried((await desk.bring()).list_id)
    await desk.ask("confirm", list_id=tried.list_id, run=tried.run)
    await stopped(desk, tried)
    taken = await desk.taken(tried)
    assert (taken.state, taken.counts) == ("taken", {"new": 2, "wrong": 1})
    other = await desk.bring(form="form-2")
    await desk.ask("weigh", list_id=other.list_id)
    await stopped(desk, other)
    await desk.ask("drop", list_id=other.list_id)
    assert desk.office.get(LISTS, other.list_id) is None


@pytest.mark.parametrize("state", ["read", "weighed", "taken"])
async def test_a_failed_step_that_is_replayed_late_takes_nothing_in(
    desk: Bringing, state: str
) -> None:
    told = await desk.tried((await desk.bring()).list_id)
    kept = desk.office.get(LISTS, told.list_id)
    assert kept is not None
    due = replace(kept, state=state, due_at=desk.office.now, at=0)  # type: ignore[arg-type]  # one of them
    desk.office.act(lambda unit: unit.put(LISTS, due), lambda _: [LISTS.one(told.list_id)], NOBODY)
    desk.office.work_due()
    assert desk.office.all(IMPORTED) == []
    assert (await desk.ask("show", list_id=told.list_id)).state == state


async def test_refused_rows_come_in_parts_that_a_message_carries_however_long_they_are(
    desk: Bringing,
) -> None:
    head = BOOK.decode().splitlines()[0]
    rows = [f"{n};Vera;Name{n};;de;{'x' * 9_000}" for n in range(1, 251)]
    tried = await desk.tried((await desk.bring("\r\n".join([head, *rows]).encode())).list_id)
    lines = b""
    after: int | None = 0
    while after is not None:
        part = await desk.ask("refused", list_id=tried.list_id, after=after)
        assert len(part.model_dump_json()) < MAX_EVENT_BYTES * 2
        lines, after = lines + base64.b64decode(part.content), part.next
    found = [each.split(";")[0] for each in lines.decode("utf-8-sig").splitlines()]
    assert found == ["Mandantennr", *(str(n) for n in range(1, 251))]


async def test_a_row_that_no_message_carries_is_given_back_by_its_reasons(desk: Bringing) -> None:
    wide = [f"c{n}" for n in range(20)]
    head = ";".join(["Mandantennr", "Nachname", *wide])
    long = ";".join(["1", "Muster", *("x" * 15_000 for _ in wide)])
    tried = await desk.tried((await desk.bring(f"{head}\r\n{long}\r\n".encode())).list_id)
    part = await desk.ask("refused", list_id=tried.list_id, after=0)
    line = base64.b64decode(part.content).decode("utf-8-sig").splitlines()[1]
    assert part.next is None
    assert "this row is too long to be given back" in line
