"""A person changes, approves, drops or posts a letter: what follows?

Whatever is approved is read by every rule first; exactly the approved text, and no other, goes on
its way: by e-mail past the same gates as every message, or on paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.card import Card, Restriction, strictest
from services.reminders.domain.checks.every import refusing
from services.reminders.domain.checks.finding import Finding
from services.reminders.domain.firm_restrictions import FIRM
from services.reminders.domain.letter_for_approval import (
    EMAIL,
    POST,
    LetterForApproval,
    approved,
    dropped,
    edited,
    hash_of,
    sent,
)
from services.reminders.domain.mail_address import UnusableAddressError, read_address
from services.reminders.domain.playbook import MessageClass
from services.reminders.ports import APPROVAL_LETTERS, CARDS, FIRM_RESTRICTIONS, TIMERS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letter_drafts import (
    LetterDraftSteps,
    announce_drafted,
    named,
    why,
)
from services.reminders.workflow.letter_reading import findings_in
from services.reminders.workflow.letters_on_their_way import (
    ask_to_post,
    send_by_email,
    went_by_post,
)
from shared.contracts.letters import LetterApproved, LetterDropped
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, complete_task, update_task

YES = (True, "yes")
SHOWN_FINDINGS = 5


@dataclass(frozen=True)
class LetterDecisionSteps:
    """The steps for what people decide about letters."""

    config: FirmConfig

    def needs(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The letter, whom it goes to, and what speaks against it now."""
        yield APPROVAL_LETTERS.one(task.ref)
        yield FIRM_RESTRICTIONS.one(FIRM)
        letter = unit.peek(APPROVAL_LETTERS, task.ref)
        if letter is not None:
            if letter.occurrence_id is not None:
                yield TIMERS.one(letter.occurrence_id)
            yield from LetterDraftSteps(self.config).needs(letter, unit)

    def decide(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Change it, let it go, or let it be."""
        letter = _letter_of(task, unit)
        match said.decision:
            case "edit":
                self._edit(letter, task, said, unit)
            case "approve":
                self._approve(letter, task, said, unit)
            case "drop":
                _drop(letter, task, said, unit)

    def decide_posting(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """It was posted, or it was not."""
        letter = _letter_of(task, unit)
        if said.decision == "posted":
            self._refuse_where_restricted(letter, unit)
            complete_task(unit, task, said.decision, said.actor.id)
            contact = went_by_post(self.config, letter, unit)
            unit.put(APPROVAL_LETTERS, sent(letter, contact))
        else:
            _drop(letter, task, said, unit)

    def _edit(
        self, letter: LetterForApproval, task: Task, said: Decision, unit: UnitOfWork
    ) -> None:
        subject, text = _text(said, "subject"), _text(said, "text")
        self.config.wording.as_it_is(subject, text, letter.locale, self.config.name)
        settled = said.fields.get("language_settled") in YES
        after = edited(
            letter, subject_line=subject, text=text, by=said.actor.id, settled=settled, now=unit.now
        )
        findings = findings_in(self.config, after)
        unit.put(APPROVAL_LETTERS, after)
        announce_drafted(after, findings, unit)
        told = LetterDraftSteps(self.config).said_of(after, findings)
        update_task(unit, task, why=why(after, f"It was changed. {told}"))

    def _approve(
        self, letter: LetterForApproval, task: Task, said: Decision, unit: UnitOfWork
    ) -> None:
        card = unit.get(CARDS, letter.client_id) if letter.client_id else None
        channel = _text(said, "channel") or usual_way(letter, card)
        letter = replace(
            letter,
            recipient=_text(said, "recipient") or letter.recipient,
            address=_text(said, "address") or letter.address,
        )
        _refuse_findings(refusing(findings_in(self.config, letter)))
        after = approved(
            letter, approver_id=said.actor.id, roles=said.actor.roles, channel=channel,
            now=unit.now, sole=self.config.letters.sole_practice, reason=_text(said, "reason"),
        )  # fmt: skip
        self._refuse_unconfirmed(letter, said)
        self._refuse_where_restricted(letter, unit)
        self._refuse_impossible(letter, card, channel)
        complete_task(unit, task, "approve", said.actor.id, sole_practice=after.alone)
        unit.announce(
            LetterApproved(
                **named(after),
                text_hash=hash_of(after.text),
                approver_id=said.actor.id,
                channel=EMAIL if channel == EMAIL else POST,
                sole_practice=after.alone or None,
            )
        )
        if channel == POST:
            unit.put(APPROVAL_LETTERS, after)
            ask_to_post(self.config, after, unit, "It is approved, to go by post.")
        else:
            unit.put(APPROVAL_LETTERS, send_by_email(self.config, after, card, unit))

    def _refuse_unconfirmed(self, letter: LetterForApproval, said: Decision) -> None:
        kind = self.config.letters.texts.kinds.get(letter.letter)
        if kind is None or kind.confirm is None or said.fields.get("confirmed") in YES:
            return
        raise RuleError(
            f"Before this letter goes: {kind.confirm}", code="missing", field="confirmed"
        )

    def _refuse_impossible(
        self, letter: LetterForApproval, card: Card | None, channel: str
    ) -> None:
        """By post only to an address, in signs there are; by e-mail only where there is one."""
        if channel == EMAIL:
            _refuse_without_mail(letter, card)
            return
        if len(letter.recipient.strip().splitlines()) < 2:
            raise RuleError(
                "Say name and address, each on its line, as they stand on the envelope.",
                code="missing", field="recipient",
            )  # fmt: skip
        printer = self.config.letters.printer
        lacking = printer.unprintable(f"{letter.recipient}{letter.text}") if printer else ""
        if lacking:
            raise RuleError(
                f"These signs cannot be printed: {lacking}", code="unprintable", field="text"
            )

    def _refuse_where_restricted(self, letter: LetterForApproval, unit: UnitOfWork) -> None:
        """What must not go by e-mail must not go on paper either."""
        found = restriction_on(self.config, letter, unit)
        if found is not None:
            raise RuleError(
                f"Nothing may go to them now: {found.kind.replace('-', ' ')}.", code="restricted"
            )


def usual_way(letter: LetterForApproval, card: Card | None) -> str:
    """How it goes where nobody says otherwise."""
    mail = letter.address if letter.client_id is None else card.email if card else None
    return EMAIL if mail else POST


def restriction_on(
    config: FirmConfig, letter: LetterForApproval, unit: UnitOfWork
) -> Restriction | None:
    """What speaks against any letter to them; what only waits is judged by the gates of mail."""
    card = unit.peek(CARDS, letter.client_id) if letter.client_id else None
    firm = unit.get(FIRM_RESTRICTIONS, FIRM)
    of_class = class_of(config, letter).value
    own = card.restricted(of_class, letter.matter_id, unit.now) if card is not None else None
    found = strictest((own, firm.restricted(of_class, unit.now) if firm is not None else None))
    return found if found is not None and found.effect == "stop" else None


def class_of(config: FirmConfig, letter: LetterForApproval) -> MessageClass:
    """Of which class the message is that carries it."""
    rule = config.playbooks.version(letter.rule_id or "", letter.rule_version)
    if rule is not None and rule.send is not None:
        return rule.send.message_class
    kind = config.letters.texts.kinds.get(letter.letter)
    return kind.message_class if kind is not None else MessageClass.SERVICE


def _letter_of(task: Task, unit: UnitOfWork) -> LetterForApproval:
    letter = unit.get(APPROVAL_LETTERS, task.ref)
    if letter is None or not letter.text:
        raise RuleError("This letter is no longer kept.", code="erased")
    return letter


def _drop(letter: LetterForApproval, task: Task, said: Decision, unit: UnitOfWork) -> None:
    unit.put(APPROVAL_LETTERS, dropped(letter, _text(said, "reason")))
    complete_task(unit, task, said.decision, said.actor.id)
    unit.announce(LetterDropped(**named(letter), by=said.actor.id, at=unit.now))


def _refuse_findings(findings: tuple[Finding, ...]) -> None:
    """A RuleError that names every rule and what it found."""
    if not findings:
        return
    shown = [f"{each.rule}: {each.message}" for each in findings[:SHOWN_FINDINGS]]
    more = len(findings) - len(shown)
    said = "; ".join(shown) + (f"; and {more} more" if more else "")
    raise RuleError(f"It cannot be approved yet. {said}.", code=findings[0].rule, field="text")


def _refuse_without_mail(letter: LetterForApproval, card: Card | None) -> None:
    if letter.client_id is not None:
        if card is None or not card.email:
            raise RuleError(
                "There is no e-mail address of this client: send it by post.",
                code="no-channel", field="channel",
            )  # fmt: skip
        return
    try:
        read_address(letter.address)
    except UnusableAddressError:
        raise RuleError(
            "Say the e-mail address it goes to, like name@example.com, or send it by post.",
            code="missing", field="address",
        ) from None  # fmt: skip


def _text(said: Decision, name: str) -> str:
    return str(said.fields.get(name) or "").strip()
