"""Something that worries about a client was told, or is over: are they at risk now?

Said once when they are, again when another reason joins, and once when they are not any more. What
the past is said to have been (an import) is kept and announced to nobody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.feedback.domain.concern import recovery_id_for
from services.feedback.domain.retention_risk import (
    EVERYTHING,
    Reason,
    Risk,
    RiskRules,
    Signal,
    active,
    begun,
    ended,
    reasons_of,
)
from services.feedback.domain.score import AS_SHIPPED, Unhappy, unhappy_about
from services.feedback.ports import RISKS
from shared.contracts.commitments import CommitmentMissed
from shared.contracts.concerns import ConcernClosed, ConcernOpened
from shared.contracts.envelope import Event
from shared.contracts.feedback import FeedbackSubmitted, ServiceRecoveryResolved
from shared.contracts.firm import ClientContactLogged, MatterClosed
from shared.contracts.reminders import ContactGapDetected
from shared.contracts.scorecards import RetentionRiskCleared, RetentionRiskRaised
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Change = Callable[[Risk], Risk]


def client_of(event: Event[Any]) -> str | None:
    """Whom the event is about."""
    if isinstance(event.data, CommitmentMissed):
        return event.data.about.client_id
    return getattr(event.data, "client_id", None)


def needs_of_worrying(event: Event[Any], _: ReadSoFar) -> Iterable[Need]:
    """What worries about the client so far."""
    client_id = client_of(event)
    if client_id is not None:
        yield RISKS.one(client_id)


def needs_of_risk(client_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The same, of a client by their id."""
    yield RISKS.one(client_id)


@dataclass(frozen=True, slots=True)
class WorrySteps:
    """The steps, over the firm's rules."""

    rules: RiskRules
    unhappy: Unhappy = AS_SHIPPED

    def gap(self, event: Event[ContactGapDetected], unit: UnitOfWork) -> None:
        """Nobody was in touch for long; a further silence of the same matter is no news."""
        about = event.data.matter_id or ""
        self._begin(event, "no-contact", about, event.data.matter_id, event.time, unit)

    def contact(self, event: Event[ClientContactLogged], unit: UnitOfWork) -> None:
        """Somebody of the firm was in touch: about this matter, or about all."""
        told = event.data
        if told.direction == "out" or told.two_way:
            about = EVERYTHING if told.matter_id is None else told.matter_id
            self._change(event, lambda risk: ended(risk, "no-contact", about, told.at), unit)

    def matter_closed(self, event: Event[MatterClosed], unit: UnitOfWork) -> None:
        """Of a matter that is over nobody is kept waiting for a word."""
        about = event.data.matter_id
        self._change(event, lambda risk: ended(risk, "no-contact", about, event.time), unit)

    def answer(self, event: Event[FeedbackSubmitted], unit: UnitOfWork) -> None:
        """An unhappy answer worries; one that was changed for the better does not."""
        told, about = event.data, recovery_id_for(event.data.survey_id)
        if unhappy_about(told.score, told.satisfaction, told.ease, limits=self.unhappy):
            self._begin(event, "low-score", about, told.matter_id, event.time, unit)
        else:
            self._change(event, lambda risk: ended(risk, "low-score", about, event.time), unit)

    def recovered(self, event: Event[ServiceRecoveryResolved], unit: UnitOfWork) -> None:
        """It was made right, and the client knows. Where they do not, it goes on."""
        if event.data.client_told:
            about = event.data.recovery_id
            self._change(event, lambda risk: ended(risk, "low-score", about, event.time), unit)

    def missed(self, event: Event[CommitmentMissed], unit: UnitOfWork) -> None:
        """Something owed to them was not done in time."""
        told = event.data
        about, matter_id = told.commitment_id, told.about.matter_id
        self._begin(event, "commitment-missed", about, matter_id, told.at, unit)

    def concern_opened(self, event: Event[ConcernOpened], unit: UnitOfWork) -> None:
        """A complaint or a dispute is open; a recovery is its unhappy answer."""
        told = event.data
        if told.kind != "recovery":
            about, matter_id = told.concern_id, told.matter_id
            self._begin(event, "concern-open", about, matter_id, event.time, unit)

    def concern_closed(self, event: Event[ConcernClosed], unit: UnitOfWork) -> None:
        """It has an outcome; with that, an unhappy answer it began with, once the client knows."""
        told = event.data

        def change(risk: Risk) -> Risk:
            risk = ended(risk, "concern-open", told.concern_id, event.time)
            if told.client_told:
                risk = ended(risk, "low-score", told.concern_id, event.time)
            return risk

        self._change(event, change, unit)

    def look_again(self, client_id: str, unit: UnitOfWork) -> bool:
        """Some reasons count for a time only: is this client at risk still? Whether it is news."""
        risk = unit.get(RISKS, client_id)
        if risk is None or not risk.raised:
            return False
        signals = active(risk, self.rules, unit.now)
        reasons = reasons_of(signals, self.rules)
        if reasons == risk.raised:
            return False
        unit.put(RISKS, self._say(risk, reasons, signals, unit))
        return True

    def _begin(
        self,
        event: Event[Any],
        reason: Reason,
        about: str,
        matter_id: str | None,
        at: datetime,
        unit: UnitOfWork,
    ) -> None:
        signal = Signal(began_at=at, matter_id=matter_id, msg_id=event.msg_id)
        self._change(event, lambda risk: begun(risk, reason, about, signal), unit)

    def _change(self, event: Event[Any], change: Change, unit: UnitOfWork) -> None:
        client_id = client_of(event)
        if client_id is None:
            return
        before = unit.get(RISKS, client_id) or Risk(client_id=client_id)
        after = change(before)
        signals = active(after, self.rules, unit.now)
        reasons = reasons_of(signals, self.rules)
        if not event.history and reasons != before.raised:
            after = self._say(after, reasons, signals, unit)
        if after != before:
            unit.put(RISKS, after)

    def _say(
        self,
        risk: Risk,
        reasons: tuple[str, ...],
        signals: list[tuple[str, Signal]],
        unit: UnitOfWork,
    ) -> Risk:
        joined = set(reasons) - set(risk.raised)
        if joined:
            matter_id = next((each.matter_id for _, each in signals if each.matter_id), None)
            unit.announce(
                RetentionRiskRaised(
                    client_id=risk.client_id, matter_id=matter_id, reasons=reasons, at=unit.now
                )
            )
        elif not reasons:
            left = tuple(sorted({reason for reason, _ in signals}))
            unit.announce(RetentionRiskCleared(client_id=risk.client_id, reasons=left, at=unit.now))
        since = risk.raised_at if risk.raised else unit.now
        return replace(risk, raised=reasons, raised_at=since if reasons else None)
