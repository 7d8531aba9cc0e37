"""What does the page say on which a client reads what the firm understood?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.intake.domain.preferences import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the page in one language."""

    title: str
    intro: str  # {firm}
    intro_of_day: str  # {firm}, {day}
    ours: str
    question: str
    yes: str
    no: str
    wrong: str
    wrong_hint: str  # {most}
    send: str
    private: str  # {firm}
    errors_title: str
    error_prefix: str
    problems: dict[str, str]
    confirmed_title: str
    confirmed: str
    disputed_title: str
    disputed: str
    settled_title: str
    settled: str
    call: str  # {phone}; without a number nothing is said


ENGLISH = Words(
    title="Did we understand you?",
    intro="You had an appointment with {firm}. This is what we understood.",
    intro_of_day="You had an appointment with {firm} on {day}. This is what we understood.",
    ours="What we understood",
    question="Is that right?",
    yes="Yes, that is right",
    no="No, something is wrong or missing",
    wrong="What is wrong or missing?",
    wrong_hint="Only if you chose “No”. A few words are enough; at most {most} characters.",
    send="Send my answer",
    private="Your answer goes to {firm} alone. It is kept confidential.",
    errors_title="Your answer was not sent",
    error_prefix="Error: ",
    problems={
        "missing-answer": "Choose “Yes” or “No”.",
        "missing-words": "Tell us in a few words what is wrong or missing.",
        "yes-with-words": "You chose “Yes” and wrote what is wrong. Choose “No”, or empty the "
        "field.",
        "too-long": "Please use at most {most} characters. Yours are {length}.",
        "changed": "We have written it anew since you opened this page. Please read it once more.",
        "page-old": "This page had been open for long. Please send your answer again.",
        "try-again": "Your answer could not be kept just now. Please send it again in a minute.",
    },
    confirmed_title="Thank you",
    confirmed="You told us that we understood you. We go on from here.",
    disputed_title="Thank you for telling us",
    disputed="We have read that something is wrong, and somebody of us will get in touch with you.",
    settled_title="This has been settled",
    settled="We have talked about it with you. There is nothing to answer here any more.",
    call="If something is urgent or wrong after all, call us: {phone}.",
)
GERMAN = Words(
    title="Haben wir Sie richtig verstanden?",
    intro="Sie hatten einen Termin bei {firm}. Das haben wir dabei verstanden.",
    intro_of_day="Sie hatten am {day}, einen Termin bei {firm}. Das haben wir dabei verstanden.",
    ours="Was wir verstanden haben",
    question="Stimmt das so?",
    yes="Ja, das stimmt",
    no="Nein, etwas ist falsch oder fehlt",
    wrong="Was ist falsch oder fehlt?",
    wrong_hint="Nur wenn Sie „Nein“ gewählt haben. Ein paar Worte genügen; höchstens {most} "
    "Zeichen.",
    send="Antwort senden",
    private="Ihre Antwort geht nur an {firm} und wird vertraulich behandelt.",
    errors_title="Ihre Antwort wurde nicht gesendet",
    error_prefix="Fehler: ",
    problems={
        "missing-answer": "Bitte wählen Sie „Ja“ oder „Nein“.",
        "missing-words": "Bitte schreiben Sie uns kurz, was falsch ist oder fehlt.",
        "yes-with-words": "Sie haben „Ja“ gewählt und geschrieben, was falsch ist. Bitte wählen "
        "Sie „Nein“, oder leeren Sie das Feld.",
        "too-long": "Bitte schreiben Sie höchstens {most} Zeichen. Es sind {length}.",
        "changed": "Wir haben den Text neu gefasst, seit Sie diese Seite geöffnet haben. Bitte "
        "lesen Sie ihn noch einmal.",
        "page-old": "Diese Seite war lange geöffnet. Bitte senden Sie Ihre Antwort noch einmal.",
        "try-again": "Ihre Antwort konnte gerade nicht gespeichert werden. Bitte senden Sie sie in "
        "einer Minute noch einmal.",
    },
    confirmed_title="Vielen Dank",
    confirmed="Sie haben uns bestätigt, dass wir Sie richtig verstanden haben. Wir arbeiten damit "
    "weiter.",
    disputed_title="Danke für Ihren Hinweis",
    disputed="Ihre Nachricht ist angekommen. Jemand von uns meldet sich bei Ihnen.",
    settled_title="Das ist geklärt",
    settled="Wir haben darüber mit Ihnen gesprochen. Sie brauchen hier nichts mehr zu beantworten.",
    call="Wenn etwas eilt oder doch nicht stimmt, rufen Sie uns bitte an: {phone}.",
)
SHIPPED: Mapping[Language, Words] = MappingProxyType({"en": ENGLISH, "de": GERMAN})
