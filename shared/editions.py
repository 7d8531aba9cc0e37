"""Which values of the firm are in force by an edition, as every service keeps them for itself?

Approved in reminders, heard by each service, and read by each of its processes: when it begins, and
while it runs, where others come into force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.contracts.envelope import Event
from shared.contracts.firm_editions import FirmEditionApproved
from shared.state.document_types import DocumentType, Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NAME = "in-force"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesInForce:
    """The last approved values, and since when they hold."""

    name: str = NAME
    edition: int
    from_at: datetime
    files: tuple[dict[str, Any], ...] = ()  # place and text of each
    pictures: tuple[dict[str, Any], ...] = ()  # place and base64 of each


VALUES: DocumentType[ValuesInForce] = DocumentType(
    "firm_values", ValuesInForce, key=lambda each: each.name
)


def needs_of_edition(_: Event[FirmEditionApproved], __: ReadSoFar) -> Iterable[Need]:
    """What is in force."""
    yield VALUES.one(NAME)


def take_edition(event: Event[FirmEditionApproved], unit: UnitOfWork) -> None:
    """Keep these values, unless a later edition is known already."""
    known, said = unit.get(VALUES, NAME), event.data
    if known is not None and known.edition >= said.edition:
        return
    unit.put(VALUES, values_said_by(said))


def values_said_by(said: FirmEditionApproved) -> ValuesInForce:
    """What it says, as it is kept."""
    return ValuesInForce(
        edition=said.edition,
        from_at=said.in_force_at,
        files=tuple({"place": each.place, "text": each.text} for each in said.files),
        pictures=tuple({"place": each.place, "base64": each.base64} for each in said.pictures),
    )
