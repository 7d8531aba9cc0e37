"""A letter to somebody who asked for help went, or did not: what follows?

Once they know that the firm does not act, nothing is kept but the names. Where a letter did not go
that a person decided to send, that person is asked to write themselves; where only the receipt or
the question after the address did not, that is noted. What went may come back days later: then it
did not arrive.
"""

from collections.abc import Iterable

from services.intake.domain.correspondence import (
    arrived,
    did_not_arrive,
    letter_of,
    may_still_fail,
)
from services.intake.domain.inquiries import Inquiry, LetterFate, WrittenLetter
from services.intake.ports import INQUIRIES, FirmConfig
from services.intake.workflow import answering, declining
from services.intake.workflow.moving import keep_inquiry
from shared.contracts.envelope import Event
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NotSent = InquirerLetterFailed | InquirerLetterUnknown


def needs_of_letter(
    event: Event[InquirerLetterSent] | Event[NotSent], _: ReadSoFar
) -> Iterable[Need]:
    """The inquiry, and what was asked of people about it."""
    yield INQUIRIES.one(event.data.inquiry_id)
    yield from answering.needs_of_answering(event.data.inquiry_id)


def take_sent(event: Event[InquirerLetterSent], unit: UnitOfWork) -> None:
    """It went: note it; told that the firm does not act, how to reach them is kept no longer."""
    found = _letter_of(event.data, "sent", unit)
    if found is not None:
        keep_inquiry(arrived(*found, event.data.at), unit)


def take_not_sent(config: FirmConfig, event: Event[NotSent], unit: UnitOfWork) -> None:
    """It did not go, or nobody knows: note why, and ask who decided it to write themselves."""
    data = event.data
    fate: LetterFate = "failed" if isinstance(data, InquirerLetterFailed) else "unknown"
    found = _letter_of(data, fate, unit)
    if found is None:
        return
    inquiry, written = found
    after = did_not_arrive(
        inquiry, written, fate, data.text, data.at, unusable=bool(data.address_unusable)
    )
    keep_inquiry(after, unit)
    if written.letter == "declined" and after.refused and after.letter is None:
        declining.ask_to_write_yourself(config, after, written, data.text, unit)
    elif written.letter == "invitation":
        answering.ask_to_write_yourself(config, after, written, data.text, unit)


def _letter_of(
    data: InquirerLetterSent | NotSent, fate: LetterFate, unit: UnitOfWork
) -> tuple[Inquiry, WrittenLetter] | None:
    """The inquiry and its letter, unless what became of it is known already."""
    inquiry = unit.get(INQUIRIES, data.inquiry_id)
    if inquiry is None:
        return None
    written = letter_of(inquiry, data.letter_id)
    if written is None:  # nobody decided it: the question whether the address is theirs
        written = WrittenLetter(letter_id=data.letter_id, letter=data.letter, at=data.at)
    return (inquiry, written) if may_still_fail(written, fate) else None
