"""What do the preferences and unsubscribe pages say, in the client's language?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from services.intake.domain.preferences import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of these pages in one language."""

    title: str
    intro: str  # {firm}
    channel: str
    channel_hint: str
    channels: dict[str, str]
    written_language: str
    languages: dict[str, str]
    hours: str
    hours_hint: str  # {earliest} {latest}
    from_time: str
    until_time: str
    clock: str  # {time}
    purposes: str
    service: str
    service_why: str
    feedback: str
    feedback_hint: str
    marketing: str
    marketing_hint: str
    save: str
    errors_title: str
    error_prefix: str
    problems: dict[str, str]
    saved_title: str
    saved: str
    saved_now: str
    yes: str
    no: str
    always: str
    between: str  # {earliest} {latest}
    change: str
    unsubscribe_title: str
    unsubscribe: dict[str, str]
    unsubscribe_still: str
    unsubscribe_button: str
    unsubscribed_title: str
    unsubscribed: dict[str, str]
    unsubscribed_mistake: str
    all_choices: str


ENGLISH = Words(
    title="How we contact you",
    intro="Tell {firm} how and when you would like to hear from us.",
    channel="How should we reach you about your matter?",
    channel_hint="For appointments, documents and invoices. "
    "What the law requires in writing always comes in writing.",
    channels={
        "email": "By e-mail",
        "phone": "By telephone: somebody calls me",
        "sms": "By text message",
        "post": "By post",
    },
    written_language="Which language should we write in?",
    languages={"en": "English", "de": "Deutsch (German)"},
    hours="At what time of day?",
    hours_hint="By your own clock. We never write before {earliest} or after {latest}.",
    from_time="Not before",
    until_time="Not after",
    clock="{time}",
    purposes="What may we write to you about?",
    service="Your matter: appointments, documents, invoices",
    service_why="This cannot be turned off: we must keep you informed for as long as we act for "
    "you.",
    feedback="Questions about how satisfied you were",
    feedback_hint="A short survey now and then, for example when a matter ends, and sometimes a "
    "request for a public review.",
    marketing="News and invitations",
    marketing_hint="Only if you tick this.",
    save="Save my choices",
    errors_title="Please check your choices",
    error_prefix="Error: ",
    problems={
        "channel-missing": "Choose how we should reach you.",
        "language-missing": "Choose a language.",
        "time-missing": "Choose a time from the list.",
        "hours-short": "Leave us at least two hours, so that a message can reach you.",
        "try-again": "We could not save your choices just now. Please press the button again in "
        "a minute.",
        "page-old": "This page was open for too long. Please check your choices and save again.",
    },
    saved_title="Your choices are saved",
    saved="We have saved your choices. They hold from now on.",
    saved_now="What you chose",
    yes="Yes",
    no="No",
    always="Always",
    between="between {earliest} and {latest}",
    change="Change my choices",
    unsubscribe_title="Unsubscribe",
    unsubscribe={
        "feedback": "Press the button and we will no longer ask you how satisfied you were, nor "
        "for a public review.",
        "marketing": "Press the button and we will no longer send you news and invitations.",
    },
    unsubscribe_still="You will still hear from us about your own matter.",
    unsubscribe_button="Unsubscribe",
    unsubscribed_title="You are unsubscribed",
    unsubscribed={
        "feedback": "We will no longer ask you how satisfied you were, nor for a public review.",
        "marketing": "We will no longer send you news and invitations.",
    },
    unsubscribed_mistake="Was this a mistake, or is there something else you would like to change?",
    all_choices="See all my choices",
)

