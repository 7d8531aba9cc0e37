"""What the firm owes has come about, changed, been done, or fallen due: what is kept and said?

Each commitment is met, missed or voided once. Before it is missed a person is asked to do it; that
task stays until it is done or not owed any more, also when it is too late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.reminders.domain.card import Card
from services.reminders.domain.commitments import (
    WITHDRAWN,
    Commitment,
    State,
    ask_at,
    standing,
    warnings_at,
)
from services.reminders.domain.next_try import in_words
from services.reminders.domain.playbook import Ask, Rule
from services.reminders.domain.subject import Subject
from services.reminders.ports import CARDS, COMMITMENTS, SUBJECTS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.tasks_for_staff import new_occasion
from shared.contracts.commitments import (
    CommitmentMade,
    CommitmentMet,
    CommitmentMissed,
    CommitmentVoided,
)
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, cancel_task, open_task, update_task

KIND = "commitment"
RAISED = {"low": "high", "normal": "high", "high": "urgent"}  # warned again, or missed
MISSED_TITLE = "Missed: {title}"
LATE_TEXT = "It was due on {day} and is not done."
WHOSE_TEXT = "By this rule: {source} ({edition})."


def needs_of_commitments(thread: str, unit: ReadSoFar) -> Iterator[Need]:
    """What is owed about a thing, and the tasks that ask for it."""
    yield COMMITMENTS.by("thread", thread)
    for each in unit.peek_all(COMMITMENTS, "thread", thread):
        if each.followed:
            yield TASKS.by("ref", each.commitment_id)


def follow(config: FirmConfig, subject: Subject, unit: UnitOfWork) -> None:
    """Bring what is owed about a thing into line with what is known now."""
    card = unit.get(CARDS, subject.client_id) if subject.client_id else None
    for rule in config.playbooks.per(subject.thread.partition(":")[0]):
        if rule.keep is not None:
            known = _latest(rule, subject.thread, unit)
            after = standing(rule, subject, card, known, config.firm.calendar, unit.now)
            if after is not None:
                keep_commitment(known, _about(after, rule, subject), card, unit)


def keep_commitment(
    before: Commitment | None, after: Commitment, card: Card | None, unit: UnitOfWork
) -> None:
    """Keep a commitment as it is now, say what is new about it, and take back a needless task."""
    same = before if before and before.commitment_id == after.commitment_id else None
    if after == same:
        return
    was = same.state if same is not None else State.OPEN
    if after.state is not was:
        after = replace(after, settled_at=unit.now)
    if same is None:
        unit.add(COMMITMENTS, after)
        if before is not None and before.followed:  # owed anew
            unit.put(COMMITMENTS, replace(before, over=True))
            if before.asked:
                _take_back(before, "due-anew", unit)
    else:
        unit.put(COMMITMENTS, after)
    if same is None or same.due_at != after.due_at:
        _say(CommitmentMade, after, after.made_at if same is None else unit.now, card, unit)
    if after.state is not was:
        _say(SAID[after.state], after, after.at or unit.now, card, unit)
    if same is not None and same.asked and not (after.asked and after.followed):
        _take_back(after, "due-later" if after.followed else after.state.value, unit)


@dataclass(frozen=True)
class CommitmentSteps:
    """The step for every commitment that needs attention, over the firm's playbooks."""

    config: FirmConfig

    def needs(self, commitment: Commitment, _: ReadSoFar) -> Iterator[Need]:
        """What it is about, its client, and its task."""
        yield SUBJECTS.one(commitment.thread)
        yield COMMITMENTS.by("thread", commitment.thread)
        yield TASKS.by("ref", commitment.commitment_id)
        if commitment.client_id is not None:
            yield CARDS.one(commitment.client_id)

    def step(self, commitment: Commitment, unit: UnitOfWork) -> None:
        """Ask somebody, or say that it is missed."""
        rule = self.config.playbooks.version(commitment.rule_id, commitment.rule_version)
        card = unit.get(CARDS, commitment.client_id) if commitment.client_id else None
        if rule is None or rule.keep is None or not self.config.playbooks.in_force(rule.rule_id):
            keep_commitment(commitment, commitment.voided(unit.now, WITHDRAWN), card, unit)
            return
        subject = unit.get(SUBJECTS, commitment.thread)
        current = commitment
        if subject is not None:
            calendar = self.config.firm.calendar
            current = standing(rule, subject, card, current, calendar, unit.now) or current
        late = current.state is State.OPEN and unit.now >= current.due_at
        if late:
            current = current.missed(unit.now)
        if current.followed and (late or unit.now >= current.ask_at):
            self._ask(rule.keep.ask, current, card, unit)
            current = current.warned(unit.now)
        keep_commitment(commitment, current, card, unit)

    def _ask(self, ask: Ask, owed: Commitment, card: Card | None, unit: UnitOfWork) -> None:
        late = owed.state is State.MISSED
        day = in_words(self.config.firm.calendar.day_of(owed.due_at))
        text = f"{ask.text} {LATE_TEXT.format(day=day)}" if late else ask.text
        why = Why(
            event_id=owed.event_id,
            rule_id=owed.rule_id,
            rule_version=owed.rule_version,
            text=f"{text} {WHOSE_TEXT.format(source=owed.source, edition=owed.edition)}",
        )
        title = MISSED_TITLE.format(title=ask.title) if late else ask.title
        again = late or (owed.asked and unit.now >= next(iter(owed.warnings), owed.due_at))
        priority = RAISED.get(ask.priority, ask.priority) if again else ask.priority
        there = _open_tasks(owed, unit)
        if there:
            update_task(unit, there[0], why=why, title=title, due_at=owed.due_at,
                        priority=priority)  # fmt: skip
            return
        open_task(
            unit,
            kind=ask.kind,
            ref=owed.commitment_id,
            about=About(**owed.about),
            title=title,
            why=why,
            due_at=owed.due_at,
            role=ask.role,
            priority=priority,
            owner_id=_owner(owed, card) if ask.assign else None,
            occasion=new_occasion(ask.kind, owed.commitment_id, owed.due_at.isoformat(), unit),
        )


