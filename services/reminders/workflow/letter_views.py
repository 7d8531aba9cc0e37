"""What does a person see of a letter that no event may carry?"""

from base64 import b64encode
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from services.reminders.domain.card import Card
from services.reminders.domain.checks.finding import Finding
from services.reminders.domain.letter_for_approval import EMAIL, POST, LetterForApproval
from services.reminders.domain.letter_texts import LetterKind
from services.reminders.ports import APPROVAL_LETTERS, CARDS, COLLEAGUES
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letter_decisions import usual_way
from services.reminders.workflow.letter_drafts import LetterDraftSteps
from services.reminders.workflow.letter_reading import findings_in, reading_of
from services.reminders.workflow.letters_on_their_way import paper_of
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Actor, Task

MOST_HINTS = 30  # nobody reads more
WAYS = {EMAIL: "By e-mail", POST: "By post"}


def needs_of_showing(config: FirmConfig, task: Task, unit: ReadSoFar) -> Iterator[Need]:
    """The letter, whom it goes to, and who wrote it."""
    yield APPROVAL_LETTERS.one(task.ref)
    letter = unit.peek(APPROVAL_LETTERS, task.ref)
    if letter is None:
        return
    yield from LetterDraftSteps(config).needs(letter, unit)
    if letter.author_id is not None:
        yield COLLEAGUES.one(letter.author_id)


def show_approval(config: FirmConfig, task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
    """The letter as it would go, with what was noticed in it, and how it can go."""
    letter = unit.get(APPROVAL_LETTERS, task.ref)
    if letter is None or not letter.text:
        return {}
    card = unit.peek(CARDS, letter.client_id) if letter.client_id else None
    kind = config.letters.texts.kinds.get(letter.letter)
    findings = findings_in(config, letter)[:MOST_HINTS]
    text = reading_of(config, letter).text
    return {
        "name": (card.name if card else None) or "",
        "letter": kind.label if kind is not None else letter.letter,
        "language": letter.language,
        "author": _author(letter, unit),
        "hints": [_hint(each, text) for each in findings],
        "pieces": pieces_of(text, findings),
        "clauses": [
            {"label": each.label, "source": each.source,
             "there": each.lacking(text, letter.language) == ()}
            for each in config.letters.texts.required(letter.letter)
        ],
        "confirm": kind.confirm if kind is not None and kind.confirm else "",
        "alone": _alone(config, letter, actor),
        "channel_choices": [[way, WAYS[way]] for way in _ways(letter, card)],
        "channel": usual_way(letter, card),
        "needless": _needless(letter, kind),
        "subject": letter.subject_line,
        "text": letter.text,
        "recipient": letter.recipient or ((card.name if card else None) or ""),
        "address": letter.address,
    }  # fmt: skip


def show_posting(config: FirmConfig, task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """Exactly the approved words, as a page to be printed."""
    letter = unit.get(APPROVAL_LETTERS, task.ref)
    if letter is None or not letter.text:
        return {}
    kind = config.letters.texts.kinds.get(letter.letter)
    paper = paper_of(config, letter)
    printer = config.letters.printer
    return {
        "recipient": letter.recipient,
        "letter": kind.label if kind is not None else letter.letter,
        "subject": letter.subject_line,
        "text": paper.text,
        "pdf": b64encode(printer.pdf(paper)).decode() if printer is not None else "",
    }


def pieces_of(text: str, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """The text in pieces, each with the numbers of the findings it belongs to, from 1 on."""
    marked = [(n, each) for n, each in enumerate(findings, 1) if each.start < each.end]
    ends = sorted({0, len(text), *(e.start for _, e in marked), *(e.end for _, e in marked)})
    pieces = []
    for start, end in pairwise(ends):
        hints = [n for n, each in marked if each.start <= start and end <= each.end]
        pieces.append({"text": text[start:end], "hints": hints})
    return pieces


def _hint(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "phrase": text[finding.start : finding.end],
        "message": finding.message,
        "suggestion": finding.suggestion,
        "refuses": finding.refuses,
    }


def _ways(letter: LetterForApproval, card: Card | None) -> tuple[str, ...]:
    """How it can go: by post always, by mail where there is an address or one can be said."""
    by_mail = letter.client_id is None or (card is not None and bool(card.email))
    return (EMAIL, POST) if by_mail else (POST,)


def _needless(letter: LetterForApproval, kind: LetterKind | None) -> list[str]:
    """What nobody has to fill in: an address the card has, a question that is not asked."""
    found = ["address"] if letter.client_id is not None else []
    found += ["confirmed"] if kind is None or kind.confirm is None else []
    return found + (["language_settled"] if letter.wanted_language is None else [])


def _author(letter: LetterForApproval, unit: UnitOfWork) -> str:
    if letter.author_id is None:
        return "nobody; the words are the firm's own"
    listed = unit.peek(COLLEAGUES, letter.author_id)
    return (listed.name if listed is not None else None) or letter.author_id


def _alone(config: FirmConfig, letter: LetterForApproval, actor: Actor) -> str:
    """From when (ISO 8601) whoever looks may approve their own words; empty where they may not."""
    sole = config.letters.sole_practice
    if sole is None or letter.author_id != actor.id or letter.written_at is None:
        return ""
    return (letter.written_at + sole.cooling_off).astimezone(config.firm.calendar.zone).isoformat()
