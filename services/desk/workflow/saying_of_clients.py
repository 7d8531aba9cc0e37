"""Somebody of the firm says what only they know of a client: what follows?

It is announced as every system of the firm would say it, unless a wall keeps them from the client.
"""

from collections.abc import Callable, Iterable
from typing import Any

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import check_unscreened
from services.desk.ports.clients import CARDS
from services.desk.workflow.logging_contact import UnknownClientError
from shared.contracts.base import EventData
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def say_of(client_id: str, said: EventData, by: StaffMember) -> Callable[[UnitOfWork], None]:
    """Announce it; UnknownClientError where nobody has heard of the client."""

    def step(unit: UnitOfWork) -> None:
        matter_id: Any = getattr(said, "matter_id", None)
        check_unscreened({"client_id": client_id, "matter_id": matter_id}, by.screened)
        if unit.get(CARDS, client_id) is None:
            raise UnknownClientError(code="unknown-client")
        unit.announce(said)

    return step


def needs_of_saying(client_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The client's card."""
    return lambda _unit: [CARDS.one(client_id)]
