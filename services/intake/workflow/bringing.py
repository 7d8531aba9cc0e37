"""Who brings the matter, client or inquiry a conflict check is about? They never clear it."""

from collections.abc import Iterable

from services.intake.domain.checks import Check
from services.intake.ports import CLIENTS, INQUIRIES, MATTERS
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork


def needs_of_bringing(made: Check) -> Iterable[Need]:
    """The client and their matters, the matter, the inquiry."""
    if made.client_id is not None:
        yield CLIENTS.one(made.client_id)
        yield MATTERS.by("client", made.client_id)
    if made.matter_id is not None:
        yield MATTERS.one(made.matter_id)
    if made.inquiry_id is not None:
        yield INQUIRIES.one(made.inquiry_id)


def bringing(made: Check, unit: UnitOfWork) -> set[str]:
    """Who leads the matter, looks after the client or took the inquiry, as is known now."""
    matter = unit.get(MATTERS, made.matter_id) if made.matter_id is not None else None
    client = unit.get(CLIENTS, made.client_id) if made.client_id is not None else None
    inquiry = unit.get(INQUIRIES, made.inquiry_id) if made.inquiry_id is not None else None
    found = {each.owner_id for each in (matter, client) if each is not None}
    found |= inquiry.bringing if inquiry is not None else set()
    if made.trigger == "client" and made.client_id is not None:
        found |= {each.owner_id for each in unit.find(MATTERS, "client", made.client_id)}
    return {each for each in found if each is not None}
