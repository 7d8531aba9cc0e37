"""What does the form for asking for help say, in the inquirer's language?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.intake.domain.preferences import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the inquiry pages in one language."""

    step_one: str
    title: str
    intro: str  # {firm}
    name: str
    name_hint: str
    contact: str
    contact_hint: str
    email: str
    phone: str
    area: str
    area_choose: str
    others: str
    others_hint: str
    deadline: str
    deadline_hint: str
    optional: str
    agreed: str  # {firm}
    agreed_hint: str
    privacy: str
    go_on: str
    trap: str
    errors_title: str
    error_prefix: str
    problems: dict[str, str]
    step_two: str
    received_title: str
    received: str
    received_by: str  # {day}
    received_soon: str
    received_next: str
    story_title: str
    story_intro: str
    story: str
    story_hint: str  # {most}
    story_link: str
    send: str
    told_title: str
    told: str
    told_next: str
    not_yet: str  # {firm}
    deadline_call: str  # {phone}; without a number nothing is said
    answered_title: str
    answered: str
    declined_title: str
    declined: str  # {firm}
    declined_deadlines: str
    confirm_title: str
    confirm: str  # {firm}
    confirm_button: str
    confirmed_title: str
    confirmed: str
    received_mail: str  # the same whether or not an address was typed


ENGLISH = Words(
    step_one="Step 1 of 2",
    title="Ask us for help",
    intro="Before we may hear what it is about, {firm} has to make sure that we do not already "
    "act for somebody else involved. So first we only need a few names.",
    name="Your name",
    name_hint="First and last name, or the name of your company.",
    contact="How can we reach you?",
    contact_hint="An e-mail address or a telephone number is enough.",
    email="E-mail address",
    phone="Telephone number",
    area="What is it about?",
    area_choose="Please choose",
    others="Who else has a part in it?",
    others_hint="Names only, one on each line: the other side, their company, relatives. "
    "Please write nothing else about them.",
    deadline="Is a deadline running?",
    deadline_hint="The date by which something has to be done, if a letter names one.",
    optional="(if you know)",
    agreed="{firm} may check these names and contact me about my inquiry.",
    agreed_hint="We use what you enter only for that. If we cannot act for you, we tell you so and "
    "then keep only the names, as our professional rules require.",
    privacy="How we protect your data",
    go_on="Send",
    trap="Leave this field empty",
    errors_title="Please check what you entered",
    error_prefix="Error: ",
    problems={
        "name-missing": "Enter your name.",
        "name-wrong": "The name has too many or unusual characters.",
        "contact-missing": "Enter an e-mail address or a telephone number.",
        "email-wrong": "Enter one e-mail address, like name@example.com.",
        "phone-wrong": "Enter a telephone number with its area code, like 030 123456.",
        "area-missing": "Choose what it is about.",
        "others-many": "List at most 20 names, one on each line.",
        "others-wrong": "A name in the list has too many or unusual characters.",
        "agreed-missing": "Tick this box so that we may check the names.",
        "story-missing": "Write what it is about.",
        "story-long": "Your text has {length} characters; the most we can take is {most}. "
        "Please shorten it.",
        "trap": "One field has to stay empty. We have emptied it; please press the button again.",
        "page-old": "This page was open for too long. Please press the button again.",
        "deadline-wrong": "Enter the deadline as a date, like 2026-05-31, or leave it empty.",
        "too-often": "Too many inquiries came from your connection. Please try again later.",
        "not-clear": "We have to check the names once more and could not take your text yet. "
        "Please keep a copy of it and look here again later.",
        "answered": "Your inquiry has been answered, so we did not take this text. Please contact "
        "us directly.",
        "try-again": "We could not save this just now. Please press the button again in a minute.",
    },
    step_two="Step 2 of 2",
    received_title="We have received your inquiry",
    received="Thank you. We have received your inquiry.",
    received_by="We will be in touch with you by {day}.",
    received_soon="We will be in touch with you as soon as we know more.",
    received_next="First we make sure that we may act for you. Then we ask you to tell us what it "
    "is about. Until then, please send us nothing confidential.",
    story_title="Tell us what it is about",
    story_intro="You may tell us now. Nobody but our firm reads this.",
    story="What happened, and what would you like us to do?",
    story_hint="A few sentences are enough. Name deadlines and letters you have received. Up to "
    "{most} characters.",
    story_link="Keep the address of this page: it leads only you back here.",
    send="Send",
    told_title="Thank you",
    told="We have received what you wrote.",
    told_next="Somebody of our firm reads it and will be in touch with you.",
    not_yet="You are not yet a client of {firm}: that takes an agreement between you and us.",
    deadline_call="If a deadline is running, please call us: {phone}.",
    answered_title="We have been in touch",
    answered="Your inquiry has been answered. If something is missing, please contact us directly.",
    declined_title="We are sorry",
    declined="{firm} cannot act for you in this matter. This says nothing about its merits.",
    declined_deadlines="Please turn to another lawyer soon: deadlines may be running, and we are "
    "not watching them for you.",
    confirm_title="Is this your address?",
    confirm="Press the button if it was you who asked {firm} for help. Then we write to you at "
    "this address.",
    confirm_button="Yes, this is my address",
    confirmed_title="Thank you",
    confirmed="We write to you at this address from now on.",
    received_mail="If you gave us an e-mail address, you will find a message there. Please "
    "confirm in it that the address is yours, so that we may write to you.",
)

