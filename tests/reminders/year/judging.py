"""Is this message true, wanted and in time, by what stands at the instant it goes?"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.contact import Contact
from services.reminders.domain.playbook import LetterRule
from tests.reminders.year.standing import BERLIN, Standing

UNFILLED = re.compile(r"\{\{|\{%|\bNone\b|undefined|Dear ,|Guten Tag ,")
TO_A_COMPANY = ("Dear Sir or Madam,", "Sehr geehrte Damen und Herren,")
CLOSED = ("is closed", "has been closed", "abgeschlossen")
AN_HOUR = re.compile(r"\b\d{1,2}:\d\d\b")
MEETS_US = re.compile(r"appointment with us|Termin .*bei uns|another time|einen anderen")
APART = {"survey-invitation": timedelta(days=60), "review-ask": timedelta(days=180)}
ASKS = ("feedback", "review-ask")


def complaints(
    message: Contact, stands: Standing, before: list[Contact], profile: str
) -> Iterator[str]:
    """Everything that is wrong with it."""
    at = message.due_at
    if not stands.may_be_written_to(at):
        yield f"went at {stands.local(at):%H:%M} of the client's clock"
    if stands.held:
        yield "went although all messages were held back"
    if stands.address_is_wrong:
        yield "went to an address at which nothing arrives"
    if stands.restrictions:
        yield "went although a restriction stood"
    if not _agreed(message, stands, profile):
        yield "went without the consent it needs"
    if (message.locale or "")[:2] != stands.language():
        yield f"went in {message.locale} to a reader of {stands.client['locale']}"
    if UNFILLED.search(f"{message.subject_line} {message.text}"):
        yield "has a word nobody filled in"
    yield from _misaddressed(message.text or "", stands)
    yield from _missigned(message, stands)
    yield from _too_soon(message, before)
    yield from _second_letter(message, stands, before)
    yield from _untrue(message, stands, at)


def _agreed(message: Contact, stands: Standing, profile: str) -> bool:
    kind = message.message_class.value
    if kind == "service":
        return stands.agreed("service") is not False
    advertises = kind == "review-ask" and profile in ("germany", "england-and-wales")
    said = stands.agreed("marketing" if advertises else "feedback")
    return said is True if advertises or profile == "germany" else said is not False


def _misaddressed(text: str, stands: Standing) -> Iterator[str]:
    name = stands.client["name"]
    if name.endswith("GmbH"):
        if not text.startswith(TO_A_COMPANY):
            yield "writes to a company as to a person"
    elif name not in text:
        yield "does not name its reader"


def _missigned(message: Contact, stands: Standing) -> Iterator[str]:
    """Whoever is in charge and works here is named below, and nobody else is."""
    (matter_id,) = stands.owners
    knows = "matter_id" in message.ids or matter_id not in stands.closed
    owner = stands.owners[matter_id] if knows else ""
    named = {each for each in ("Ada Recht", "Ben Recht") if each in (message.text or "")}
    if named != ({stands.lawyers[owner]} if owner in stands.lawyers else set()):
        yield f"is signed by {named or 'nobody'}, and {owner or 'nobody'} is in charge"


def _second_letter(message: Contact, stands: Standing, before: list[Contact]) -> Iterator[str]:
    """Whether it could have gone with tomorrow's letter, and is one more of today."""
    if message.letter is not LetterRule.WAITS or message.carried_by is not None:
        return
    others = [each for each in before if each.letter is not LetterRule.OWN]
    today = stands.local(message.due_at).date()
    soon_useless = message.valid_until and message.valid_until - message.due_at < timedelta(days=2)
    same_day = any(stands.local(each.due_at).date() == today for each in others)
    if same_day and not message.carries and not soon_useless:
        yield "is a second letter on one day, and could have waited"


