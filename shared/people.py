"""What became of an id that is not a person of its own any more, and of whom are records over?

It was merged into another, of whom everything is said from then on, or the person was erased. Every
service notes it for itself, from the same events; so it does what of a person is to be cleared.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.keys import id_made_of
from shared.state.document_types import DocumentType
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

MOST_MERGES = 20  # of one person, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An id, and whom it leads to; or nobody."""

    client_id: str
    moved_to: str | None = None
    erased: bool = False
    at: datetime


PEOPLE: DocumentType[Person] = DocumentType(
    "people",
    Person,
    key=lambda each: each.client_id,
    lookups={"into": lambda each: [each.moved_to] if each.moved_to else []},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What of a person's working records is over here: all that ended by an instant."""

    client_id: str
    merged_ids: tuple[str, ...] = ()
    until: datetime
    at: datetime
    correlation_id: str

    @property
    def client_ids(self) -> tuple[str, ...]:
        """Every id of the person."""
        return (self.client_id, *self.merged_ids)


ENDS: DocumentType[End] = DocumentType("records_ends", End, key=lambda each: each.client_id)


def trail(client_id: str, unit: ReadSoFar | UnitOfWork) -> list[str]:
    """The id, and each it was merged into since; the last one is where the person is known."""
    found = [client_id]
    while len(found) <= MOST_MERGES:
        person = unit.peek(PEOPLE, found[-1])
        if person is None or person.moved_to is None or person.moved_to in found:
            break
        found.append(person.moved_to)
    return found


def every_id(client_id: str, unit: ReadSoFar | UnitOfWork) -> list[str]:
    """The id, and every one that was merged into it."""
    found = [client_id]
    for each in found:
        for person in unit.peek_all(PEOPLE, "into", each):
            if person.client_id not in found:
                found.append(person.client_id)
    return found


def ref_of(request_id: str) -> str:
    """Whom a request was about, once nobody is to know: it leads nowhere but to the request."""
    return id_made_of("erased", request_id)
