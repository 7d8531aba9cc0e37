"""Does a running service bring the documents of an earlier release up to date?"""

from typing import Any

import pytest

from shared.requests import documents_by_ops
from shared.requests.documents_by_ops import DocumentsAsked, bring_up_to_date
from shared.state import rewriting
from shared.state.mappings import DocumentMapping
from shared.state.store import Store
from tests.core.conftest import Running
from tests.core.sample import CARDS, Card
from tests.core.test_due_work import keep

BEGIN, GO_ON = DocumentsAsked(ask="documents", begin=True), DocumentsAsked(ask="documents")
BEFORE = {"$unset": {"sv": 1, "xv": 1, "x": 1}}  # as a release without look-ups wrote it


async def written_before(running: Running, *clients: str) -> None:
    """Cards as an earlier release wrote them."""
    for each in clients:
        await keep(running, Card(client_id=each, name="Ada"))
    await running.db.collection("cards").update_many({}, BEFORE)


async def found_by_name(running: Running) -> list[str]:
    unit = await running.runtime.look(lambda _: [CARDS.by("name", "Ada")])
    return [card.client_id for card in unit.find(CARDS, "name", "Ada")]


async def to_the_end(running: Running) -> Any:
    told = await bring_up_to_date(running.runtime, BEGIN)
    while not told.finished:
        told = await bring_up_to_date(running.runtime, GO_ON)
    return told


async def test_new_look_ups_find_old_documents(running: Running) -> None:
    await written_before(running, "c-1", "c-2")
    assert await found_by_name(running) == []
    told = await to_the_end(running)
    assert (told.rewritten, told.checked >= 2) == (2, True)
    assert await found_by_name(running) == ["c-1", "c-2"]


async def test_what_is_up_to_date_is_not_written_again(running: Running) -> None:
    await written_before(running, "c-1")
    await to_the_end(running)
    before = await running.db.collection("cards").find({}).to_list(None)
    assert (await to_the_end(running)).rewritten == 0
    assert await running.db.collection("cards").find({}).to_list(None) == before


async def test_whoever_asks_again_goes_on_where_it_was_broken_off(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_by_ops, "AT_ONCE", 2)
    await written_before(running, "c-1", "c-2", "c-3")
    first = await bring_up_to_date(running.runtime, BEGIN)
    assert (first.collection, first.checked, first.rewritten) == ("cards", 2, 2)
    again = await bring_up_to_date(running.runtime, BEGIN)
    assert (again.checked, again.rewritten) == (3, 3)
    assert (await to_the_end(running)).rewritten == 3


async def test_a_service_that_changes_a_document_meanwhile_wins(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written_before(running, "c-1", "c-2")
    write = rewriting._write

    async def changed_first(store: Store, mapping: DocumentMapping[Any], older: Any) -> None:
        """The service was quicker with one of them."""
        monkeypatch.setattr(rewriting, "_write", write)
        change = {"$set": {"d.contacts": 5}, "$inc": {"v": 1}}
        await running.db.collection("cards").update_one({"_id": "c-1"}, change)
        await write(store, mapping, older)

    monkeypatch.setattr(rewriting, "_write", changed_first)
    assert (await to_the_end(running)).rewritten == 1
    unit = await running.runtime.look(lambda _: [CARDS.one("c-1")])
    card = unit.get(CARDS, "c-1")
    assert card is not None
    assert card.contacts == 5


async def test_what_failed_when_it_was_due_stays_given_up(running: Running) -> None:
    await written_before(running, "c-1")
    cards = running.db.collection("cards")
    await cards.update_one({}, {"$set": {"failures": 8, "d.ring_at": running.runtime.clock.now()}})
    await to_the_end(running)
    row = await cards.find_one({})
    assert (row["failures"], "due" in row) == (8, False)
