"""In which language does somebody read a page of ours?

Whoever chose one with ``?lang=`` gets it; a known person their own; a stranger what their browser
asks for.
"""

from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from starlette.requests import Request

Language = Literal["en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ASKED = "lang"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page for clients, in one language."""

    skip: str
    other: Language
    other_name: str
    accessibility: str


FRAMES: dict[Language, Frame] = {
    "en": Frame("Skip to the content", "de", "Deutsch", "Accessibility"),
    "de": Frame("Zum Inhalt springen", "en", "English", "Barrierefreiheit"),
}


def language_for(request: Request, locale: str | None = None) -> Language:
    """The language of a page."""
    asked = request.query_params.get(ASKED)
    if asked in LANGUAGES:
        return language_of(asked)
    if locale is not None:
        return language_of(locale)
    return _accepted(request.headers.get("accept-language", ""))


def language_of(locale: str | None) -> Language:
    """The one of our languages a locale such as ``de-AT`` reads; English for all others."""
    return "de" if (locale or "").replace("_", "-").partition("-")[0].lower() == "de" else "en"


def in_chosen_language(path: str, request: Request) -> str:
    """The address of a further page for somebody who chose a language on this one."""
    asked = request.query_params.get(ASKED)
    return f"{path}?{urlencode({ASKED: asked})}" if asked in LANGUAGES else path


def _accepted(header: str) -> Language:
    """The best of our languages by an Accept-Language header."""
    best: Language = "en"
    best_weight = 0.0
    for part in header.split(",")[:20]:
        name, _, quality = part.strip().partition(";q=")
        language = name.strip().partition("-")[0].lower()
        weight = _weight(quality)
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language_of(language), weight
    return best


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
