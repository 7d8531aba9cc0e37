"""What does a letter say to whom, and what do the rules say about it?"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card
from services.reminders.domain.checks.every import check
from services.reminders.domain.checks.finding import Finding, Reading
from services.reminders.domain.checks.word_lists import NO_WORDS
from services.reminders.domain.lawyer import as_signer, named_to_clients
from services.reminders.domain.letter_for_approval import LetterForApproval, drafted
from services.reminders.domain.letter_texts import LetterText
from services.reminders.domain.salutation import addressing
from services.reminders.domain.wording import Occasion, WordingError
from services.reminders.ports import COLLEAGUES
from services.reminders.workflow.firm_config import FirmConfig
from shared.state.unit_of_work import UnitOfWork

SOMEBODY = "[name]"  # whoever nobody knows the name of yet
TO_WRITE = "[The letter: it could not be worded by itself.]"


def findings_in(config: FirmConfig, letter: LetterForApproval) -> tuple[Finding, ...]:
    """Everything noticed in the letter as it stands."""
    return check(reading_of(config, letter))


def reading_of(config: FirmConfig, letter: LetterForApproval) -> Reading:
    """The letter as rules read it."""
    return Reading(
        subject_line=letter.subject_line,
        body=letter.text,
        language=letter.language,
        words=config.letters.word_lists.get(letter.language, NO_WORDS),
        clauses=config.letters.texts.required(letter.letter),
        greeting=letter.greeting or None,
        wanted_language=letter.wanted_language,
        firm=config.name,
    )


def draft(
    config: FirmConfig, letter: LetterForApproval, card: Card | None, unit: UnitOfWork
) -> LetterForApproval:
    """The letter in the firm's own words, as far as they go, in the reader's language if it can."""
    wanted = language_of(card.locale or "") if card is not None else ""
    fallback = config.wording.fallback
    found = config.letters.texts.text_for(letter.letter, wanted or fallback, fallback)
    language = found.language if found is not None else fallback
    lacks = wanted if wanted and wanted != language else None
    locale = card.locale if card is not None and card.locale and lacks is None else language
    words = _words(config, letter, card, language, unit)
    subject_line, text, greeting = _worded(config, letter, found, words, locale, unit.now)
    return drafted(
        letter,
        subject_line=subject_line,
        text=text,
        language=language,
        locale=locale,
        edition=found.edition if found is not None else "none",
        greeting=greeting,
        wanted_language=lacks,
    )


def language_of(locale: str) -> str:
    """``fr`` of ``fr-CH``."""
    return locale.replace("_", "-").partition("-")[0].lower()


def _worded(
    config: FirmConfig, letter: LetterForApproval, found: LetterText | None,
    words: dict[str, Any], locale: str, now: datetime,
) -> tuple[str, str, str]:  # fmt: skip
    """Subject, text and greeting; where they cannot be made, a person writes them."""
    zone = ZoneInfo(config.firm.zone)
    language = found.language if found is not None else language_of(locale)
    try:
        greeting = config.letters.wording.greeting(language, words, locale)
        if found is None:
            return TO_WRITE, f"{greeting}\n\n{TO_WRITE}", greeting
        occasion = Occasion(locale=locale, zone=zone, now=now, firm=zone)
        worded = config.letters.wording.render(letter.letter, words, occasion)
        return worded.subject_line, worded.text, greeting
    except WordingError:
        return TO_WRITE, TO_WRITE, ""


def _words(
    config: FirmConfig, letter: LetterForApproval, card: Card | None, language: str,
    unit: UnitOfWork,
) -> dict[str, Any]:  # fmt: skip
    known = card is not None and card.known
    named = addressing(card) if card is not None and known else {"name": SOMEBODY}
    clauses = config.letters.texts.words(language)
    return {**clauses, **config.signature, **named, **_lawyer(letter, card, unit),
            **_signer(config, letter, card, unit), "firm": config.name}  # fmt: skip


def _signer(
    config: FirmConfig, letter: LetterForApproval, card: Card | None, unit: UnitOfWork
) -> dict[str, str]:
    """Whose name stands below it, as what; left open where nobody knows."""
    kind = config.letters.texts.kinds.get(letter.letter)
    if kind is not None and kind.signed_by == "who-asked":
        listed = unit.peek(COLLEAGUES, letter.asked_by) if letter.asked_by is not None else None
        signer = as_signer(listed)
    else:
        owner = card.owner_of(letter.matter_id) if card is not None else None
        listed = unit.peek(COLLEAGUES, owner) if owner is not None else None
        said = card.lawyer_of(letter.matter_id) if card is not None else None
        signer = named_to_clients(said, listed)
    title = listed.title if listed is not None else None
    known = {"signer_name": signer.name, "signer_title": title} if signer is not None else {}
    return {name: each for name, each in known.items() if each}


def _lawyer(letter: LetterForApproval, card: Card | None, unit: UnitOfWork) -> dict[str, str]:
    if card is None:
        return {}
    owner = card.owner_of(letter.matter_id)
    listed = unit.peek(COLLEAGUES, owner) if owner is not None else None
    lawyer = named_to_clients(card.lawyer_of(letter.matter_id), listed)
    if lawyer is None:
        return {}
    return {"lawyer_name": lawyer.name, "lawyer_phone": lawyer.phone or ""}
