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
OF_THE_FOOT = ("preferences", "unsubscribe")
SAMPLE = "Ada Sample"
NAMES = {"de": "Ada Muster", "fr": "Ada Modèle"}


def preview(
    wording: Wording, message: str, language: str, zone: str, now: datetime,
    firm: dict[str, str], *, on_paper: bool = False,
) -> Worded:  # fmt: skip
    """The message as a made-up client reads it; WordingError where it cannot be worded.

    ``on_paper``: without the links at its foot.
    """
    soon = now + IN_DAYS
    words = {
        "name": NAMES.get(language, SAMPLE), "starts_at": soon, "due_at": soon,
        "closed_at": now, "stage": "closing", "was": {"starts_at": soon - timedelta(days=2)},
        "link": LINK, "preferences": PREFERENCES, "unsubscribe": UNSUBSCRIBE,
        "amount": "120.00", "currency": "EUR", "number": "2026-117", "title": "…",
        "location": "Hauptstr. 1", **firm,
    }  # fmt: skip
    if on_paper:
        words = {name: said for name, said in words.items() if name not in OF_THE_FOOT}
    place = ZoneInfo(zone)
    worded = wording.render(
        message, words, Occasion(locale=language, zone=place, now=now, firm=place)
    )
    html = with_links(worded.html, dict.fromkeys(MARKS, NOWHERE))
    return Worded(worded.subject_line, redacted(worded.text), html, worded.locale)
