"""Somebody has a test mail sent to themselves, it goes, it is read back: what follows?

It goes the way of every message, so that what is found is true of them; while everything is held
back, or with a sample as sender, it does not go either. Of a mail that is read back nothing is kept
but what the receiving server says of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.authentication_results import fields_of
from services.reminders.domain.incoming_mail import IncomingMail, message_in
from services.reminders.domain.mail_address import UnusableAddressError, read_address
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.outbound import SWITCH, Outbound
from services.reminders.domain.sender_check import (
    NAME,
    SenderCheck,
    State,
    again,
    asked,
    done,
    in_hand,
    is_of,
    one_mailbox,
    read_back,
)
from services.reminders.domain.sender_check import after as after_outcome
from services.reminders.domain.sender_findings import look_at
from services.reminders.ports import OUTBOUND, SENDER_CHECKS
from services.reminders.workflow.firm_config import FirmConfig
from shared.channels import HAND_OVER_TIME, Outcome, Result
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

MARK, MESSAGE_ID = "x-entity-ref-id", "message-id"


@dataclass(frozen=True)
class SenderSteps:
    """The steps of the test mail."""

    config: FirmConfig

    def needs_of_asking(self, _: ReadSoFar) -> Iterator[Need]:
        """The last test mail; whether anything goes out at all."""
        yield SENDER_CHECKS.one(NAME)
        yield OUTBOUND.one(SWITCH)

    def ask(
        self, request_id: str, by: str, address: str, language: str, unit: UnitOfWork
    ) -> SenderCheck:
        """One is to go to this address; RuleError where none can."""
        number, before = derived_id("e", request_id), kept_in(unit)
        if before.number == number:
            return before
        if self.config.sample_settings:
            raise RuleError(
                "No mail goes as long as the firm's name or address is a sample. "
                "Say the firm's own first.",
                code="sample-values",
            )
        if (unit.get(OUTBOUND, SWITCH) or Outbound()).held:
            raise RuleError("All messages are held back just now. Release them first.", code="held")
        try:
            to = read_address(one_mailbox(address)).text
        except UnusableAddressError:
            raise RuleError(
                "Write one e-mail address, like office@firm.example.", code="no-address",
                field="address",
            ) from None  # fmt: skip
        check = asked(before, number, by, to, language, unit.now)
        unit.put(SENDER_CHECKS, check)
        return check

    def needs(self, _check: SenderCheck, _unit: ReadSoFar) -> Iterator[Need]:
        """Whether anything goes out at all."""
        yield OUTBOUND.one(SWITCH)

    def step(self, check: SenderCheck, unit: UnitOfWork) -> None:
        """It is due: take it in hand, or say why it does not go."""
        now, outbound = unit.now, unit.get(OUTBOUND, SWITCH) or Outbound()
        if check.state is State.HANDING_OVER:
            moved = self._someone_was_at_it(check, unit)
        elif outbound.held:
            moved = again(check, "held", now)
        elif self.config.sample_settings:
            moved = done(check, "sample-values", now)
        else:
            moved = in_hand(check, self.config.sender, now, now + HAND_OVER_TIME)
        unit.put(SENDER_CHECKS, moved)

    def needs_of_recording(self) -> Iterator[Need]:
        """The test mail as it is by then."""
        yield SENDER_CHECKS.one(NAME)

    def record_outcome(self, check: SenderCheck, outcome: Outcome, unit: UnitOfWork) -> None:
        """Record what became of it, unless it has left this sender's hands meanwhile."""
        current = unit.get(SENDER_CHECKS, NAME)
        if current is not None and current.number == check.number and self.is_in_hand(current):
            unit.put(SENDER_CHECKS, after_outcome(current, outcome, unit.now))

    def is_in_hand(self, check: SenderCheck) -> bool:
        """Whether this very process is handing it over."""
        return check.state is State.HANDING_OVER and check.handed_by == self.config.sender

    def read_copy(self, source: str, by: str, unit: UnitOfWork) -> SenderCheck:
        """Somebody copied the source of the mail that arrived; RuleError where it is another."""
        check, fields = kept_in(unit), fields_of(source)
        said = {name.lower(): value for name, value in reversed(fields)}
        domain = self.config.mail_way.address.rpartition("@")[2]
        marks = (
            said.get(MARK, "").strip(),
            message_in(said.get(MESSAGE_ID, ""), domain) or "",
        )
        if not is_of(check, marks):
            raise RuleError(
                "This is not the source of the last test mail. In the mail program choose show "
                "original, view source or message headers, and copy all of it.",
                code="another-mail",
                field="source",
            )
        return self._read(check, fields, by, unit)

    def take_in(self, mail: IncomingMail, unit: UnitOfWork) -> None:
        """A mail came to the firm's mailbox: it may be the test mail."""
        check = kept_in(unit)
        if is_of(check, mail.marks):
            self._read(check, mail.judged_by, "", unit)

    def _read(
        self, check: SenderCheck, fields: list[tuple[str, str]] | tuple[tuple[str, str], ...],
        by: str, unit: UnitOfWork,
    ) -> SenderCheck:  # fmt: skip
        found = read_back(
            check, look_at(fields, self.config.mail_way.address), by, self.config.mail_way, unit.now
        )
        if found.state is not State.DONE:  # it has arrived, whatever the server answered
            found = done(found, Result.HANDED_OVER.value, unit.now)
        unit.put(SENDER_CHECKS, found)
        return found

    def _someone_was_at_it(self, check: SenderCheck, unit: UnitOfWork) -> SenderCheck:
        until = check.hand_over_until
        if until is None or self.config.has_let_go(check.handed_by, until, unit.now):
            return done(check, Result.UNKNOWN.value, unit.now)
        return replace(check, due_at=until)


def kept_in(unit: UnitOfWork) -> SenderCheck:
    """The last test mail and what was found; none yet is nothing known."""
    return unit.get(SENDER_CHECKS, NAME) or SenderCheck()
