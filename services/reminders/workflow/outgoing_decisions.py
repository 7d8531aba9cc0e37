"""Somebody of the firm holds, releases, skips, sends or moves what goes out next: what follows?

Of several messages each is asked about by itself: those a rule keeps as they are are named, the
others follow the decision. Asked again under the same id, nothing is done again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from services.reminders.domain import outgoing as rules
from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact, State
from services.reminders.domain.gate import Facts, judge
from services.reminders.domain.last_moments import last_moment, moved_to
from services.reminders.domain.occurrence import State as Timer
from services.reminders.domain.outgoing import Left, OutgoingDecision
from services.reminders.domain.playbook import LetterRule
from services.reminders.domain.staff_hold import MESSAGE, StaffHold, place_of
from services.reminders.ports import CARDS, CONTACTS, OUTGOING_DECISIONS, TIMERS
from services.reminders.workflow.arming import wake
from services.reminders.workflow.contact_events import announce_contact, announce_planned, text_of
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letter_drafts import wanted_by_rule
from services.reminders.workflow.message_facts import ask
from services.reminders.workflow.outgoing_messages import (
    Outgoing,
    known_client,
    needs_of_outgoing,
    of_matter,
    outgoing_of,
)
from services.reminders.workflow.timers_due import put_on_its_way
from shared.contracts.reminders import ContactDeferred, ContactPlanChanged, ContactSuppressed
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NOT_THERE = "This message is not on its way any more: it went, or nothing wants it now."


@dataclass(frozen=True)
class OutgoingSteps:
    """The step for such a decision, over the firm's playbooks and policy."""

    config: FirmConfig

    def needs(self, decision: OutgoingDecision, unit: ReadSoFar) -> Iterator[Need]:
        """The decision itself, everything on its way to the client, and what waits for them."""
        yield OUTGOING_DECISIONS.one(decision.decision_id)
        yield CONTACTS.by("waiting", f"card:{decision.client_id}")
        yield from needs_of_outgoing(self.config, decision.client_id, unit)

    def decide(self, decision: OutgoingDecision, unit: UnitOfWork) -> OutgoingDecision:
        """Do it, as far as the rules allow; what was done, and what was left alone.

        RuleError where nothing of it can be done.
        """
        before = unit.get(OUTGOING_DECISIONS, decision.decision_id)
        if before is not None:
            return before
        card = known_client(decision.client_id, unit)
        if card is None:
            raise RuleError("No client of this id is known.", code="unknown-client")
        on_their_way = outgoing_of(self.config, decision.client_id, unit)
        messages = _chosen(decision, on_their_way)
        _forget_old_holds(card, on_their_way, unit)
        done = self._do(decision, messages, unit)
        unit.add(OUTGOING_DECISIONS, done)
        _say(done, unit)
        return done

    def _do(
        self, decision: OutgoingDecision, messages: Sequence[Outgoing], unit: UnitOfWork
    ) -> OutgoingDecision:
        if decision.do == rules.RELEASE:
            return self._release(decision, messages, unit)
        if decision.do == rules.HOLD:
            return _hold(decision, messages, unit)
        steps: Mapping[str, Callable[[OutgoingDecision, Outgoing, UnitOfWork], None]] = {
            rules.SKIP: self._skip,
            rules.SEND_NOW: self._send_now,
            rules.MOVE: self._move,
        }
        step, left = steps[decision.do], list[Left]()
        for each in messages:
            try:
                step(decision, each, unit)
            except RuleError as no:
                if len(messages) == 1:
                    raise
                left.append(_left(each, no))
        if len(left) == len(messages):
            raise RuleError(_why_none(left), code=left[0].code if left else "nothing-planned")
        return _of(decision, messages, count=len(messages) - len(left), left=tuple(left))

    # -- for each message ----------------------------------------------------------------------

    def _skip(self, _: OutgoingDecision, message: Outgoing, unit: UnitOfWork) -> None:
        contact = message.contact
        rules.check_may_wait(contact, rules.SKIP)
        if message.planned:
            unit.put(TIMERS, message.timer.ended(Timer.DROPPED, "skipped-by-staff"))
            skipped = replace(contact, reason="skipped-by-staff")
        else:
            skipped = contact.to(State.SUPPRESSED, reason="skipped-by-staff")
            unit.put(CONTACTS, skipped)
        announce_contact(ContactSuppressed, skipped, unit)
        _release_one(message, unit)

    def _send_now(self, _: OutgoingDecision, message: Outgoing, unit: UnitOfWork) -> None:
        rules.check_not_in_hand(message.contact)
        own = place_of(occurrence_id=message.timer.occurrence_id)
        contact = replace(message.contact, due_at=unit.now, letter=LetterRule.OWN)
        if message.planned:
            contact = replace(contact, planned_for=unit.now)
        asked = ask(self.config, contact, unit)
        card = asked.card.with_hold(own, None) if asked.card else None
        self._check_gates(contact, replace(asked.facts, card=card))
        _release_one(message, unit)
        if not message.planned:
            contact = replace(message.contact.to(State.DUE, due_at=unit.now), letter=LetterRule.OWN)
            unit.put(CONTACTS, contact)
            return
        fired = replace(message.timer, state=Timer.FIRED, due_at=unit.now, moved=True,
                        contact_id=contact.contact_id)  # fmt: skip
        unit.put(TIMERS, fired)
        send = message.rule.send
        if send is not None and send.approve is not None:
            wanted_by_rule(message.rule, fired, contact.ids, unit)  # it still waits for people
            return
        put_on_its_way(contact, unit)

    def _move(self, decision: OutgoingDecision, message: Outgoing, unit: UnitOfWork) -> None:
        at, card = decision.move_to, unit.get(CARDS, decision.client_id)
        if at is None:
            raise RuleError("Say to which moment.", code="missing", field="move_to")
        rules.check_not_in_hand(message.contact)
        last = last_moment(message.rule, message.timer, card, self.config.firm)
        rules.check_moment(at, unit.now, last, ZoneInfo(self.config.firm.zone))
        timer = moved_to(message.rule, message.timer, at, card, self.config.firm)
        if message.planned:
            unit.put(TIMERS, timer)
            announce_planned([timer], message.contact.ids, unit)
            return
        waiting = message.contact.to(State.DEFERRED, reason="moved-by-staff", due_at=at)
        waiting = replace(waiting, valid_until=timer.valid_until)
        unit.put(CONTACTS, waiting)
        announce_contact(ContactDeferred, waiting, unit, until=at)

    def _check_gates(self, contact: Contact, facts: Facts) -> None:
        judgement = judge(contact, facts, self.config.policy)
        if judgement.verdict == "pass":
            return
        reason = judgement.reason or ""
        later = ""
        if judgement.until is not None and reason in ("quiet-hours", "cap"):
            zone = ZoneInfo(self.config.firm.zone)
            later = f" It may go from {rules.in_words(judgement.until, zone)} on: move it there."
        raise RuleError(f"It cannot go now. {text_of(reason)}{later}", code=reason)

    # -- holds ---------------------------------------------------------------------------------

    def _release(
        self, decision: OutgoingDecision, messages: Sequence[Outgoing], unit: UnitOfWork
    ) -> OutgoingDecision:
        card, place = unit.get(CARDS, decision.client_id), _place(decision)
        if card is None or place not in card.holds:
            raise RuleError("Nobody holds this back.", code="not-held")
        unit.put(CARDS, card.with_hold(place, None))
        for contact in unit.find(CONTACTS, "waiting", f"card:{decision.client_id}"):
            wake(contact, unit)
        return _of(decision, messages, count=len(messages))