GERMAN = Words(
    step_one="Schritt 1 von 2",
    title="Ihre Anfrage an uns",
    intro="Bevor wir hören dürfen, worum es geht, muss {firm} sicher sein, dass wir nicht schon "
    "jemand anderen vertreten, der beteiligt ist. Zuerst brauchen wir deshalb nur ein paar Namen.",
    name="Ihr Name",
    name_hint="Vor- und Nachname oder der Name Ihres Unternehmens.",
    contact="Wie erreichen wir Sie?",
    contact_hint="Eine E-Mail-Adresse oder eine Telefonnummer genügt.",
    email="E-Mail-Adresse",
    phone="Telefonnummer",
    area="Worum geht es?",
    area_choose="Bitte wählen",
    others="Wer ist noch beteiligt?",
    others_hint="Nur Namen, einer je Zeile: die Gegenseite, deren Unternehmen, Angehörige. Bitte "
    "schreiben Sie sonst nichts über sie.",
    deadline="Läuft eine Frist?",
    deadline_hint="Bis wann etwas geschehen muss, falls ein Schreiben einen Tag nennt.",
    optional="(falls bekannt)",
    agreed="{firm} darf diese Namen prüfen und mich wegen meiner Anfrage kontaktieren.",
    agreed_hint="Wir verwenden Ihre Angaben nur dafür. Können wir Sie nicht vertreten, sagen wir "
    "es Ihnen und behalten dann nur die Namen, wie es unser Berufsrecht verlangt.",
    privacy="Wie wir Ihre Daten schützen",
    go_on="Absenden",
    trap="Lassen Sie dieses Feld leer",
    errors_title="Bitte prüfen Sie Ihre Angaben",
    error_prefix="Fehler: ",
    problems={
        "name-missing": "Geben Sie Ihren Namen ein.",
        "name-wrong": "Der Name hat zu viele oder ungewöhnliche Zeichen.",
        "contact-missing": "Geben Sie eine E-Mail-Adresse oder eine Telefonnummer ein.",
        "email-wrong": "Geben Sie eine E-Mail-Adresse ein, wie name@example.com.",
        "phone-wrong": "Geben Sie eine Telefonnummer mit Vorwahl ein, wie 030 123456.",
        "area-missing": "Wählen Sie, worum es geht.",
        "others-many": "Nennen Sie höchstens 20 Namen, einen je Zeile.",
        "others-wrong": "Ein Name in der Liste hat zu viele oder ungewöhnliche Zeichen.",
        "agreed-missing": "Kreuzen Sie dies an, damit wir die Namen prüfen dürfen.",
        "story-missing": "Schreiben Sie, worum es geht.",
        "story-long": "Ihr Text hat {length} Zeichen; höchstens {most} sind möglich. Bitte kürzen "
        "Sie ihn.",
        "trap": "Ein Feld muss leer bleiben. Wir haben es geleert; bitte senden Sie das Formular "
        "noch einmal ab.",
        "page-old": "Diese Seite war zu lange offen. Bitte senden Sie das Formular noch einmal ab.",
        "deadline-wrong": "Geben Sie die Frist als Datum ein, wie 2026-05-31, oder lassen Sie das "
        "Feld leer.",
        "too-often": "Von Ihrem Anschluss kamen zu viele Anfragen. Bitte versuchen Sie es später "
        "noch einmal.",
        "not-clear": "Wir müssen die Namen noch einmal prüfen und konnten Ihren Text noch nicht "
        "annehmen. Bitte heben Sie eine Kopie auf und sehen Sie später hier nach.",
        "answered": "Ihre Anfrage ist beantwortet, deshalb haben wir diesen Text nicht angenommen. "
        "Bitte wenden Sie sich direkt an uns.",
        "try-again": "Das ließ sich gerade nicht speichern. Bitte senden Sie das Formular in einer "
        "Minute noch einmal ab.",
    },
    step_two="Schritt 2 von 2",
    received_title="Ihre Anfrage ist bei uns angekommen",
    received="Vielen Dank. Ihre Anfrage ist bei uns angekommen.",
    received_by="Wir melden uns bei Ihnen bis {day}.",
    received_soon="Wir melden uns bei Ihnen, sobald wir mehr wissen.",
    received_next="Zuerst stellen wir sicher, dass wir Sie vertreten dürfen. Danach bitten wir "
    "Sie, uns zu schreiben, worum es geht. Bitte senden Sie uns bis dahin nichts Vertrauliches.",
    story_title="Worum geht es?",
    story_intro="Jetzt dürfen Sie es uns schreiben. Nur unsere Kanzlei liest das.",
    story="Was ist geschehen, und was sollen wir für Sie tun?",
    story_hint="Ein paar Sätze genügen. Nennen Sie Fristen und Schreiben, die Sie erhalten haben. "
    "Bis zu {most} Zeichen.",
    story_link="Bewahren Sie die Adresse dieser Seite auf: Sie führt nur Sie hierher zurück.",
    send="Absenden",
    told_title="Vielen Dank",
    told="Wir haben Ihre Nachricht erhalten.",
    told_next="Jemand aus unserer Kanzlei liest sie und meldet sich bei Ihnen.",
    not_yet="Ein Mandat bei {firm} besteht damit noch nicht: Dafür braucht es eine Vereinbarung "
    "zwischen Ihnen und uns.",
    deadline_call="Läuft eine Frist, rufen Sie uns bitte an: {phone}.",
    answered_title="Wir haben uns bei Ihnen gemeldet",
    answered="Ihre Anfrage ist beantwortet. Fehlt noch etwas, wenden Sie sich bitte direkt an uns.",
    declined_title="Es tut uns leid",
    declined="{firm} kann Sie in dieser Sache nicht vertreten. Über Ihre Aussichten sagt das "
    "nichts.",
    declined_deadlines="Bitte wenden Sie sich bald an eine andere Kanzlei: Es können Fristen "
    "laufen, und wir überwachen sie nicht für Sie.",
    confirm_title="Ist das Ihre Adresse?",
    confirm="Haben Sie {firm} um Hilfe gebeten? Dann bestätigen Sie hier Ihre Adresse, damit wir "
    "Ihnen dorthin schreiben dürfen.",
    confirm_button="Ja, das ist meine Adresse",
    confirmed_title="Vielen Dank",
    confirmed="Ab jetzt schreiben wir Ihnen an diese Adresse.",
    received_mail="Haben Sie uns eine E-Mail-Adresse genannt, finden Sie dort eine Nachricht. "
    "Bitte bestätigen Sie darin, dass es Ihre Adresse ist, damit wir Ihnen schreiben dürfen.",
)


SHIPPED: Mapping[Language, Words] = MappingProxyType({"en": ENGLISH, "de": GERMAN})
