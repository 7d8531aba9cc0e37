"""Does the unit of work show a step what it may see, and undo what a failed step did?"""

from datetime import UTC, datetime

import pytest

from shared.contracts.envelope import Cause
from shared.contracts.intake import ConflictCleared
from shared.state.unit_of_work import NotDeclaredError, UnitOfWork
from tests.core.sample import CARDS, Card

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CAUSE = Cause("urn:test", "cause", "test", "cause", None, NOW)
CLEARED = ConflictCleared(check_id="check", client_id="c-1", hit_count=0)


def unit_with(*cards: Card) -> UnitOfWork:
    """A unit that has read these cards, found by the name Ada."""
    unit = UnitOfWork("intake", NOW)
    for card in cards:
        unit.load(CARDS, card.client_id, card, 1)
    unit.load_found([CARDS.by("name", "Ada")])
    return unit


def test_a_document_that_was_not_declared_cannot_be_used() -> None:
    unit = UnitOfWork("intake", NOW)
    with pytest.raises(NotDeclaredError):
        unit.get(CARDS, "c-1")
    with pytest.raises(NotDeclaredError):
        unit.find(CARDS, "name", "Ada")


def test_a_failed_step_leaves_nothing_behind() -> None:
    unit = unit_with(Card(client_id="c-1", name="Ada"))
    with pytest.raises(ValueError, match="no"), unit.working_on(CAUSE):
        unit.put(CARDS, Card(client_id="c-1", name="Bob"))
        unit.add(CARDS, Card(client_id="c-2", name="Ada"))
        unit.announce(CLEARED)
        raise ValueError("no")
    assert [card.client_id for card in unit.find(CARDS, "name", "Ada")] == ["c-1"]
    assert unit.changes() == []
    assert unit.announced == []


def test_a_look_up_sees_what_this_batch_has_changed() -> None:
    unit = unit_with(Card(client_id="c-1", name="Ada"))
    with unit.working_on(CAUSE):
        unit.add(CARDS, Card(client_id="c-2", name="Ada"))
        unit.put(CARDS, Card(client_id="c-1", name="Bob"))
    assert [card.client_id for card in unit.find(CARDS, "name", "Ada")] == ["c-2"]


def test_adding_what_is_there_changes_nothing() -> None:
    unit = unit_with(Card(client_id="c-1", name="Ada"))
    with unit.working_on(CAUSE):
        assert unit.add(CARDS, Card(client_id="c-1", name="Bob")) is False
    assert unit.changes() == []


def test_the_same_cause_announces_the_same_event() -> None:
    ids = []
    for _ in range(2):
        unit = unit_with()
        with unit.working_on(CAUSE):
            ids.append((unit.announce(CLEARED).id, unit.announce(CLEARED).id))
    assert ids[0] == ids[1]
    assert ids[0][0] != ids[0][1]
