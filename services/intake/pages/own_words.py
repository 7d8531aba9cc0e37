"""What do intake's pages say, the firm's own sentences before the shipped ones?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.intake.domain.forms import Form
from services.intake.pages import choosing_words, inquiry_words, understanding_words
from services.intake.settings import IntakeSettings
from shared.firm.folder import FirmFolderError
from shared.firm.page_words import PageWords
from shared.profiles.profile import LANGUAGES, Profile
from shared.web.language import FALLBACK, Language
from shared.web.own_languages import PageLanguages, page_languages

GROUPS = ("areas", "inquiry", "law", "preferences")
LATER = "understanding"  # a language of the firm's own may lack it: the page is then in English


@dataclass(frozen=True, slots=True)
class LawWords:
    """What the law asks the form to say, in one language."""

    caution_title: str
    caution: str
    third_parties: str  # {firm}


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """Every sentence of intake's pages, by language."""

    languages: PageLanguages
    inquiry: Mapping[Language, inquiry_words.Words]
    choosing: Mapping[Language, choosing_words.Words]
    law: Mapping[Language, LawWords]
    understanding: Mapping[Language, understanding_words.Words]  # perhaps in fewer languages


def intake_words(settings: IntakeSettings) -> IntakeWords:
    """The words of all pages; FirmFolderError says each sentence that is wrong or missing."""
    languages, law = page_languages(settings.firm_dir, *GROUPS), settings.law()
    news = law.review_asks.purpose == "marketing"
    inquiry = dict(inquiry_words.SHIPPED)
    choosing = dict(choosing_words.shipped_words(reviews_are_news=news))
    of_law = {language: _of_law(law, language) for language in LANGUAGES}
    understanding = dict(understanding_words.SHIPPED)
    names = {language: frame.name for language, frame in languages.frames.items()}
    for language, own in languages.own.items():
        whole = language not in inquiry_words.SHIPPED
        known = FALLBACK if whole else language
        inquiry[language] = own.laid_over("inquiry", inquiry[known], whole=whole)
        choosing[language] = own.laid_over(
            "preferences", choosing[known], whole=whole, languages=choosing[known].languages
        )
        if not whole or own.has(LATER):
            shipped = understanding[known]
            understanding[language] = own.laid_over(LATER, shipped, whole=whole)
        of_law[language] = own.laid_over("law", of_law[known], whole=whole)
    choosing = {
        language: replace(words, languages={**names, **_named(words, language)})
        for language, words in choosing.items()
    }
    return IntakeWords(languages, inquiry, choosing, of_law, understanding)


def in_own_languages(forms: Iterable[Form], words: IntakeWords) -> dict[str, Form]:
    """The forms, with the firm's names of areas in the languages its pages are in.

    FirmFolderError where an area has none, since a form is never half in another language. One that
    no form offers is for those who work here: another system may name it.
    """
    found = {form.name: form for form in forms}
    mistakes = [
        wrong for own in words.languages.own.values() for wrong in _wrong_areas(own, found.values())
    ]
    if mistakes:
        raise FirmFolderError(*mistakes)
    for language, own in words.languages.own.items():
        named = own.groups.get("areas", {})
        found = {name: _with_names(form, language, named) for name, form in found.items()}
    return found


def _wrong_areas(own: PageWords, forms: Iterable[Form]) -> Iterator[str]:
    said = own.groups.get("areas", {})
    asked = {area.key: area for form in forms for area in form.areas}
    for key, area in asked.items():
        name = said.get(key, area.words.get(own.language))
        if not isinstance(name, str) or not name.strip():
            line = own.lines.get(f"areas.{key}") or own.lines.get("areas", 1)
            yield f"{own.place}:{line}: areas.{key}: write its name: a form asks for it"


def _with_names(form: Form, language: Language, named: Mapping[str, str]) -> Form:
    areas = tuple(
        replace(area, words={**area.words, language: named[area.key]})
        if area.key in named
        else area
        for area in form.areas
    )
    return replace(form, areas=areas)


def _named(words: choosing_words.Words, language: Language) -> Mapping[Language, str]:
    """The shipped names of languages, where the page is in a shipped one: said in it, too."""
    return words.languages if language in choosing_words.SHIPPED else {}


def _of_law(law: Profile, language: Language) -> LawWords:
    return LawWords(
        law.caution.title[language], law.caution.text[language], law.third_parties.text[language]
    )
