"""Which clocks run while a client is unhappy?

How long it has been known, how much time is left, and how long no person has been in touch: a mail
that went by itself is no talk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.desk.api.desk import Desk
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import EntryFilter, Page
from services.desk.domain.said_words import CHANNELS
from services.desk.domain.staff import StaffMember
from services.desk.domain.timeline import Entry
from services.desk.pages.language import _
from services.desk.pages.words import Due, ago, exactly, length

KIND = "service-recovery"
TOLD_BY_TELEPHONE = f"Sent by {CHANNELS['phone']}:"  # what a person said in place of a message
LOOKED_AT = 100  # lines of the timeline, the newest first
SILENCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock, in words and exactly."""

    label: str
    words: str
    exact: str
    tone: str = ""
    image: str = "clock"


async def clocks_of(desk: Desk, task: ListedTask, due: Due, person: StaffMember) -> list[Clock]:
    """The clocks of a recovery; other tasks have none but their due instant."""
    now, client_id = desk.runtime.clock.now(), task.about.get("client_id")
    if task.kind != KIND or client_id is None or not task.history:
        return []
    known = task.history[0].at
    page, seen = Page(limit=LOOKED_AT, newest_first=True), EntryFilter(screened=person.screened)
    found = await desk.timeline.page(client_id, page, seen)
    last = next((each for each in found if _by_a_person(each) and each.at <= now), None)
    return [
        Clock(
            _("Known for"),
            length(now - known),
            _("since {exactly}").format(exactly=exactly(known, desk.zone)),
        ),
        Clock(
            _("To make it right"),
            due.left,
            _("by {exactly}").format(exactly=due.exact),
            due.tone,
            due.image,
        ),
        _silence(last, known, now, desk.zone),
    ]


def _by_a_person(entry: Entry) -> bool:
    """Whether somebody of the firm and the client were in touch, or the client reached the firm."""
    if entry.kind == "contact-sent":
        return entry.text.startswith(TOLD_BY_TELEPHONE)
    return entry.kind == "client-contact-logged"


def _silence(last: Entry | None, known: datetime, now: datetime, zone: ZoneInfo) -> Clock:
    """How long nobody has been in touch; it matters once the client is known to be unhappy."""
    label = _("Last in touch")
    if last is None:
        return Clock(label, _("Not yet"), _("nobody logged a talk"), "warn", "phone")
    quiet = last.at < known and now - known > SILENCE
    return Clock(label, ago(last.at, now), exactly(last.at, zone), "warn" if quiet else "", "phone")