def _too_soon(message: Contact, before: list[Contact]) -> Iterator[str]:
    if message.message_class.value not in ASKS:
        return
    asks = [each for each in before if each.message_class.value in ASKS]
    if asks and message.due_at - asks[-1].due_at < timedelta(hours=24):
        yield "asks for something a day after another ask"
    apart = APART.get(message.template)
    same = [each for each in before if each.template == message.template]
    if apart and same and message.due_at - same[-1].due_at < apart:
        yield f"invites again within {apart.days} days"


def _untrue(message: Contact, stands: Standing, at: datetime) -> Iterator[str]:
    text, ids = f"{message.subject_line}\n{message.text}", message.ids
    if message.template in ("appointment-cancelled", "hearing-cancelled"):
        stands_still = ids["appointment_id"] in stands.appointments
        yield from ["calls off an appointment that stands"] * stands_still
    elif "appointment_id" in ids:
        yield from _untrue_appointment(message, text, stands, at)
    elif "invoice_id" in ids:
        yield from _untrue_invoice(message, text, stands)
    elif "request_id" in ids and message.message_class.value == "service":
        if ids["request_id"] not in stands.documents:
            yield "asks for a document that has come"
        elif f"Paper {ids['request_id']}" not in text:
            yield "does not name the document"
    elif message.template in ("survey-invitation", "survey-reminder"):
        yield from _untrue_survey(message, text, stands)
    elif message.template in ("matter-closed", "review-ask", "review-reminder"):
        yield from _untrue_closing(message, text, stands)


def _untrue_appointment(
    message: Contact, text: str, stands: Standing, at: datetime
) -> Iterator[str]:
    stated = stands.appointments.get(message.ids["appointment_id"])
    if stated is None:
        yield "speaks of an appointment that was called off"
        return
    there = stated.starts_at.astimezone(ZoneInfo(stated.timezone))
    begun = stated.starts_at + timedelta(days=1 if stated.starts_on else 0)
    if begun <= at:
        yield "speaks of an appointment that has begun"
    clock = stands.clock(stated.starts_at, stated.timezone)
    for wanted in (str(there.day), *([] if stated.starts_on else [clock])):
        if wanted not in text:
            yield f"does not say {wanted}, which stands"
    if message.carries or message.carried_by is not None:
        return  # what stands beside it in its letter is about something else
    if stated.starts_on and AN_HOUR.search(text.partition("before:")[0].partition("zuvor")[0]):
        yield "names an hour of a whole day"
    if stated.kind == "hearing" and MEETS_US.search(text):
        yield "speaks of a hearing as of a meeting with the firm"
    if stated.location is not None and stated.location not in text:
        yield "names another place, or none"


def _untrue_invoice(message: Contact, text: str, stands: Standing) -> Iterator[str]:
    invoice = stands.invoices.get(message.ids["invoice_id"])
    if invoice is None:
        yield "reminds of an invoice that is settled"
    elif invoice.number not in text or stands.day(invoice.due_at) not in text:
        yield "names another invoice or day"
    elif message.template == "invoice-overdue" and message.due_at < invoice.due_at:
        yield "calls an invoice overdue that is not"


def _untrue_survey(message: Contact, text: str, stands: Standing) -> Iterator[str]:
    """It asks about a closing that stands, or about a stage that was reached."""
    matter_id = message.ids.get("matter_id", "")
    says_closed = any(each in text for each in CLOSED)
    if says_closed and matter_id not in stands.closed:
        yield "speaks of an end of a matter that is open"
    invites = message.template == "survey-invitation"
    if invites and not says_closed and not stands.stages.get(matter_id):
        yield "asks about a stage that was never reached"


def _untrue_closing(message: Contact, text: str, stands: Standing) -> Iterator[str]:
    closed = stands.closed.get(message.ids.get("matter_id", ""))
    if closed is None:
        yield "speaks of an end of a matter that is open"
    elif message.template == "matter-closed" and str(closed.astimezone(BERLIN).day) not in text:
        yield "names another day than that of the closing"
