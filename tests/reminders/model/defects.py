"""Deliberate defects: each takes one rule out of the product, so that the machine must notice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from services.reminders.domain import gate, subject
from services.reminders.domain.card import Card
from services.reminders.workflow import hand_over_outcomes, message_facts
from services.reminders.workflow.hand_over_outcomes import send_again
from services.reminders.workflow.messages_due import MessageSteps
from shared.engine.due_work import DueWork
from tests.reminders.model.stores import KeptInMemory

WORKFLOW, DOMAIN = "services.reminders.workflow", "services.reminders.domain"
Defect = AbstractContextManager[Any]

judge_quiet, facts_of, commit = gate.opens_at, message_facts._facts, KeptInMemory.commit


def without_gate(name: str) -> Defect:
    """One question is never asked."""
    return patch.dict(gate.QUESTIONS, {name: lambda *_: gate.PASS})


def _again(_: Any, contact: Any, unit: Any) -> None:
    send_again(contact, unit)


def _second_of_two(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _quiet_where_the_firm_is(
    card: Card, policy: Any, now: datetime, by: str | None = None
) -> datetime | None:
    return judge_quiet(replace(card, timezone=None), policy, now, by)


def _no_address_is_suppressed(*asked: Any) -> Any:
    return replace(facts_of(*asked), address_suppressed=False)


async def _whoever_is_last(kept: KeptInMemory, unit: Any, *more: Any) -> None:
    for entry in unit.changes():
        entry.version = kept.version_of(entry.kind, entry.key)
    await commit(kept, unit, *more)


async def _no_hurry(*_: Any) -> float:
    return float("inf")


async def _at_once(_: Any, found: Any, *__: Any) -> Any:
    return list(found)


def _last_heard(
    self: subject.Subject, event: Any, heard_at: datetime | None = None
) -> subject.Subject:
    kept = {name: fact for name, fact in self.facts.items() if name != event.type}
    return heard(replace(self, facts=kept), event, heard_at)


heard = subject.Subject.with_event


def _taken_for_dead(self: MessageSteps, contact: Any, unit: Any) -> None:
    hand_over_outcomes.lost_sight_of(self.config, contact, "crash", unit)


def _nothing_else(*_: Any) -> list[Any]:
    return []


DEFECTS: dict[str, Callable[[], Defect]] = {
    "what is to be held is sent again": lambda: patch(
        f"{WORKFLOW}.hand_over_outcomes.ask_what_became_of_it", _again
    ),
    "a message goes though it is of no use any more": lambda: without_gate("validity"),
    "a message goes though it was cancelled": lambda: without_gate("subject"),
    "a cancellation older than its appointment is forgotten": lambda: patch.object(
        subject.Subject, "_ended_unseen", lambda *_: False
    ),
    "the second of two nights' hours is meant": lambda: patch(
        f"{DOMAIN}.schedule.from_wall", _second_of_two
    ),
    "quiet hours are the firm's": lambda: patch(
        f"{DOMAIN}.gate.opens_at", _quiet_where_the_firm_is
    ),
    "quiet hours are ignored": lambda: without_gate("quiet-hours"),
    "a withdrawal is ignored": lambda: without_gate("consent"),
    "a hold is ignored": lambda: without_gate("outbound"),
    "asks follow one another": lambda: without_gate("cap"),
    "an address that refused is written to": lambda: patch(
        f"{WORKFLOW}.message_facts._facts", _no_address_is_suppressed
    ),
    "a moved appointment leaves the old reminders": lambda: patch(
        f"{DOMAIN}.planning._settle_unwanted", lambda *_: None
    ),
    "whoever commits last is right": lambda: patch.object(KeptInMemory, "commit", _whoever_is_last),
    "a sender that slept goes on": lambda: patch("shared.engine.hand_over.begin_until", _no_hurry),
    "who sleeps is taken for dead": lambda: patch.object(
        MessageSteps, "_someone_was_at_it", _taken_for_dead
    ),
    "timers run ahead of the stream": lambda: patch.object(
        DueWork, "_not_ahead_of_the_stream", _at_once
    ),
    "the last heard holds, not the last said": lambda: patch.object(
        subject.Subject, "with_event", _last_heard
    ),
    "a whole ladder of reminders goes at once": lambda: patch(
        f"{WORKFLOW}.message_facts.overtaken", lambda *_: False
    ),
    "each message goes in a letter of its own": lambda: patch(
        f"{WORKFLOW}.messages_due.others_for", _nothing_else
    ),
    "what can wait does not wait for the next letter": lambda: without_gate("letter"),
    "of a letter only the message that carries it is recorded": lambda: patch(
        f"{WORKFLOW}.hand_over_outcomes.carried_by", _nothing_else
    ),
}
