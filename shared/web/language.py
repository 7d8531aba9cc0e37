"""In which language does somebody read a page of ours?

Whoever chose one with ``?lang=`` gets it; a known person their own; a stranger what their browser
asks for.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.requests import Request

Language = str  # by its code, one of those a service has pages in
FALLBACK: Language = "en"
ASKED = "lang"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page for clients, in one language."""

    skip: str
    name: str  # of the language, as its readers call it
    accessibility: str


Frames = Mapping[Language, Frame]
SHIPPED: Frames = MappingProxyType(
    {
        "en": Frame("Skip to the content", "English", "Accessibility"),
        "de": Frame("Zum Inhalt springen", "Deutsch", "Barrierefreiheit"),
    }
)


def language_for(request: Request, locale: str | None = None) -> Language:
    """The language of a page, of those the service has."""
    frames = _frames(request)
    asked = request.query_params.get(ASKED)
    if asked in frames:
        return str(asked)
    if locale is not None:
        return language_of(locale, frames)
    return accepted(request.headers.get("accept-language", ""), frames) or FALLBACK


def language_of(locale: str | None, frames: Frames = SHIPPED) -> Language:
    """The one of our languages a locale such as ``de-AT`` reads; English for all others."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return language if language in frames else FALLBACK


def in_chosen_language(path: str, request: Request) -> str:
    """The address of a further page for somebody who chose a language on this one."""
    asked = request.query_params.get(ASKED)
    return f"{path}?{urlencode({ASKED: asked})}" if asked in _frames(request) else path


def _frames(request: Request) -> Frames:
    """The languages of the service that answers."""
    app = request.scope.get("app")
    frames: Frames = getattr(app.state, "frames", SHIPPED) if app is not None else SHIPPED
    return frames


def accepted(header: str, known: Container[Language]) -> Language | None:
    """The best of these languages by an Accept-Language header; None: it asks for none of them."""
    best, best_weight = None, 0.0
    for part in header.split(",")[:20]:
        name, _, quality = part.strip().partition(";q=")
        language = name.strip().partition("-")[0].lower()
        weight = _weight(quality)
        if language in known and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