GERMAN = Words(
    title="Wie wir Sie kontaktieren",
    intro="Sagen Sie {firm}, wie und wann Sie von uns hören möchten.",
    channel="Wie sollen wir Sie in Ihrer Angelegenheit erreichen?",
    channel_hint="Bei Terminen, Unterlagen und Rechnungen. "
    "Was das Gesetz schriftlich verlangt, kommt immer schriftlich.",
    channels={
        "email": "Per E-Mail",
        "phone": "Per Telefon: jemand ruft mich an",
        "sms": "Per SMS",
        "post": "Per Post",
    },
    written_language="In welcher Sprache sollen wir schreiben?",
    languages={"en": "English (Englisch)", "de": "Deutsch"},
    hours="Zu welcher Tageszeit?",
    hours_hint="Nach Ihrer eigenen Uhr. Wir schreiben nie vor {earliest} oder nach {latest}.",
    from_time="Nicht vor",
    until_time="Nicht nach",
    clock="{time} Uhr",
    purposes="Worüber dürfen wir Ihnen schreiben?",
    service="Ihre Angelegenheit: Termine, Unterlagen, Rechnungen",
    service_why="Das lässt sich nicht abstellen: Solange wir für Sie tätig sind, müssen wir Sie "
    "auf dem Laufenden halten.",
    feedback="Fragen, wie zufrieden Sie waren",
    feedback_hint="Ab und zu eine kurze Umfrage, zum Beispiel am Ende einer Angelegenheit, und "
    "manchmal die Bitte um eine öffentliche Bewertung.",
    marketing="Neuigkeiten und Einladungen",
    marketing_hint="Nur, wenn Sie das ankreuzen.",
    save="Auswahl speichern",
    errors_title="Bitte prüfen Sie Ihre Auswahl",
    error_prefix="Fehler: ",
    problems={
        "channel-missing": "Wählen Sie, wie wir Sie erreichen sollen.",
        "language-missing": "Wählen Sie eine Sprache.",
        "time-missing": "Wählen Sie eine Uhrzeit aus der Liste.",
        "hours-short": "Lassen Sie uns mindestens zwei Stunden, damit eine Nachricht Sie erreicht.",
        "try-again": "Ihre Auswahl ließ sich gerade nicht speichern. Bitte speichern Sie sie "
        "in einer Minute noch einmal.",
        "page-old": "Diese Seite war zu lange offen. Bitte prüfen Sie Ihre Auswahl und speichern "
        "Sie noch einmal.",
    },
    saved_title="Ihre Auswahl ist gespeichert",
    saved="Wir haben Ihre Auswahl gespeichert. Sie gilt ab sofort.",
    saved_now="Das haben Sie gewählt",
    yes="Ja",
    no="Nein",
    always="Immer",
    between="zwischen {earliest} und {latest}",
    change="Auswahl ändern",
    unsubscribe_title="Abmelden",
    unsubscribe={
        "feedback": "Wenn Sie sich abmelden, fragen wir Sie nicht mehr, wie zufrieden Sie "
        "waren, und bitten Sie nicht mehr um eine öffentliche Bewertung.",
        "marketing": "Wenn Sie sich abmelden, senden wir Ihnen keine Neuigkeiten und "
        "Einladungen mehr.",
    },
    unsubscribe_still="In Ihrer eigenen Angelegenheit hören Sie weiterhin von uns.",
    unsubscribe_button="Abmelden",
    unsubscribed_title="Sie sind abgemeldet",
    unsubscribed={
        "feedback": "Wir fragen Sie nicht mehr, wie zufrieden Sie waren, und bitten Sie nicht "
        "mehr um eine öffentliche Bewertung.",
        "marketing": "Wir senden Ihnen keine Neuigkeiten und Einladungen mehr.",
    },
    unsubscribed_mistake="War das ein Versehen, oder möchten Sie noch etwas ändern?",
    all_choices="Alle meine Einstellungen",
)


REVIEWS_ARE_NEWS = {
    "en": replace(
        ENGLISH,
        feedback_hint="A short survey now and then, for example when a matter ends.",
        marketing="News, invitations and requests for a public review",
        unsubscribe={
            "feedback": "Press the button and we will no longer ask you how satisfied you were.",
            "marketing": "Press the button and we will no longer send you news and invitations, "
            "nor ask you for a public review.",
        },
        unsubscribed={
            "feedback": "We will no longer ask you how satisfied you were.",
            "marketing": "We will no longer send you news and invitations, nor ask you for a "
            "public review.",
        },
    ),
    "de": replace(
        GERMAN,
        feedback_hint="Ab und zu eine kurze Umfrage, zum Beispiel am Ende einer Angelegenheit.",
        marketing="Neuigkeiten, Einladungen und Bitten um eine öffentliche Bewertung",
        unsubscribe={
            "feedback": "Wenn Sie sich abmelden, fragen wir Sie nicht mehr, wie zufrieden Sie "
            "waren.",
            "marketing": "Wenn Sie sich abmelden, senden wir Ihnen keine Neuigkeiten und "
            "Einladungen mehr und bitten Sie nicht mehr um eine öffentliche Bewertung.",
        },
        unsubscribed={
            "feedback": "Wir fragen Sie nicht mehr, wie zufrieden Sie waren.",
            "marketing": "Wir senden Ihnen keine Neuigkeiten und Einladungen mehr und bitten Sie "
            "nicht mehr um eine öffentliche Bewertung.",
        },
    ),
}


SHIPPED: Mapping[Language, Words] = MappingProxyType({"en": ENGLISH, "de": GERMAN})


def shipped_words(*, reviews_are_news: bool) -> Mapping[Language, Words]:
    """The words of these pages; in some countries asking for a review is advertising."""
    return REVIEWS_ARE_NEWS if reviews_are_news else SHIPPED
