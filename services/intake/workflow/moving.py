"""An inquiry changes: does it stand elsewhere than before, and who is told?

Every step keeps inquiries through here, so that no change of phase goes unsaid: the desk's pipeline
is made from what is announced here and from nothing else.
"""

from dataclasses import replace

from services.intake.domain.inquiries import Inquiry, phase_of
from services.intake.ports import INQUIRIES
from shared.contracts.intake import InquiryMoved
from shared.contracts.promises import InquiryAnswered
from shared.state.unit_of_work import UnitOfWork

ANSWERED = ("met", "engaged")  # a person of the firm was in touch


def keep_inquiry(
    after: Inquiry, unit: UnitOfWork, by: str | None = None, because: str | None = None
) -> Inquiry:
    """Keep the inquiry as it is now, and say so where it moved on.

    ``by``: who moved it; ``because``: why it was lost.
    """
    before = unit.get(INQUIRIES, after.inquiry_id) or Inquiry(inquiry_id=after.inquiry_id)
    if phase_of(after) == phase_of(before):
        unit.put(INQUIRIES, after)
        return after
    moved = replace(after, moves=after.moves + 1)
    unit.put(INQUIRIES, moved)
    unit.announce(
        InquiryMoved(
            inquiry_id=moved.inquiry_id,
            phase=phase_of(moved),
            version=moved.moves,
            at=unit.now,
            by=by,
            because=because,
            owner_id=moved.looks_after,
            client_id=moved.client_id,
            matter_id=moved.matter_id,
        )
    )
    if phase_of(moved) in ANSWERED and phase_of(before) not in ANSWERED:
        unit.announce(InquiryAnswered(inquiry_id=moved.inquiry_id, at=unit.now, by=by))
    return moved