def _hold(
    decision: OutgoingDecision, messages: Sequence[Outgoing], unit: UnitOfWork
) -> OutgoingDecision:
    card, place = unit.get(CARDS, decision.client_id), _place(decision)
    if card is None or place in card.holds:
        raise RuleError("This is held back already.", code="held")
    left = list[Left]()
    for each in messages:
        try:
            rules.check_may_wait(each.contact, rules.HOLD)
        except RuleError as no:
            if decision.scope == rules.MESSAGE:
                raise
            left.append(_left(each, no))
    hold = StaffHold(by=decision.by, at=unit.now, why=decision.why)
    unit.put(CARDS, card.with_hold(place, hold))
    return _of(decision, messages, count=len(messages) - len(left), left=tuple(left))


def _release_one(message: Outgoing, unit: UnitOfWork) -> None:
    """What is settled is not held any more."""
    card = unit.get(CARDS, message.contact.client_id)
    place = place_of(occurrence_id=message.timer.occurrence_id)
    if card is not None and place in card.holds:
        unit.put(CARDS, card.with_hold(place, None))


def _forget_old_holds(card: Card, messages: Sequence[Outgoing], unit: UnitOfWork) -> None:
    """Of messages that are not on their way any more."""
    there = {place_of(occurrence_id=each.timer.occurrence_id) for each in messages}
    old = [name for name in card.holds if name.startswith(MESSAGE) and name not in there]
    for name in old:
        card = card.with_hold(name, None)
    if old:
        unit.put(CARDS, card)


def _chosen(decision: OutgoingDecision, messages: Sequence[Outgoing]) -> list[Outgoing]:
    if decision.scope == rules.CLIENT:
        return list(messages)
    if decision.scope == rules.MATTER:
        return of_matter(messages, decision.matter_id)
    found = [each for each in messages if each.timer.occurrence_id == decision.occurrence_id]
    if not found:
        raise RuleError(NOT_THERE, code="not-planned", field="occurrence_id")
    return found


def _place(decision: OutgoingDecision) -> str:
    if decision.scope == rules.MESSAGE:
        return place_of(occurrence_id=decision.occurrence_id)
    return place_of(matter_id=decision.matter_id if decision.scope == rules.MATTER else None)


def _of(
    decision: OutgoingDecision, messages: Sequence[Outgoing], count: int,
    left: tuple[Left, ...] = (),
) -> OutgoingDecision:  # fmt: skip
    one = messages[0] if decision.scope == rules.MESSAGE else None
    return replace(
        decision,
        count=count,
        left=left,
        matter_id=one.matter_id if one else decision.matter_id,
        purpose=one.contact.purpose if one else None,
    )


def _left(message: Outgoing, no: RuleError) -> Left:
    return Left(occurrence_id=message.timer.occurrence_id, code=no.code, message=no.message)


def _why_none(left: Sequence[Left]) -> str:
    if not left:
        return "Nothing is on its way."
    return " ".join(dict.fromkeys(each.message for each in left))


def _say(done: OutgoingDecision, unit: UnitOfWork) -> None:
    """On the timeline, without the reason: that stays sealed here."""
    unit.announce(
        ContactPlanChanged.model_validate(
            {
                "decision_id": done.decision_id,
                "client_id": done.client_id,
                "matter_id": done.matter_id,
                "do": done.do,
                "scope": done.scope,
                "occurrence_id": done.occurrence_id,
                "purpose": done.purpose,
                "count": done.count,
                "move_to": done.move_to,
                "by": done.by,
                "at": done.at,
            }
        )
    )
