"""In which of the firm's languages is a text written?

A guess by the commonest words; good enough to choose a template, never to decide anything.
"""

from typing import Literal

from services.reputation.domain.neutral_words import COMMON_DE, COMMON_EN
from services.reputation.domain.plain_text import folded

Language = Literal["en", "de"]


def language_of(text: str | None, otherwise: Language) -> Language:
    """The likelier language; the firm's own where the text does not tell."""
    words = [word.text for word in folded(text or "").words()]
    english = sum(word in COMMON_EN for word in words)
    german = sum(word in COMMON_DE for word in words)
    if english == german:
        return otherwise
    return "en" if english > german else "de"
