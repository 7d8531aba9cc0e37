"""Somebody asks the firm for help: what follows?

Their name and each opponent they name are checked together. Until that check is clear the inquiry
is blocked: the firm must not hear the facts.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.assessment import Subject, searched_for
from services.intake.domain.checks import Searched
from services.intake.domain.claimed_names import known_from
from services.intake.domain.history import is_past
from services.intake.domain.identifiers import identifiers_of
from services.intake.domain.inquiries import (
    PLAIN,
    Inquiry,
    opponents_ref_of,
    ref_of,
    told,
)
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.checking import check, needs_of_checking
from services.intake.workflow.filing import file_known, needs_of_filing
from services.intake.workflow.moving import keep_inquiry
from shared.contracts.envelope import Event
from shared.contracts.firm import InquiryReceived
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_inquiry(
    config: FirmConfig, event: Event[InquiryReceived], unit: ReadSoFar
) -> Iterable[Need]:
    """The inquiry, its entries in the conflict index, and whoever is called alike."""
    inquiry_id = event.data.inquiry_id
    yield INQUIRIES.one(inquiry_id)
    yield from needs_of_filing(ref_of(inquiry_id))
    yield from needs_of_filing(opponents_ref_of(inquiry_id))
    before, after = _before_and_after(event, unit.peek(INQUIRIES, inquiry_id))
    past = is_past(event, unit.now, config.history_after)
    searched = [] if past else _new_names(before, after)
    if searched:
        yield from needs_of_checking(subject_of(inquiry_id), searched, unit)


def take_inquiry(config: FirmConfig, event: Event[InquiryReceived], unit: UnitOfWork) -> None:
    """Keep the inquiry, check its names, and block it while a hit is undecided."""
    inquiry_id = event.data.inquiry_id
    kept = unit.get(INQUIRIES, inquiry_id)
    before, after = _before_and_after(event, kept)
    if after == kept:
        return
    keep_inquiry(after, unit)
    past = is_past(event, unit.now, config.history_after)
    searched = [] if past else _new_names(before, after)
    if searched:
        check(config, subject_of(inquiry_id), searched, after.bringing, unit)
    for known in known_from(after, config.claims_kept_for, unit.now):
        file_known(replace(known, claimed_until=None) if past else known, unit)


def _before_and_after(
    event: Event[InquiryReceived], kept: Inquiry | None
) -> tuple[Inquiry, Inquiry]:
    data = event.data
    before = kept or Inquiry(inquiry_id=data.inquiry_id)
    facts = {name: getattr(data, name) for name in (*PLAIN, "name", "adverse_parties")}
    after = told(before, facts, event.stamp)
    first = min(filter(None, (before.received_at, event.time)))
    return before, after if first == after.received_at else replace(after, received_at=first)


def _new_names(before: Inquiry, after: Inquiry) -> list[Searched]:
    known_by = identifiers_of(after)
    asking = [searched_for(n, "prospect", known_by) for n in after.names if n not in before.names]
    opponents = [n for n in after.adverse_names if n not in before.adverse_names]
    return asking + [searched_for(name, "adverse") for name in opponents]


def subject_of(inquiry_id: str) -> Subject:
    """Whom a check of this inquiry is about."""
    ref = ref_of(inquiry_id)
    return Subject(
        trigger="inquiry",
        ref=ref,
        own=frozenset({ref, opponents_ref_of(inquiry_id)}),
        inquiry_id=inquiry_id,
    )
