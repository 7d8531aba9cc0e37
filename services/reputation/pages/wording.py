"""What does the page say on which a client reads words of theirs that the firm would publish?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shared.web.language import Language
from shared.web.own_languages import PageLanguages

GROUP = "testimonial"


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the page in one language."""

    title: str
    intro: str  # {firm}
    where: str
    ours: str
    question: str
    yes: str
    no: str
    named: str
    unnamed: str
    initials: str
    name: str
    your_name: str
    name_hint: str  # {most}
    send: str
    free: str
    errors_title: str
    error_prefix: str
    problems: dict[str, str]
    agreed_title: str
    agreed: str
    published_title: str
    published: str
    named_as: str  # {name}
    not_named: str
    declined_title: str
    declined: str
    withdrawn_title: str
    withdrawn: str
    take_back: str
    take_back_button: str
    call: str  # {phone}; without a number nothing is said


ENGLISH = Words(
    title="May we publish these words?",
    intro="{firm} would like to publish the following words as yours.",
    where="They would stand on our website, where everybody can read them.",
    ours="These words, exactly as they are",
    question="May we publish exactly these words?",
    yes="Yes",
    no="No",
    named="How shall we name you? (if you choose “Yes”)",
    unnamed="Not at all",
    initials="By my initials",
    name="By my name",
    your_name="Your name, as it shall stand there",
    name_hint="Not needed if we are not to name you. At most {most} characters.",
    send="Send my answer",
    free="You need not agree: nothing depends on it, and nothing is given for it. With “Yes” it "
    "becomes public that you were our client. You can take a “Yes” back on this page at any time.",
    errors_title="Your answer was not sent",
    error_prefix="Error: ",
    problems={
        "missing-answer": "Choose “Yes” or “No”.",
        "missing-attribution": "Choose how we shall name you.",
        "missing-name": "Give the name as it shall stand there, or choose “Not at all”.",
        "too-long": "Please use at most {most} characters.",
        "changed": "We have changed the words since you opened this page. Please read them once "
        "more.",
        "page-old": "This page had been open for long. Please send your answer again.",
        "try-again": "Your answer could not be kept just now. Please send it again in a minute.",
    },
    agreed_title="Thank you",
    agreed="You agreed to these words. They are not published yet.",
    published_title="These words are published",
    published="You agreed to these words, and everybody can read them.",
    named_as="With them stands: {name}",
    not_named="You are not named.",
    declined_title="Thank you for your answer",
    declined="We do not publish these words.",
    withdrawn_title="These words are not published",
    withdrawn="They do not stand in our list, and will not without your consent.",
    take_back="You can take your consent back. The words are then taken out of our list at once.",
    take_back_button="Take my consent back",
    call="If something is not as you want it, call us: {phone}.",
)
GERMAN = Words(
    title="Dürfen wir diese Worte veröffentlichen?",
    intro="{firm} möchte die folgenden Worte als Ihre veröffentlichen.",
    where="Sie würden auf unserer Website stehen, wo sie jeder lesen kann.",
    ours="Diese Worte, genau so",
    question="Dürfen wir genau diese Worte veröffentlichen?",
    yes="Ja",
    no="Nein",
    named="Wie sollen wir Sie nennen? (wenn Sie „Ja“ wählen)",
    unnamed="Gar nicht",
    initials="Mit meinen Anfangsbuchstaben",
    name="Mit meinem Namen",
    your_name="Ihr Name, wie er dort stehen soll",
    name_hint="Nicht nötig, wenn wir Sie nicht nennen sollen. Höchstens {most} Zeichen.",
    send="Antwort senden",
    free="Sie müssen nicht zustimmen: Es hängt nichts davon ab, und Sie erhalten nichts dafür. Mit "
    "„Ja“ wird öffentlich, dass wir Sie vertreten haben. Ein „Ja“ können Sie auf dieser Seite "
    "jederzeit zurücknehmen.",
    errors_title="Ihre Antwort wurde nicht gesendet",
    error_prefix="Fehler: ",
    problems={
        "missing-answer": "Bitte wählen Sie „Ja“ oder „Nein“.",
        "missing-attribution": "Bitte wählen Sie, wie wir Sie nennen sollen.",
        "missing-name": "Bitte geben Sie den Namen an, wie er dort stehen soll, oder wählen Sie "
        "„Gar nicht“.",
        "too-long": "Bitte schreiben Sie höchstens {most} Zeichen.",
        "changed": "Wir haben die Worte geändert, seit Sie diese Seite geöffnet haben. Bitte lesen "
        "Sie sie noch einmal.",
        "page-old": "Diese Seite war lange geöffnet. Bitte senden Sie Ihre Antwort noch einmal.",
        "try-again": "Ihre Antwort konnte gerade nicht gespeichert werden. Bitte senden Sie sie in "
        "einer Minute noch einmal.",
    },
    agreed_title="Vielen Dank",
    agreed="Sie haben diesen Worten zugestimmt. Sie sind noch nicht veröffentlicht.",
    published_title="Diese Worte sind veröffentlicht",
    published="Sie haben diesen Worten zugestimmt, und jeder kann sie lesen.",
    named_as="Dabei steht: {name}",
    not_named="Sie werden nicht genannt.",
    declined_title="Danke für Ihre Antwort",
    declined="Wir veröffentlichen diese Worte nicht.",
    withdrawn_title="Diese Worte sind nicht veröffentlicht",
    withdrawn="Sie stehen nicht in unserer Liste und kommen ohne Ihre Zustimmung nicht dorthin.",
    take_back="Sie können Ihre Zustimmung zurücknehmen. Die Worte verschwinden dann sofort aus "
    "unserer Liste.",
    take_back_button="Zustimmung zurücknehmen",
    call="Wenn etwas nicht so ist, wie Sie es möchten, rufen Sie uns bitte an: {phone}.",
)
SHIPPED: Mapping[Language, Words] = MappingProxyType({"en": ENGLISH, "de": GERMAN})


def words_of(languages: PageLanguages) -> dict[Language, Words]:
    """The page's words by language, the firm's own before the shipped ones; FirmFolderError says
    each sentence that is wrong or missing.
    """
    found = dict(SHIPPED)
    for language, own in languages.own.items():
        known = found.get(language, ENGLISH)
        found[language] = own.laid_over(GROUP, known, whole=language not in SHIPPED)
    return found
