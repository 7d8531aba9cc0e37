"""Which mails of the firm are shown as pictures, and for whom are they written?

The texts are the shipped ones; only the occasions are samples.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Page

from services.reminders.app import read_wording
from services.reminders.domain.card import Card
from services.reminders.domain.salutation import addressing
from services.reminders.domain.wording import (
    LINK,
    PREFERENCES,
    UNSUBSCRIBE,
    Occasion,
    Worded,
    with_links,
)

FIRM = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STARTS = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
PLACES = {LINK: "https://law.example/s/…", PREFERENCES: "https://law.example/p/…",
          UNSUBSCRIBE: "https://law.example/u/…"}  # fmt: skip
OF_THE_FIRM = {
    "firm": "Muster & Partner", "firm_address": "Lindenallee 1, 10115 Berlin",
    "firm_phone": "+49 30 1234567", "preferences": PREFERENCES,
}  # fmt: skip
LAWYER = {"lawyer_name": "Dr. Eva Muster", "lawyer_phone": "+49 30 1234568"}
INVOICE = {"due_at": date(2026, 3, 9), "number": "2026-117", "amount": "1190.00", "currency": "EUR"}
DOCUMENT = {"due_at": date(2026, 3, 11), "title": "the signed lease"}
MEETING = {"starts_at": STARTS, "location": "Lindenallee 1, 10115 Berlin"}
SURVEY = {"stage": "closing", "link": LINK, "unsubscribe": UNSUBSCRIBE}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMail:
    """One mail: which text, for a reader of which language and zone, about what."""

    message: str
    locale: str
    zone: str = "Europe/Berlin"
    name: str
    words: Mapping[str, Any]
    place: ZoneInfo | None = None
    known: Mapping[str, Any] = field(default_factory=dict)  # of the client, beside the name
    with_it: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # what the same letter says

    def worded(self) -> Worded:
        """As the client gets it, but for the links."""
        occasion = Occasion(
            locale=self.locale, zone=ZoneInfo(self.zone), now=NOW, firm=FIRM, place=self.place
        )
        card = Card(client_id="c-1", name=self.name, **self.known)
        letter = [
            (message, {**OF_THE_FIRM, **LAWYER, **words, **addressing(card)}, occasion)
            for message, words in ((self.message, self.words), *self.with_it)
        ]
        return read_wording().render_letter(letter)


SAMPLES = {
    "confirmation": SampleMail(
        message="appointment-confirmation", locale="en-US", zone="America/New_York",
        name="Ada Example", words=MEETING, place=FIRM,
    ),
    "reminder": SampleMail(
        message="appointment-reminder", locale="de-DE", name="Max Beispiel", words=MEETING,
        known={"salutation": "Herr Dr.", "family_name": "Beispiel"},
    ),
    "invoice": SampleMail(
        message="invoice-coming-due", locale="de-DE", name="Beispiel GmbH", words=INVOICE
    ),
    "letter": SampleMail(
        message="appointment-reminder", locale="en-GB", name="Ada Example", words=MEETING,
        with_it=(("invoice-coming-due", INVOICE), ("document-chaser", DOCUMENT)),
    ),
    "survey": SampleMail(
        message="survey-invitation", locale="en-GB", name="Ada Example", words=SURVEY
    ),
}  # fmt: skip


async def show(page: Page, mail: SampleMail) -> None:
    """Open it as a mail program does."""
    await page.set_content(with_links(mail.worded().html, PLACES))
