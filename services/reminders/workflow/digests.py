"""A person chose when their digest comes, or it is due, or it was handed over: what follows?

Falling due puts it into this process's hands. The desk is asked, and the message handed over, right
after that is committed; should the process end in between, that day has no digest rather than two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.digest import (
    Digest,
    State,
    again,
    chosen,
    done_for_the_day,
    handing_over,
)
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.outbound import SWITCH, Outbound, Suppression
from services.reminders.domain.schedule import Closed
from services.reminders.ports import DIGESTS, OUTBOUND, SUPPRESSIONS
from services.reminders.workflow.firm_config import FirmConfig
from shared.channels import HAND_OVER_TIME, Outcome, Result
from shared.contracts.desk import StaffDigestSet
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NO_CLIENT = ""  # whose refused address is a staff member's: kept under the firm's own key


@dataclass(frozen=True)
class DigestSteps:
    """The steps of everybody's digest, over the firm's calendar."""

    config: FirmConfig

    def needs_of_hearing(self, event: Event[StaffDigestSet], _: ReadSoFar) -> Iterator[Need]:
        """The person's digest."""
        yield DIGESTS.one(event.data.staff_id)

    def hear(self, event: Event[StaffDigestSet], unit: UnitOfWork) -> None:
        """Plan the next one by what the person chose last."""
        said = event.data
        before = unit.get(DIGESTS, said.staff_id) or Digest(staff_id=said.staff_id)
        after = chosen(before, said.at, said.timezone, event.stamp, self._closed, unit.now)
        if after != before:
            unit.put(DIGESTS, after)

    def needs(self, _digest: Digest, _unit: ReadSoFar) -> Iterator[Need]:
        """Whether anything goes out at all."""
        yield OUTBOUND.one(SWITCH)

    def step(self, digest: Digest, unit: UnitOfWork) -> None:
        """It is due: take it in hand, let it wait, or let that day go by."""
        now, outbound = unit.now, unit.get(OUTBOUND, SWITCH) or Outbound()
        if digest.state is State.HANDING_OVER:
            after = self._someone_was_at_it(digest, unit)
        elif not digest.is_of_use(now):
            after = done_for_the_day(digest, "missed", self._closed, now)
        elif outbound.held:
            after = again(digest, "held", self._closed, now)
        elif self.config.sample_settings:
            after = again(digest, "sample-values", self._closed, now)
        else:
            after = handing_over(digest, self.config.sender, now, now + HAND_OVER_TIME)
        unit.put(DIGESTS, after)

    def needs_of_recording(self, digest: Digest) -> Iterator[Need]:
        """The digest as it is by then."""
        yield DIGESTS.one(digest.staff_id)

    def record_outcome(
        self, digest: Digest, outcome: Outcome, address: str | None, unit: UnitOfWork
    ) -> None:
        """Record what became of it, unless it has left this sender's hands meanwhile."""
        current = unit.get(DIGESTS, digest.staff_id)
        if current is None or not self.is_in_hand(current):
            return
        if outcome.result is Result.REFUSED and address is not None:
            unit.add(SUPPRESSIONS, _refused(current, address, outcome, unit))
        unit.put(DIGESTS, self._after(current, outcome, unit))

    def is_in_hand(self, digest: Digest) -> bool:
        """Whether this very process is handing it over."""
        return digest.state is State.HANDING_OVER and digest.handed_by == self.config.sender

    def _after(self, digest: Digest, outcome: Outcome, unit: UnitOfWork) -> Digest:
        result, reason = outcome.result, outcome.reason or outcome.result.value
        match result:
            case Result.NOT_TRIED:
                return replace(digest, state=State.WAITING, due_at=unit.now, handed_by=None)
            case Result.RETRY:
                return again(digest, reason, self._closed, unit.now)
            case Result.HANDED_OVER | Result.UNKNOWN:  # it came, or may have come
                return done_for_the_day(digest, result.value, self._closed, unit.now, went=True)
        return done_for_the_day(digest, reason, self._closed, unit.now)

    def _someone_was_at_it(self, digest: Digest, unit: UnitOfWork) -> Digest:
        until = digest.hand_over_until
        if until is None or self.config.has_let_go(digest.handed_by, until, unit.now):
            unknown = Result.UNKNOWN.value
            return done_for_the_day(digest, unknown, self._closed, unit.now, went=True)
        return replace(digest, due_at=until)

    @property
    def _closed(self) -> Closed:
        return self.config.firm.calendar.days.is_closed


def needs_of_address(address: str) -> Iterator[Need]:
    """Whether this address has refused us for good."""
    yield SUPPRESSIONS.by("address", normal_address(address))


def refuses(address: str, unit: UnitOfWork) -> bool:
    """Whether this address has refused us for good."""
    return bool(unit.find(SUPPRESSIONS, "address", normal_address(address)))


def _refused(digest: Digest, address: str, outcome: Outcome, unit: UnitOfWork) -> Suppression:
    return Suppression(
        suppression_id=derived_id("s", digest.number),
        client_id=NO_CLIENT,
        address=normal_address(address),
        reason=outcome.reason or "refused",
        at=unit.now,
    )
