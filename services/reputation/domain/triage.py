"""How much attention does a review need, and in which language is it written?"""

import re
from dataclasses import dataclass
from typing import Literal

from services.reputation.domain.language import Language, language_of
from services.reputation.domain.plain_text import folded, without_umlaut_spelling

Severity = Literal["low", "medium", "high"]

ALARMING = re.compile(
    r"\b(?:malpractice|negligen\w+|fraud\w*|scam\w*|stole\w*|steal\w*|thie(?:f|ves)|theft|crook\w*"
    r"|extort\w*|blackmail\w*|discriminat\w+|racis\w+|harass\w+"
    r"|breach\w*|leaked|complain\w* to the bar|bar complaint|ombudsman|pay (?:us|me) or"
    r"|escroc\w*|arnaqu\w*|abzock\w*|erpress\w*|betrug\w*|betrog\w+|kunstfehler|fahrlassig\w*|diskriminier\w+|rassis\w+|belastig\w+"
    r"|datenleck|veruntreu\w+|anwaltskammer|rechtsanwaltskammer|schlichtungsstelle)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What was seen at first sight."""

    severity: Severity
    language: Language


def triage(stars: int, text: str | None) -> Triage:
    """Few stars or alarming words come first."""
    plain = folded(text or "")
    spellings = (plain, without_umlaut_spelling(plain))
    alarming = any(ALARMING.search(each.text) for each in spellings)
    severity: Severity = "low"
    if stars == 3:
        severity = "medium"
    if stars <= 2 or alarming:
        severity = "high"
    return Triage(severity=severity, language=language_of(text))
