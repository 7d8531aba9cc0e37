"""Somebody fills in the firm's form: what follows?

First only who they are and who else has a part in it: that is announced and checked like any other
inquiry. What it is about the firm hears only once its conflict check is clear.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.due_times import DueTimes
from services.intake.domain.inquiries import Inquiry, says_nothing_new
from services.intake.ports import INQUIRIES
from services.intake.workflow.answering import needs_of_answering, tell_answerer
from services.intake.workflow.inquiries import needs_of_inquiry, take_inquiry
from shared.contracts.envelope import Cause, Event, follow_up
from shared.contracts.firm import InquiryReceived
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_first_step(asked: InquiryReceived, cause: Cause, unit: ReadSoFar) -> Iterable[Need]:
    """What hearing of this inquiry will need."""
    yield from needs_of_inquiry(_event(asked, cause, unit), unit)


def take_first_step(form: str, asked: InquiryReceived, times: DueTimes, unit: UnitOfWork) -> None:
    """Keep and announce the inquiry; a form sent twice is one inquiry."""
    kept = unit.get(INQUIRIES, asked.inquiry_id)
    if kept is None:
        unit.put(INQUIRIES, Inquiry(inquiry_id=asked.inquiry_id, form=form))
    elif says_nothing_new(kept, asked.model_dump()):
        return
    event = unit.announce(asked)
    with unit.working_on(event.cause):
        take_inquiry(event, unit, times=times)


def needs_of_story(inquiry_id: str) -> Iterable[Need]:
    """The inquiry, and what was asked of people about it."""
    yield INQUIRIES.one(inquiry_id)
    yield from needs_of_answering(inquiry_id)


def take_story(inquiry_id: str, story: str, times: DueTimes, unit: UnitOfWork) -> None:
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
    unit.put(INQUIRIES, told)
    tell_answerer(told, times, unit)


def _event(asked: InquiryReceived, cause: Cause, unit: ReadSoFar) -> Event[InquiryReceived]:
    return follow_up(cause, asked, service=unit.service, nth=1, time=unit.now)
