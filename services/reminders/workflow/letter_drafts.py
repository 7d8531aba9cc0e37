"""A letter is asked for that a person approves first: what is drafted, and who is asked?

An event or a rule of a playbook asks for it. It is drafted as soon as its reader is known, at the
latest after a day; then it waits for people. Asked for twice, it is drafted once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.card import Card
from services.reminders.domain.checks.every import refusing, rules_named
from services.reminders.domain.checks.finding import Finding
from services.reminders.domain.letter_for_approval import (
    CARD_PATIENCE,
    LOOK_AGAIN,
    REQUESTED,
    LetterForApproval,
    State,
    dropped,
    hash_of,
)
from services.reminders.domain.occurrence import Occurrence, derived_id
from services.reminders.domain.playbook import Rule
from services.reminders.ports import APPROVAL_LETTERS, CARDS, COLLEAGUES
from services.reminders.workflow.firm_config import DueDays, FirmConfig
from services.reminders.workflow.letter_reading import draft, findings_in
from services.reminders.workflow.tasks_for_staff import due_in
from shared.contracts.envelope import Event
from shared.contracts.letters import LetterDrafted, LetterRequested
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import open_task

LETTER_APPROVAL = "letter-approval"
TITLE = "Approve a letter before it goes"


@dataclass(frozen=True)
class LetterDraftSteps:
    """The steps until people see a letter."""

    config: FirmConfig

    def needs_of_hearing(self, event: Event[LetterRequested], _: ReadSoFar) -> Iterator[Need]:
        """Whether it was asked for before."""
        yield APPROVAL_LETTERS.one(event.data.letter_id)

    def hear(self, event: Event[LetterRequested], unit: UnitOfWork) -> None:
        """Keep the wish; a letter of the past is not written now."""
        data = event.data
        if event.history or unit.get(APPROVAL_LETTERS, data.letter_id) is not None:
            return
        kind = self.config.letters.texts.kinds.get(data.letter)
        letter = LetterForApproval(
            letter_id=data.letter_id,
            letter=data.letter,
            client_id=data.client_id,
            inquiry_id=data.inquiry_id,
            ids={"matter_id": data.matter_id} if data.matter_id else {},
            concern_id=data.concern_id,
            asked_by=data.by,
            asked_at=event.time,
            event_id=event.id,
            correlation_id=event.correlation_id,
            traceparent=event.traceparent,
            approver=kind.approver if kind is not None else "lawyer",
            due_at=unit.now,
        )
        unit.put(APPROVAL_LETTERS, letter)

    def needs(self, letter: LetterForApproval, unit: ReadSoFar) -> Iterator[Need]:
        """Who it goes to, who is in charge, and who asked for it."""
        if letter.asked_by is not None:
            yield COLLEAGUES.one(letter.asked_by)
        if letter.client_id is None:
            return
        yield CARDS.one(letter.client_id)
        card = unit.peek(CARDS, letter.client_id)
        owner = card.owner_of(letter.matter_id) if card is not None else None
        if owner is not None:
            yield COLLEAGUES.one(owner)

    def step(self, letter: LetterForApproval, unit: UnitOfWork) -> None:
        """Draft it and ask people; wait a while for a client nobody has heard of yet."""
        card = unit.get(CARDS, letter.client_id) if letter.client_id else None
        if letter.state is not State.WANTED:
            unit.put(APPROVAL_LETTERS, replace(letter, due_at=None))
        elif card is not None and card.erased:
            unit.put(APPROVAL_LETTERS, dropped(letter, "erased"))
        elif _is_to_wait(letter, card, unit):
            unit.put(APPROVAL_LETTERS, replace(letter, due_at=unit.now + LOOK_AGAIN))
        else:
            ready = draft(self.config, letter, card, unit)
            unit.put(APPROVAL_LETTERS, ready)
            findings = findings_in(self.config, ready)
            announce_drafted(ready, findings, unit)
            self._ask(ready, findings, unit)

    def _ask(
        self, letter: LetterForApproval, findings: tuple[Finding, ...], unit: UnitOfWork
    ) -> None:
        open_task(
            unit,
            kind=LETTER_APPROVAL,
            ref=letter.letter_id,
            about=about(letter),
            title=TITLE,
            why=why(letter, self.said_of(letter, findings)),
            due_at=due_in(DueDays.within(self.config.days.approve), self.config, unit.now),
            role=letter.approver,
        )

    def said_of(self, letter: LetterForApproval, findings: tuple[Finding, ...]) -> str:
        """Which letter waits, and how far it is from being approved."""
        kind = self.config.letters.texts.kinds.get(letter.letter)
        label = kind.label if kind is not None else "A letter nobody has a text for"
        open_points = len(refusing(findings))
        if not open_points:
            return f"{label}: nothing stands against its approval."
        points = "one point" if open_points == 1 else f"{open_points} points"
        return f"{label}: {points} to be seen to before it can be approved."


def wanted_by_rule(rule: Rule, timer: Occurrence, ids: dict[str, str], unit: UnitOfWork) -> None:
    """A rule of a playbook sends a letter that a person approves first."""
    if rule.send is None or rule.send.approve is None:
        return
    letter = LetterForApproval(
        letter_id=derived_id("l", timer.occurrence_id),
        letter=rule.send.template,
        client_id=timer.client_id,
        ids=ids,
        asked_at=unit.now,
        event_id=timer.event_id,
        correlation_id=timer.correlation_id,
        traceparent=timer.traceparent,
        occurrence_id=timer.occurrence_id,
        rule_id=rule.rule_id,
        rule_version=rule.version,
        approver=rule.send.approve,
        due_at=unit.now,
    )
    unit.add(APPROVAL_LETTERS, letter)


def announce_drafted(
    letter: LetterForApproval, findings: tuple[Finding, ...], unit: UnitOfWork
) -> None:
    """Say that there is a text, and which rules found something in it."""
    unit.announce(
        LetterDrafted(
            **named(letter),
            edition=letter.edition,
            text_hash=hash_of(letter.text),
            rules=rules_named(findings),
            revision=letter.revision,
        )
    )


def named(letter: LetterForApproval) -> dict[str, str]:
    """What every event about a letter says."""
    said = {
        "letter_id": letter.letter_id, "letter": letter.letter, "client_id": letter.client_id,
        "inquiry_id": letter.inquiry_id, "matter_id": letter.matter_id,
        "concern_id": letter.concern_id,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def about(letter: LetterForApproval) -> About:
    """What a task about a letter is about."""
    return About(
        client_id=letter.client_id, inquiry_id=letter.inquiry_id, matter_id=letter.matter_id,
        letter_id=letter.letter_id, concern_id=letter.concern_id,
    )  # fmt: skip


def why(letter: LetterForApproval, text: str) -> Why:
    """What a task about a letter goes back to."""
    return Why(
        event_id=letter.event_id, rule_id=letter.rule_id or REQUESTED,
        rule_version=letter.rule_version, text=text,
    )  # fmt: skip


def _is_to_wait(letter: LetterForApproval, card: Card | None, unit: UnitOfWork) -> bool:
    unknown = letter.client_id is not None and (card is None or not card.known)
    return unknown and unit.now < letter.asked_at + CARD_PATIENCE
