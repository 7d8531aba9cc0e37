"""How does a message read, for whoever changes its words?

Worded like every message, for a client who does not exist; links lead nowhere.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.wording import (
    LINK,
    MARKS,
    PREFERENCES,
    UNSUBSCRIBE,
    Occasion,
    Worded,
    Wording,
    redacted,
    with_links,
)

NOWHERE = "#"
IN_DAYS = timedelta(days=1, hours=5)
NAMES = {"de": "Ada Muster", "fr": "Ada Modèle"}


def preview(
    wording: Wording, message: str, language: str, zone: str, now: datetime, firm: dict[str, str]
) -> Worded:
    """The message as a made-up client reads it; WordingError where it cannot be worded."""
    soon = now + IN_DAYS
    words = {
        "name": NAMES.get(language, "Ada Sample"), "starts_at": soon, "due_at": soon,
        "closed_at": now, "stage": "closing", "was": {"starts_at": soon - timedelta(days=2)},
        "link": LINK, "preferences": PREFERENCES, "unsubscribe": UNSUBSCRIBE,
        "amount": "120.00", "currency": "EUR", "number": "2026-117", "title": "…",
        "location": "Hauptstr. 1", **firm,
    }  # fmt: skip
    place = ZoneInfo(zone)
    worded = wording.render(
        message, words, Occasion(locale=language, zone=place, now=now, firm=place)
    )
    html = with_links(worded.html, dict.fromkeys(MARKS, NOWHERE))
    return Worded(worded.subject_line, redacted(worded.text), html, worded.locale)
