"""What do the survey pages say, in the client's language?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_time, get_timezone_location

from services.feedback.domain.stage import ANY, Stages, ever_asks
from shared.firm.dates import written_out
from shared.firm.folder import FirmFolderError
from shared.firm.page_words import PageWords
from shared.web.language import Language
from shared.web.own_languages import PageLanguages

EASE = "ease"  # the group of sentences of that question in a firm's pages.yaml


@dataclass(frozen=True, slots=True)
class EaseWords:
    """The question of how easy it was, which a firm may ask besides."""

    question: str  # {firm}
    lowest: str
    highest: str
    ease: str
    eased: str  # {ease}
    out_of_range: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the survey pages in one language."""

    language: Language
    title: str
    intro: str
    question: str  # {firm}
    lowest: str
    highest: str
    how_satisfied: str  # {about}
    boxes: tuple[str, ...]  # from 1 to 5
    comment: str
    optional: str
    comment_hint: str  # {most}
    send: str
    answered: str
    changeable: str  # {until}
    until: str  # {day} {clock} {place}
    save_change: str
    thanks_title: str
    thanks: str
    said: str
    score: str
    scored: str  # {score}
    satisfaction: str
    reason: str
    change: str
    final_title: str
    final: str
    more: str
    errors_title: str
    error_prefix: str
    problems: dict[str, str]
    about_ease: EaseWords | None = None  # None: nobody is asked for it in this language

    def says(self, problem: str) -> str:
        """What is wrong, in a sentence."""
        if problem == "ease-range" and self.about_ease is not None:
            return self.about_ease.out_of_range
        return self.problems[problem]


ENGLISH = Words(
    language="en",
    title="Your feedback",
    intro="This takes less than a minute.",
    question="How likely are you to recommend {firm} to a friend or colleague?",
    lowest="0 means not at all likely",
    highest="10 means extremely likely",
    how_satisfied="How satisfied are you with {about}?",
    boxes=(
        "very dissatisfied",
        "dissatisfied",
        "neither satisfied nor dissatisfied",
        "satisfied",
        "very satisfied",
    ),
    comment="What is the main reason for your answers?",
    optional="(optional)",
    comment_hint="Up to {most} characters. Somebody at our firm reads it, and nobody else.",
    send="Send",
    answered="You have already answered.",
    changeable="You can change your answers here until {until}.",
    until="{day} at {clock} ({place} time)",
    save_change="Save the changed answers",
    thanks_title="Thank you",
    thanks="Your answers have been saved.",
    said="Your answers",
    score="How likely you are to recommend us",
    scored="{score} of 10",
    satisfaction="How satisfied you are",
    reason="Your reason",
    change="Change my answers",
    final_title="Thank you",
    final="Your answers have been saved and can no longer be changed.",
    more="Would you like to add anything? Please get in touch with us.",
    errors_title="Please check your answers",
    error_prefix="Error: ",
    problems={
        "score-missing": "Choose a number from 0 to 10.",
        "score-range": "The number must be from 0 to 10.",
        "satisfaction-range": "Choose one of the five answers.",
        "comment-long": "The comment has {length} characters; the most we can take is {most}. "
        "Please shorten it.",
        "page-old": "This page was open for too long. Please check your answers and send them "
        "again.",
        "try-again": "We could not save your answers just now. Please send them again in a minute.",
    },
    about_ease=EaseWords(
        question="How far do you agree: {firm} made it easy for me to deal with my matter?",
        lowest="1 means that you do not agree at all",
        highest="7 means that you agree fully",
        ease="How easy we made it",
        eased="{ease} of 7",
        out_of_range="Choose a number from 1 to 7.",
    ),
)

