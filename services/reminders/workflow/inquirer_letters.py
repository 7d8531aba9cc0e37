"""A letter to somebody who asked for help is wanted, or due, or was handed over: what follows?

Intake words it; the owner of the link is asked for it at the hand-over. The switch that holds
everything back holds these too, and an address that refused the firm is not tried again. What
became of it is announced once: whoever decided that it goes has to hear where it did not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.inquirer_letter import (
    LOOK_AGAIN,
    Fate,
    InquirerLetter,
    State,
    done,
    is_too_late,
    put_off,
    taken_in_hand,
    tried_again,
)
from services.reminders.domain.inquirer_letter_words import (
    NOT_KNOWN,
    is_of_the_address,
    sentence_of,
)
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.outbound import SWITCH, Outbound, Suppression
from services.reminders.ports import INQUIRER_LETTERS, OUTBOUND, SUPPRESSIONS
from services.reminders.workflow.firm_config import FirmConfig
from shared.channels import Outcome, Result
from shared.contracts.envelope import Event
from shared.contracts.intake import InquirerLetterDue
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NO_CLIENT = ""


@dataclass(frozen=True)
class LetterSteps:
    """The steps of every letter to an inquirer."""

    config: FirmConfig

    def needs_of_hearing(self, event: Event[InquirerLetterDue], _: ReadSoFar) -> Iterator[Need]:
        """Whether it was heard before."""
        yield INQUIRER_LETTERS.one(event.data.letter_id)

    def hear(self, event: Event[InquirerLetterDue], unit: UnitOfWork) -> None:
        """Keep it until it went; a letter of the past is not written now."""
        data = event.data
        if event.history or unit.get(INQUIRER_LETTERS, data.letter_id) is not None:
            return
        letter = InquirerLetter(
            letter_id=data.letter_id,
            inquiry_id=data.inquiry_id,
            letter=data.letter,
            address=data.address,
            subject=data.subject,
            body=data.body,
            link=data.link or "",
            link_id=data.link_id or "",
            locale=data.locale,
            asked_at=event.time,
            due_at=unit.now,
        )
        unit.put(INQUIRER_LETTERS, letter)

    def needs(self, letter: InquirerLetter, _: ReadSoFar) -> Iterator[Need]:
        """Whether anything goes out at all, and whether this address ever refused us."""
        yield OUTBOUND.one(SWITCH)
        yield SUPPRESSIONS.by("address", normal_address(letter.address))

    def step(self, letter: InquirerLetter, unit: UnitOfWork) -> None:
        """It is due: take it in hand, let it wait, or let it be."""
        _keep(self._looked_at(letter, unit), unit)

    def needs_of_recording(self, letter: InquirerLetter) -> Iterator[Need]:
        """The letter as it is by then."""
        yield INQUIRER_LETTERS.one(letter.letter_id)

    def record_outcome(self, letter: InquirerLetter, outcome: Outcome, unit: UnitOfWork) -> None:
        """Record what became of it, unless it has left this sender's hands meanwhile."""
        current = unit.get(INQUIRER_LETTERS, letter.letter_id)
        if current is None or not self.is_in_hand(current):
            return
        if outcome.result is Result.REFUSED and current.address:
            unit.add(SUPPRESSIONS, _refused(current, outcome, unit))
        _keep(_after(current, outcome, unit), unit)

    def is_in_hand(self, letter: InquirerLetter) -> bool:
        """Whether this very process is handing it over."""
        return letter.state is State.HANDING_OVER and letter.handed_by == self.config.sender

    def _looked_at(self, letter: InquirerLetter, unit: UnitOfWork) -> InquirerLetter:
        now, outbound = unit.now, unit.get(OUTBOUND, SWITCH) or Outbound()
        if letter.state is State.HANDING_OVER:
            until = letter.hand_over_until
            if until is not None and not self.config.has_let_go(letter.handed_by, until, now):
                return replace(letter, due_at=until)
            # it may have come: never twice
            return done(letter, Fate.UNKNOWN, Result.UNKNOWN.value)
        if not letter.address:
            return done(letter, Fate.FAILED, "erased")
        if is_too_late(letter, now):
            return done(letter, Fate.FAILED, "too-late")
        if unit.find(SUPPRESSIONS, "address", normal_address(letter.address)):
            return done(letter, Fate.FAILED, "address-refused")
        if outbound.held or self.config.sample_settings:
            return put_off(letter, "held", now + LOOK_AGAIN)
        return taken_in_hand(letter, self.config.sender, now)


def come_back(letter: InquirerLetter, reason: str, unit: UnitOfWork) -> None:
    """It had been handed over and came back: say that it did not arrive, once.

    The address is no longer kept here; whoever worded the letter knows whose it was.
    """
    if letter.fate in (Fate.SENT, Fate.UNKNOWN):
        _keep(replace(letter, fate=Fate.FAILED, outcome=reason), unit)


def _after(letter: InquirerLetter, outcome: Outcome, unit: UnitOfWork) -> InquirerLetter:
    reason = outcome.reason or outcome.result.value
    match outcome.result:
        case Result.NOT_TRIED:
            return put_off(letter, reason, unit.now)
        case Result.RETRY:
            return tried_again(letter, reason, unit.now)
        case Result.HANDED_OVER:
            return done(letter, Fate.SENT, outcome.result.value)
        case Result.UNKNOWN:
            return done(letter, Fate.UNKNOWN, reason)
    return done(letter, Fate.FAILED, reason)


def _keep(letter: InquirerLetter, unit: UnitOfWork) -> None:
    """Keep the letter; once its fate is known, say so."""
    unit.put(INQUIRER_LETTERS, letter)
    if letter.fate is not None:
        unit.announce(_said(letter, letter.fate, unit))


def _said(
    letter: InquirerLetter, fate: Fate, unit: UnitOfWork
) -> InquirerLetterSent | InquirerLetterFailed | InquirerLetterUnknown:
    named = {
        "letter_id": letter.letter_id, "inquiry_id": letter.inquiry_id, "letter": letter.letter,
        "at": unit.now, "text_hash": letter.text_hash,
    }  # fmt: skip
    if fate is Fate.SENT:
        return InquirerLetterSent.model_validate(named)
    named["reason"] = letter.outcome
    if fate is Fate.UNKNOWN:
        return InquirerLetterUnknown.model_validate({**named, "text": NOT_KNOWN})
    named["text"] = sentence_of(letter.outcome)
    of_address = is_of_the_address(letter.outcome) or None
    return InquirerLetterFailed.model_validate({**named, "address_unusable": of_address})


def _refused(letter: InquirerLetter, outcome: Outcome, unit: UnitOfWork) -> Suppression:
    return Suppression(
        suppression_id=derived_id("s", letter.letter_id),
        client_id=NO_CLIENT,
        address=normal_address(letter.address),
        reason=outcome.reason or "refused",
        at=unit.now,
    )
