"""In which language does somebody read a page?

Whoever chose one with ``?lang=`` gets it; a known person their own; a stranger what their browser
asks for.
"""

from starlette.requests import Request

from services.intake.domain.preferences import LANGUAGES, Language, language_of


def language_for(request: Request, locale: str | None = None) -> Language:
    """The language of a page."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return language_of(asked)
    if locale is not None:
        return language_of(locale)
    return _accepted(request.headers.get("accept-language", ""))


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
