"""A tiny service for the core's own tests: it counts contacts and asks with a task."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.contracts.envelope import Event
from shared.contracts.firm import ClientContactLogged, ClientOnboarded
from shared.contracts.intake import ConflictCleared
from shared.engine.due_work import Due
from shared.engine.listening import listen
from shared.errors import PermanentError, RuleError, TemporaryError
from shared.process.app import App
from shared.requests.decisions import Decider, Decision
from shared.requests.links import LinkMaker
from shared.requests.views import View
from shared.state.document_types import DocumentType, First, Need
from shared.state.mappings import DocumentMapping
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Task, Why, complete_task, open_task


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A client as the sample keeps them."""

    client_id: str
    name: str | None = None
    contacts: int = 0
    rung: int = 0
    ring_at: datetime | None = None


CARDS: DocumentType[Card] = DocumentType(
    "cards",
    Card,
    key=lambda card: card.client_id,
    lookups={
        "name": lambda card: [card.name] if card.name else [],
        "word": lambda card: (card.name or "").split(),
    },
    most={"word": 3},
    first={"word": First("Z", 2)},
)
CARD_MAPPING = DocumentMapping(
    CARDS,
    sealed={"name"},
    person=lambda card: f"client:{card.client_id}",
    blind={"name", "word"},
    due=lambda card: card.ring_at,
)
FAILURES: dict[str, list[Exception]] = {}  # client → what its next steps raise


def onboard(event: Event[ClientOnboarded], unit: UnitOfWork) -> None:
    """Keep the client, say they are clear, and ring once in a while."""
    card = unit.get(CARDS, event.data.client_id)
    if card is not None:
        return
    unit.put(CARDS, Card(client_id=event.data.client_id, name=event.data.name))
    unit.announce(ConflictCleared(check_id="check", client_id=event.data.client_id, hit_count=0))


def count_contact(event: Event[ClientContactLogged], unit: UnitOfWork) -> None:
    """Count a contact; what a test put into FAILURES goes wrong first."""
    client_id = event.data.client_id
    if FAILURES.get(client_id):
        raise FAILURES[client_id].pop(0)
    card = unit.get(CARDS, client_id) or Card(client_id=client_id)
    unit.put(CARDS, replace(card, contacts=card.contacts + 1))
    if card.contacts == 2:
        open_task(
            unit,
            kind="contact-gap",
            ref=client_id,
            about=About(client_id=client_id),
            title="Three contacts",
            why=Why(event_id=event.id, text="three contacts"),
            due_at=unit.now + timedelta(days=1),
        )


def ring(card: Card, unit: UnitOfWork) -> None:
    """The due step of the sample."""
    unit.put(CARDS, replace(card, rung=card.rung + 1, ring_at=None))


def decide(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """The decision of the sample."""
    if decision.fields.get("note") == "no":
        raise RuleError("Not like this.", field="note")
    complete_task(unit, task, decision.decision, decision.actor.id)


def _card_of(event: Event[Any], _: ReadSoFar) -> Iterable[Need]:
    return [CARDS.one(event.data.client_id)]


def sample_app(name: str = "intake") -> App:
    """The sample service under the name (and so the grants and database) of a real one."""
    return App(
        name=name,
        title="Sample",
        listeners=[
            listen(ClientOnboarded, onboard, _card_of),
            listen(ClientContactLogged, count_contact, _card_of),
        ],
        mappings=[CARD_MAPPING],
        deciders=[Decider("contact-gap", decide, lambda d, t, u: [])],
        views=[View("contact-gap", lambda t, u: [CARDS.one(t.ref)], lambda t, u, a: {"name": "x"})],
        links=[LinkMaker("sample", lambda i, u: [], lambda i, u: f"https://x.test/{i}")],
        due=[Due(CARDS, ring, lambda c, u: [], waits_for_stream=True)],
        says=["conflict-cleared", "task-created", "task-completed"],
    )


__all__ = ["CARDS", "FAILURES", "PermanentError", "TemporaryError", "sample_app"]
