"""How is a message on its way told: why, when, in which words, and what speaks against it?"""

from datetime import datetime
from typing import Literal

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.gate import Judgement, judge
from services.reminders.domain.outgoing import OutgoingDecision
from services.reminders.domain.playbook import MessageClass
from services.reminders.domain.rule_sentences import sentence_for
from services.reminders.domain.staff_hold import MATTER, MESSAGE, StaffHold
from services.reminders.domain.subject import Subject
from services.reminders.domain.wording import Worded, WordingError, redacted, without_foot
from services.reminders.workflow.contact_events import text_of
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.message_facts import Asked, ask
from services.reminders.workflow.message_words import word
from services.reminders.workflow.outgoing_messages import Outgoing
from shared.contracts.outgoing import (
    DecisionTold,
    GateTold,
    HoldTold,
    LetterWaitingTold,
    MessageTold,
)
from shared.state.unit_of_work import UnitOfWork


def message_told(config: FirmConfig, message: Outgoing, unit: UnitOfWork) -> MessageTold:
    """One message, judged for its moment by what is known now, and worded as it would be now."""
    timer, moment = message.timer, message.moment(unit.now)
    asked = ask(config, message.contact, unit, moment)
    contact = asked.contact
    judgement = judge(contact, asked.facts, config.policy)
    worded = _worded(config, asked, unit)
    hold = asked.card.hold_over(timer.occurrence_id, message.matter_id) if asked.card else None
    return MessageTold(
        occurrence_id=timer.occurrence_id,
        rule_id=contact.rule_id,
        rule_version=contact.rule_version,
        rule=sentence_for(message.rule),
        event_id=contact.event_id,
        event_type=_event_type(asked.subject, contact.event_id),
        purpose=contact.purpose,
        message_class=contact.message_class.value,
        channel=contact.channel,
        state=_state(message),
        due_at=contact.due_at.isoformat(),
        zone=(asked.card.timezone if asked.card else None) or config.policy.zone,
        before=_iso(contact.valid_until),
        moved=timer.moved or contact.reason == "moved-by-staff",
        matter_id=message.matter_id,
        gates=_gates(judgement),
        verdict=judgement.verdict,
        reason=judgement.reason,
        text=text_of(judgement.reason) if judgement.reason else None,
        until=_iso(judgement.until),
        hold=hold_told(*hold) if hold is not None else None,
        subject_line=worded.subject_line if worded else None,
        words=redacted(without_foot(worded.text)) if worded else None,
        required=contact.message_class is MessageClass.LEGAL,
    )


def letter_told(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> LetterWaitingTold:
    """A letter as it was approved, and what keeps it from going now."""
    asked = ask(config, contact, unit, max(contact.due_at, unit.now))
    judgement = judge(contact, asked.facts, config.policy)
    return LetterWaitingTold(
        letter_id=contact.letter_for_approval or "",
        letter=contact.template,
        channel=contact.channel,
        due_at=contact.due_at.isoformat(),
        zone=(asked.card.timezone if asked.card else None) or config.policy.zone,
        matter_id=contact.ids.get("matter_id"),
        gates=_gates(judgement),
        verdict=judgement.verdict,
        reason=judgement.reason,
        text=text_of(judgement.reason) if judgement.reason else None,
        until=_iso(judgement.until),
        subject_line=contact.subject_line,
        words=redacted(contact.text) if contact.text else None,
        in_hand=contact.state is State.HANDING_OVER,
    )


def hold_told(place: str, hold: StaffHold) -> HoldTold:
    """A hold, and what it is of."""
    of: dict[str, str] = {"scope": "client"}
    if place.startswith(MATTER):
        of = {"scope": "matter", "matter_id": place.removeprefix(MATTER)}
    elif place.startswith(MESSAGE):
        of = {"scope": "message", "occurrence_id": place.removeprefix(MESSAGE)}
    said = {"by": hold.by, "at": hold.at.isoformat(), "why": hold.why}
    return HoldTold.model_validate(of | said)


def decision_told(decision: OutgoingDecision) -> DecisionTold:
    """A decision that was made."""
    return DecisionTold.model_validate(
        {
            "decision_id": decision.decision_id,
            "do": decision.do,
            "scope": decision.scope,
            "by": decision.by,
            "at": decision.at.isoformat(),
            "why": decision.why,
            "count": decision.count,
            "matter_id": decision.matter_id,
            "purpose": decision.purpose,
            "move_to": _iso(decision.move_to),
        }
    )


def _worded(config: FirmConfig, asked: Asked, unit: UnitOfWork) -> Worded | None:
    """None where a word is missing now."""
    if asked.rule is None or asked.subject is None or asked.card is None:
        return None
    try:
        return word(config, asked.contact, asked.rule, asked.subject, asked.card, unit)
    except WordingError:
        return None


def _gates(judgement: Judgement) -> list[GateTold]:
    return [
        GateTold(
            gate=each.gate,
            verdict=each.verdict,
            reason=each.reason,
            text=text_of(each.reason) if each.reason else None,
        )
        for each in judgement.gates
    ]


def _state(message: Outgoing) -> Literal["planned", "waiting", "in-hand"]:
    if message.planned:
        return "planned"
    return "in-hand" if message.contact.state is State.HANDING_OVER else "waiting"


def _event_type(subject: Subject | None, event_id: str) -> str | None:
    facts = subject.facts.values() if subject is not None else ()
    return next((fact.type for fact in facts if fact.event_id == event_id), None)


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