def move(config: FirmConfig, owed: Commitment, due_at: datetime, unit: UnitOfWork) -> None:
    """A person gave it another day: it is due then, and somebody is asked again before."""
    rule = config.playbooks.version(owed.rule_id, owed.rule_version)
    calendar = config.firm.calendar
    asked, ahead = due_at, tuple[datetime, ...]()
    if rule is not None and rule.keep is not None:
        asked = ask_at(rule.keep, due_at, calendar)
        ahead = warnings_at(rule.keep, due_at, calendar)
    card = unit.get(CARDS, owed.client_id) if owed.client_id else None
    after = owed.moved_to(due_at, max(asked, unit.now), ahead)
    if after.commitment_id != owed.commitment_id:
        after = replace(after, made_at=unit.now)
    keep_commitment(owed, after, card, unit)


SAID: dict[State, Any] = {
    State.MET: CommitmentMet,
    State.MISSED: CommitmentMissed,
    State.VOIDED: CommitmentVoided,
}


def _say(kind: Any, owed: Commitment, at: datetime, card: Card | None, unit: UnitOfWork) -> None:
    """Announce it; ``at``: when it was made, met, missed or voided."""
    said: dict[str, Any] = {"reason": owed.reason} if kind is CommitmentVoided else {}
    if kind is not CommitmentMade:
        said["by_seconds"] = round((at - owed.due_at).total_seconds())
    unit.announce(
        kind(
            commitment_id=owed.commitment_id,
            standard=owed.standard,
            source=owed.source,
            edition=owed.edition,
            about=About(**owed.about),
            what=owed.what,
            made_at=owed.made_at,
            due_at=owed.due_at,
            at=at,
            rule_id=owed.rule_id,
            rule_version=owed.rule_version,
            owner_id=_owner(owed, card),
            **said,
        )
    )


def _owner(owed: Commitment, card: Card | None) -> str | None:
    return card.owner_of(owed.about.get("matter_id")) if card else None


def _about(owed: Commitment, rule: Rule, subject: Subject) -> Commitment:
    """With the ids of all it is about."""
    found: dict[str, str] = {}
    facts = [subject.facts[each] for each in rule.on if each in subject.facts]
    for fact in sorted(facts, key=lambda fact: fact.stamp):
        found |= {name: str(fact.values[name]) for name in About.model_fields
                  if fact.values.get(name)}  # fmt: skip
    field, _, value = subject.thread.partition(":")
    if field in About.model_fields:
        found[field] = value
    if subject.client_id is not None:
        found["client_id"] = subject.client_id
    return replace(owed, about=found, client_id=subject.client_id)


def _latest(rule: Rule, thread: str, unit: UnitOfWork) -> Commitment | None:
    mine = [c for c in unit.find(COMMITMENTS, "thread", thread) if c.rule_id == rule.rule_id]
    return max(mine, key=lambda c: (c.begun, c.state is State.OPEN, c.due_at), default=None)


def _open_tasks(owed: Commitment, unit: UnitOfWork) -> list[Task]:
    found = unit.find(TASKS, "ref", owed.commitment_id)
    return [each for each in found if each.state == "open"]


def _take_back(owed: Commitment, reason: str, unit: UnitOfWork) -> None:
    for task in _open_tasks(owed, unit):
        cancel_task(unit, task, reason)
