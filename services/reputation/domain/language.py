"""In which language is a text written?

A guess by the commonest words of the languages clients write in; what shares none of them is not
known, and said so. Good enough to choose a text for a person to look at, never to decide anything.
"""

import unicodedata
from typing import Final

from services.reputation.domain.neutral_words import COMMON_DE, COMMON_EN
from services.reputation.domain.plain_text import folded

Language = str
"""ISO 639-1, such as ``en``; empty where it is not known."""
UNKNOWN: Final = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_WORDS: Final[dict[Language, frozenset[str]]] = {
    "en": COMMON_EN
    | _words(
        "the and of to in is was were are you your for it this that with we our my they not have "
        "has had be been very i me he she his her thank thanks great good bad never always from "
        "would could which who what recommend recommended professional lawyer lawyers law "
        "firm helpful friendly service best worst excellent terrible an by so us will can "
        "nobody called call calls back got get told went waited time again money helped"
    ),
    "de": COMMON_DE
    | _words(
        "der die das und ist nicht ich sie wir ein eine einen einer mit fur auf von zu den dem des "
        "es sich auch sehr bei hat haben war wurde wie nur noch nie immer gut danke vielen dank "
        "kanzlei anwalt anwaltin rechtsanwalt empfehlen empfehlenswert kompetent freundlich uns "
        "unser unsere ihr ihre ihren mir mich kein keine schlecht top wieder alles nach oder bitte"
    ),
    "fr": _words(
        "le la les et est un une des du que qui dans pour pas plus avec sur ce cette il elle nous "
        "vous je tres bien merci avocat avocate cabinet recommande votre notre mon ma mes au aux "
        "jamais toujours tout ne sont etait fait bon bonne a ete"
    ),
    "es": _words(
        "el los las y es un una que en por para con no se su muy bien gracias abogado abogada "
        "abogados despacho recomiendo del al lo como mas pero fue son me mi nos nunca siempre "
        "todo buena bueno trato atencion profesional"
    ),
    "it": _words(
        "il lo gli e di che un una per non con sono era molto bene grazie avvocato avvocati studio "
        "consiglio consigliato del della dei nel alla al ma mi ci mai sempre tutto ottimo brava"
    ),
    "nl": _words(
        "de het een en van is niet ik zij wij met voor op aan dat die zeer goed slecht bedankt "
        "advocaat kantoor aanrader ook was zijn heeft onze mijn nooit altijd geen bij naar wel"
    ),
    "pl": _words(
        "i w na z do nie sie jest to ze jak bardzo polecam dziekuje adwokat kancelaria pan pani "
        "dla od po przez ale tak byl byla profesjonalna obsluga"
    ),
    "pt": _words(
        "o os as e um uma que em para com nao se muito bem obrigado obrigada advogado advogada "
        "escritorio recomendo da do das dos na no por mais foi sempre nunca"
    ),
    "tr": _words(
        "ve bir bu cok icin ile de da iyi kotu tesekkur ederim avukat tavsiye ederim degil ama "
        "her en gibi daha bize bana hukuk burosu"
    ),
}
NAMES: Final = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "tr": "Turkish", "ru": "Russian",
    "ar": "Arabic", "el": "Greek", "he": "Hebrew", "zh": "Chinese",
}  # fmt: skip
SCRIPTS: Final = {"CYRILLIC": "ru", "ARABIC": "ar", "GREEK": "el", "HEBREW": "he", "CJK": "zh"}
CLEAR_LEAD = 1  # words more than the next language
SMALLEST_SHARE = 0.15  # of all its words


def language_of(text: str | None) -> Language:
    """The likeliest language of a text; UNKNOWN where its words do not tell."""
    words = [word.text for word in folded(text or "").words()]
    if not words:
        return _by_script(text or "")
    counts = sorted(
        ((sum(word in known for word in words), name) for name, known in COMMON_WORDS.items()),
        reverse=True,
    )
    (most, name), (next_most, _) = counts[0], counts[1]
    if most - next_most < CLEAR_LEAD or most < SMALLEST_SHARE * len(words):
        return _by_script(text or "")
    return name


def name_of(language: Language) -> str:
    """The language in words, or its code where it has none here."""
    return NAMES.get(language, language)


def _by_script(text: str) -> Language:
    """A script of its own tells the language its readers most likely share."""
    letters = [unicodedata.name(each, "").split(" ")[0] for each in text if each.isalpha()]
    for script, language in SCRIPTS.items():
        if sum(each == script for each in letters) * 2 > len(letters):
            return language
    return UNKNOWN
