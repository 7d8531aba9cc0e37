"""Which of the names told in an inquiry are known to the firm, and which are only claimed?

Anybody can type a name. Until a person of the firm takes the inquiry its names are claimed: a check
finds them, they keep nobody waiting, and after some weeks they are gone. Of somebody the firm does
not act for, their own name stays known; whom they named stays claimed.
"""

from datetime import datetime, timedelta

from services.intake.domain.identifiers import identifiers_of
from services.intake.domain.inquiries import Inquiry, opponents_ref_of, ref_of
from services.intake.domain.known import Known


def known_from(inquiry: Inquiry, kept_for: timedelta, now: datetime) -> list[Known]:
    """The inquiry's entries in the conflict index: who asked, and whom they named."""
    inquiry_id = inquiry.inquiry_id
    until = (inquiry.received_at or now) + kept_for
    taken = inquiry.taken_by is not None
    return [
        Known(
            ref=ref_of(inquiry_id),
            role="prospect",
            names=inquiry.names,
            identifiers=identifiers_of(inquiry),
            inquiry_id=inquiry_id,
            claimed_until=None if taken or inquiry.refused else until,
        ),
        Known(
            ref=opponents_ref_of(inquiry_id),
            role="adverse",
            names=inquiry.adverse_names,
            inquiry_id=inquiry_id,
            claimed_until=None if taken else until,
        ),
    ]