GERMAN = Words(
    language="de",
    title="Ihre Rückmeldung",
    intro="Das dauert keine Minute.",
    question="Wie wahrscheinlich ist es, dass Sie {firm} weiterempfehlen?",
    lowest="0 bedeutet sehr unwahrscheinlich",
    highest="10 bedeutet sehr wahrscheinlich",
    how_satisfied="Wie zufrieden sind Sie mit {about}?",
    boxes=(
        "sehr unzufrieden",
        "unzufrieden",
        "weder zufrieden noch unzufrieden",
        "zufrieden",
        "sehr zufrieden",
    ),
    comment="Was ist der wichtigste Grund für Ihre Antworten?",
    optional="(freiwillig)",
    comment_hint="Bis zu {most} Zeichen. Jemand aus unserer Kanzlei liest das, sonst niemand.",
    send="Absenden",
    answered="Sie haben schon geantwortet.",
    changeable="Sie können Ihre Antworten hier noch ändern, und zwar bis {until}.",
    until="{day}, {clock} Uhr (Uhrzeit in {place})",
    save_change="Geänderte Antworten speichern",
    thanks_title="Vielen Dank",
    thanks="Ihre Antworten sind gespeichert.",
    said="Ihre Antworten",
    score="Wie wahrscheinlich Sie uns weiterempfehlen",
    scored="{score} von 10",
    satisfaction="Wie zufrieden Sie sind",
    reason="Ihre Begründung",
    change="Antworten ändern",
    final_title="Vielen Dank",
    final="Ihre Antworten sind gespeichert und lassen sich nicht mehr ändern.",
    more="Möchten Sie etwas ergänzen? Bitte melden Sie sich bei uns.",
    errors_title="Bitte prüfen Sie Ihre Antworten",
    error_prefix="Fehler: ",
    problems={
        "score-missing": "Wählen Sie eine Zahl von 0 bis 10.",
        "score-range": "Die Zahl muss zwischen 0 und 10 liegen.",
        "satisfaction-range": "Wählen Sie eine der fünf Antworten.",
        "comment-long": "Der Text hat {length} Zeichen; höchstens {most} sind möglich. Bitte "
        "kürzen Sie ihn.",
        "page-old": "Diese Seite war zu lange offen. Bitte prüfen Sie Ihre Antworten und senden "
        "Sie sie noch einmal ab.",
        "try-again": "Ihre Antworten ließen sich gerade nicht speichern. "
        "Bitte senden Sie sie in einer Minute noch einmal ab.",
    },
    about_ease=EaseWords(
        question="Wie sehr stimmen Sie zu: {firm} hat es mir leicht gemacht, meine Angelegenheit "
        "zu erledigen?",
        lowest="1 bedeutet, dass Sie gar nicht zustimmen",
        highest="7 bedeutet, dass Sie voll und ganz zustimmen",
        ease="Wie leicht wir es Ihnen gemacht haben",
        eased="{ease} von 7",
        out_of_range="Wählen Sie eine Zahl von 1 bis 7.",
    ),
)


SHIPPED: Mapping[Language, Words] = MappingProxyType({"en": ENGLISH, "de": GERMAN})


def words_of(languages: PageLanguages, stages: Stages) -> dict[Language, Words]:
    """The words of these pages by language, the firm's own before the shipped ones.

    FirmFolderError where the survey's question could not be asked in one of them.
    """
    own = {
        language: _own(language, said, asks_ease=ever_asks(stages, "ces"))
        for language, said in languages.own.items()
    }
    for language in own:
        if stages[ANY].said(language) is None:
            raise FirmFolderError(
                f"languages/{language}/surveys.yaml: write at least `any: …`, what clients are "
                "asked about at any stage"
            )
    return {**SHIPPED, **own}


def _own(language: Language, said: PageWords, *, asks_ease: bool) -> Words:
    """The firm's words of one language; those of ease are needed only where it is asked for."""
    shipped, whole = SHIPPED.get(language, ENGLISH), language not in SHIPPED
    ease = shipped.about_ease
    if ease is not None and (said.has(EASE) or (whole and asks_ease)):
        ease = said.laid_over(EASE, ease, whole=whole)
    return said.laid_over("survey", shipped, whole=whole, language=language, about_ease=ease)


def until_in_words(words: Words, instant: datetime, zone: ZoneInfo, habits: str | None) -> str:
    """An instant as the client's own calendar and clock show it, by their region's habits."""
    locale = _locale(words.language, habits)
    day = written_out(instant.astimezone(zone).date(), locale)
    clock = format_time(instant, "short", tzinfo=zone, locale=locale)
    place = get_timezone_location(zone.key, locale=locale, return_city=True)
    return words.until.format(day=day, clock=clock.replace("\u202f", " "), place=place)


def _locale(language: Language, habits: str | None) -> Locale:
    """The client's own locale where it is in the page's language: days are said as they do."""
    if habits is not None and habits.replace("_", "-").partition("-")[0].lower() == language:
        try:
            return Locale.parse(habits.replace("-", "_"))
        except (UnknownLocaleError, ValueError):  # a region without habits of its own
            pass
    return Locale(language)
