"""Does memory name due work once, at its instant, and only what still waits?"""

from datetime import datetime, timedelta

from shared.contracts.envelope import Cause
from shared.state.memory_store import Memory
from shared.state.unit_of_work import UnitOfWork
from tests.core.sample import CARDS, Card
from tests.core.test_store_contract import NOW

CAUSE = Cause("urn:test", "cause", "test", "cause", None, NOW)
LATER = NOW + timedelta(hours=1)


def memory(*cards: Card) -> Memory:
    kept = Memory({CARDS.collection: lambda card: card.ring_at})
    put(kept, *cards)
    return kept


def put(kept: Memory, *cards: Card) -> None:
    unit = UnitOfWork("intake", NOW)
    kept.fill(unit, [lambda _: [CARDS.one(card.client_id) for card in cards]])
    with unit.working_on(CAUSE):
        for card in cards:
            unit.put(CARDS, card)
    kept.keep(unit)


def card(client_id: str, ring_at: datetime | None = NOW) -> Card:
    return Card(client_id=client_id, name="Ada", contacts=0, ring_at=ring_at)


def test_what_falls_due_is_named_in_order_of_time_and_once() -> None:
    kept = memory(card("c-2", ring_at=LATER), card("c-1"), card("c-3", ring_at=None))
    named = [kept.take_due(LATER), kept.take_due(LATER), kept.take_due(LATER)]
    assert [found and (found[0], found[2].client_id) for found in named] == [
        (NOW, "c-1"), (LATER, "c-2"), None,
    ]  # fmt: skip


def test_nothing_is_named_before_its_instant() -> None:
    assert memory(card("c-1", ring_at=LATER)).take_due(NOW) is None


def test_what_was_put_off_is_named_at_its_new_instant_only() -> None:
    kept = memory(card("c-1"))
    put(kept, card("c-1", ring_at=LATER))
    assert kept.take_due(NOW) is None
    found = kept.take_due(LATER)
    assert found is not None
    assert found[0] == LATER
