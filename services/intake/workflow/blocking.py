"""May the firm go on with an inquiry?

Not while any check that touches it waits for a decision: its own, or that of a client or party who
turned out to be on the other side later.
"""

from collections.abc import Iterable

from services.intake.domain.checks import Check
from services.intake.domain.inquiries import considered
from services.intake.ports import CHECKS, INQUIRIES, FirmConfig
from services.intake.workflow.answering import ask_to_answer, needs_of_answering
from services.intake.workflow.moving import keep_inquiry
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork


def needs_of_blocking(inquiry_ids: Iterable[str]) -> Iterable[Need]:
    """The inquiries, and every check that touches them."""
    for inquiry_id in inquiry_ids:
        yield INQUIRIES.one(inquiry_id)
        yield CHECKS.by("inquiry", inquiry_id)
        yield from needs_of_answering(inquiry_id)


def block_or_unblock(config: FirmConfig, made: Check, unit: UnitOfWork) -> None:
    """Consider anew each inquiry that this check touches."""
    for inquiry_id in made.inquiry_ids:
        inquiry = unit.get(INQUIRIES, inquiry_id)
        if inquiry is None:
            continue
        checks = unit.find(CHECKS, "inquiry", inquiry_id)
        for each in checks:
            unit.guard(CHECKS, each.check_id)
        after = considered(inquiry, checks)
        if after != inquiry:
            ask_to_answer(config, keep_inquiry(after, unit, made.decided_by), unit)
