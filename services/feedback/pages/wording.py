"""What do the survey pages say, in the client's language?"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "de"]


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the survey page in one language."""

    language: Language
    skip: str
    title: str
    question: str  # {firm}
    lowest: str
    highest: str
    comment: str
    comment_hint: str  # {most}
    send: str
    change: str
    changeable: str
    thanks_title: str
    thanks: str
    final_title: str
    final: str
    errors_title: str
    error_prefix: str
    problems: dict[str, str]


ENGLISH = Words(
    language="en",
    skip="Skip to the content",
    title="Your feedback",
    question="How likely are you to recommend {firm} to a friend or colleague?",
    lowest="0 means not at all likely",
    highest="10 means extremely likely",
    comment="What is the most important reason for your answer? (optional)",
    comment_hint="Up to {most} characters. Only our firm reads it.",
    send="Send",
    change="Change my answer",
    changeable="You can change your answer here for 24 hours after you first sent it.",
    thanks_title="Thank you",
    thanks="Your answer has been saved.",
    final_title="Thank you",
    final="Your answer has been saved and can no longer be changed.",
    errors_title="Please check your answer",
    error_prefix="Error: ",
    problems={
        "score-missing": "Choose a number from 0 to 10.",
        "score-range": "The number must be from 0 to 10.",
        "comment-long": "The comment has {length} characters; the most we can take is {most}.",
        "try-again": "We could not save your answer just now. Please send it again in a minute.",
    },
)

GERMAN = Words(
    language="de",
    skip="Zum Inhalt springen",
    title="Ihre Rückmeldung",
    question="Wie wahrscheinlich ist es, dass Sie {firm} weiterempfehlen?",
    lowest="0 bedeutet sehr unwahrscheinlich",
    highest="10 bedeutet sehr wahrscheinlich",
    comment="Was ist der wichtigste Grund für Ihre Antwort? (freiwillig)",
    comment_hint="Bis zu {most} Zeichen. Nur unsere Kanzlei liest das.",
    send="Absenden",
    change="Antwort ändern",
    changeable="Sie können Ihre Antwort hier noch 24 Stunden nach dem ersten Absenden ändern.",
    thanks_title="Vielen Dank",
    thanks="Ihre Antwort ist gespeichert.",
    final_title="Vielen Dank",
    final="Ihre Antwort ist gespeichert und lässt sich nicht mehr ändern.",
    errors_title="Bitte prüfen Sie Ihre Antwort",
    error_prefix="Fehler: ",
    problems={
        "score-missing": "Bitte wählen Sie eine Zahl von 0 bis 10.",
        "score-range": "Die Zahl muss zwischen 0 und 10 liegen.",
        "comment-long": "Der Text hat {length} Zeichen; höchstens {most} sind möglich.",
        "try-again": "Ihre Antwort ließ sich gerade nicht speichern. "
        "Bitte senden Sie sie in einer Minute noch einmal ab.",
    },
)


def words_for(locale: str | None) -> Words:
    """The client's language if we speak it, otherwise English."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return GERMAN if language == "de" else ENGLISH
