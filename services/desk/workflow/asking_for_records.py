"""A client asks for their records or to be forgotten: what is said?

The desk takes it down and says it; intake asks a person to answer it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError, check_unscreened
from services.desk.ports.clients import CARDS
from services.desk.workflow.logging_contact import UnknownClientError
from shared.contracts.firm_roles import FirmRoles, roles_of
from shared.contracts.keys import id_made_of
from shared.contracts.records import AccessRequested, ErasureRequested
from shared.contracts.records_task_kinds import RECORDS_REQUEST
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

What = Literal["access", "erasure"]


def answering(firm: FirmRoles) -> tuple[str, ...]:
    """In which roles requests are answered here."""
    return tuple(roles_of(RECORDS_REQUEST.kind, firm))


def may_take_down(person: StaffMember, firm: FirmRoles) -> bool:
    """Whether this person may take down a request: whoever may answer one."""
    return any(person.has(role) for role in answering(firm))


def request_id_of(id: str) -> str:
    """The id of the request that this form takes down."""
    return id_made_of("desk", id)


def take_down(
    what: What, client_id: str, at: datetime, by: StaffMember, id: str
) -> Callable[[UnitOfWork], None]:
    """Somebody asked; a form sent twice is one request."""

    def step(unit: UnitOfWork) -> None:
        _check(may_take_down(by, unit.firm_roles), answering(unit.firm_roles))
        _check_client(client_id, by, unit)
        if at > unit.now:
            raise RuleError("Give a day that has begun.", code="ahead", field="day")
        said = {"request_id": request_id_of(id), "client_id": client_id, "by": by.staff_id}
        kind = AccessRequested if what == "access" else ErasureRequested
        unit.announce(kind.model_validate({**said, "at": at}))

    return step


def needs_of(*client_ids: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The cards of these clients."""
    return lambda _unit: [CARDS.one(each) for each in client_ids if each]


def _check(allowed: bool, roles: Iterable[str]) -> None:
    if not allowed:
        raise NotAllowedError(f"This is done by: {', '.join(roles)}.", code="wrong-role")


def _check_client(client_id: str, by: StaffMember, unit: UnitOfWork) -> None:
    check_unscreened({"client_id": client_id}, by.screened)
    if unit.get(CARDS, client_id) is None:
        raise UnknownClientError(code="unknown-client")
