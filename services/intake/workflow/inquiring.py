"""Somebody fills in the firm's form: what follows?

First only who they are and who else has a part in it: that is announced, and checked when it is
heard, like any other inquiry. So nobody who fills in a form learns from its answer, or from how
long it takes, whom the firm knows. What it is about the firm hears only once its check is clear.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.inquiries import Inquiry
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow.answering import needs_of_answering, tell_answerer
from services.intake.workflow.moving import keep_inquiry
from shared.contracts.firm import InquiryReceived
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork


def needs_of_first_step(inquiry_id: str) -> Iterable[Need]:
    """The inquiry, and nobody the firm knows."""
    yield INQUIRIES.one(inquiry_id)


def take_first_step(form: str, asked: InquiryReceived, unit: UnitOfWork) -> bool:
    """Announce the inquiry; a form sent twice is one inquiry. Whether it is news."""
    kept = unit.get(INQUIRIES, asked.inquiry_id) or Inquiry(inquiry_id=asked.inquiry_id)
    if kept.last_sent == unit.cause.id:
        return False
    unit.put(INQUIRIES, replace(kept, form=form, last_sent=unit.cause.id))
    unit.announce(asked)
    return True


def needs_of_story(inquiry_id: str) -> Iterable[Need]:
    """The inquiry, and what was asked of people about it."""
    yield INQUIRIES.one(inquiry_id)
    yield from needs_of_answering(inquiry_id)


def take_story(config: FirmConfig, inquiry_id: str, story: str, unit: UnitOfWork) -> None:
    """Keep what it is about, if the firm may hear it; it may be told anew until it is answered."""
    inquiry = unit.get(INQUIRIES, inquiry_id)
    if inquiry is None or inquiry.erased:
        raise RuleError("There is no such inquiry.", code="unknown-inquiry")
    if inquiry.refused or inquiry.outcome is not None:
        raise RuleError("This inquiry has been answered.", code="answered")
    if not inquiry.may_go_on:
        raise RuleError("The conflict check is not clear yet.", code="not-clear")
    if inquiry.story == story:
        return
    told = replace(inquiry, story=story, story_at=unit.now)
    keep_inquiry(told, unit)
    tell_answerer(config, told, unit)
