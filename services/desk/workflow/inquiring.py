"""What follows at the desk when an inquiry is heard of, goes on, or is entered by a person?

Whoever rings or comes in is written down here, by their name and whom they name, and announced like
an inquiry from the website: the same conflict check follows. What it is about is not asked yet.
"""

from collections.abc import Callable, Iterable

from services.desk.domain.inquiries import (
    LetterEnded,
    ListedInquiry,
    heard_of,
    moved,
    written_to,
)
from services.desk.ports.inquiries import INQUIRIES
from services.desk.ports.staff import STAFF
from shared.contracts.envelope import Event
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import InquiryMoved
from shared.contracts.task_kind import STAFF as MAY_LOOK_AFTER
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def list_inquiry(event: Event[InquiryReceived], unit: UnitOfWork) -> None:
    """Somebody asked: the pipeline shows it. Those of the past are no work of anybody."""
    if event.history:
        return
    inquiry_id = event.data.inquiry_id
    row = unit.get(INQUIRIES, inquiry_id) or ListedInquiry(inquiry_id=inquiry_id)
    unit.put(INQUIRIES, heard_of(row, event))


def move_inquiry(event: Event[InquiryMoved], unit: UnitOfWork) -> None:
    """It stands elsewhere: the pipeline shows where."""
    inquiry_id = event.data.inquiry_id
    row = unit.get(INQUIRIES, inquiry_id) or ListedInquiry(inquiry_id=inquiry_id)
    unit.put(INQUIRIES, moved(row, event.data))


def note_letter(event: Event[LetterEnded], unit: UnitOfWork) -> None:
    """A letter to them went, or did not: the page of the inquiry says so."""
    inquiry_id = event.data.inquiry_id
    row = unit.get(INQUIRIES, inquiry_id) or ListedInquiry(inquiry_id=inquiry_id)
    unit.put(INQUIRIES, written_to(row, event.data))


def inquiry_needs(
    event: Event[InquiryReceived] | Event[InquiryMoved] | Event[LetterEnded], _unit: ReadSoFar
) -> Iterable[Need]:
    """The row of the inquiry."""
    return [INQUIRIES.one(event.data.inquiry_id)]


def enter_inquiry(asked: InquiryReceived) -> Callable[[UnitOfWork], str]:
    """A person writes down who rang: it is announced, and listed at once."""

    def step(unit: UnitOfWork) -> str:
        if asked.owner_id is not None:
            person = unit.get(STAFF, asked.owner_id)
            if person is None or not person.active or not set(person.roles) & set(MAY_LOOK_AFTER):
                roles = ", ".join(MAY_LOOK_AFTER)
                message = f"Choose somebody who works here as one of: {roles}."
                raise RuleError(message, code="wrong-role", field="owner")
        if unit.get(INQUIRIES, asked.inquiry_id) is None:  # the same form may be sent twice
            event = unit.announce(asked)
            row = ListedInquiry(inquiry_id=asked.inquiry_id)
            unit.put(INQUIRIES, heard_of(row, event))
        return asked.inquiry_id

    return step


def enter_needs(asked: InquiryReceived) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether it was entered before, and who is to look after it."""
    needs = [INQUIRIES.one(asked.inquiry_id)]
    if asked.owner_id is not None:
        needs.append(STAFF.one(asked.owner_id))
    return lambda _unit: needs
