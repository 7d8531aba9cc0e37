"""How are instants, people and things said on the pages?

An instant is said twice: in words from now, and exactly, on the firm's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.desk.domain.handing_over import PASSED_ON
from services.desk.domain.listed_task import Happening
from services.desk.pages.language import N_, NN_, Words, _, dated, ngettext, retold

HOUR, DAY = 3600, 86_400
SOON = timedelta(hours=4)
Spans = tuple[tuple[str, str], ...]
LONG: Spans = (
    NN_("{number} minute", "{number} minutes"),
    NN_("{number} hour", "{number} hours"),
    NN_("{number} day", "{number} days"),
    NN_("{number} month", "{number} months"),
)
AGO: Spans = (
    NN_("{number} minute ago", "{number} minutes ago"),
    NN_("{number} hour ago", "{number} hours ago"),
    NN_("{number} day ago", "{number} days ago"),
    NN_("{number} month ago", "{number} months ago"),
)
AHEAD: Spans = (
    NN_("in {number} minute", "in {number} minutes"),
    NN_("in {number} hour", "in {number} hours"),
    NN_("in {number} day", "in {number} days"),
    NN_("in {number} month", "in {number} months"),
)
PRIORITIES = Words(
    {"low": N_("Low"), "normal": N_("Normal"), "high": N_("High"), "urgent": N_("Urgent")}
)
ROLES = Words(
    {
        "assistant": N_("Assistant"),
        "lawyer": N_("Lawyer"),
        "partner": N_("Partner"),
        "conflicts-officer": N_("Conflicts officer"),
        "ops": N_("Operations"),
    }
)
ABOUT = (
    ("incident_id", N_("Something serious at the firm")),
    ("incident_ref", N_("A data breach")),
    ("review_id", N_("Public review")),
    ("inquiry_id", N_("Somebody who asked for help")),
    ("matter_id", N_("Matter {id}")),
    ("client_id", N_("Client {id}")),
)


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, for a person: how long it is, how it looks, and exactly."""

    left: str
    exact: str
    iso: str
    tone: str  # danger, warn or nothing
    image: str


def due_words(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> Due:
    """A due instant in words, with the colour and the picture that repeat them."""
    if due_at is None:
        return Due(_("No date"), _("No date"), "", "", "calendar")
    exact, iso = exactly(due_at, zone), due_at.isoformat()
    if due_at < now:
        late = _("{length} overdue").format(length=length(now - due_at))
        return Due(late, exact, iso, "danger", "alert")
    tone = "warn" if due_at - now <= SOON else ""
    left = _("{length} left").format(length=length(due_at - now))
    return Due(left, exact, iso, tone, "wait" if tone else "clock")


def exactly(instant: datetime, zone: ZoneInfo) -> str:
    """Tue 3 Mar 2026, 17:00."""
    return dated(instant.astimezone(zone), "instant")


def ago(instant: datetime, now: datetime) -> str:
    """How long ago, or in how long."""
    if abs(now - instant) < timedelta(minutes=1):
        return _("just now")
    return _span(now - instant, AGO) if instant < now else _span(instant - now, AHEAD)


def length(span: timedelta) -> str:
    """A span of time in its largest whole unit that says enough."""
    return _span(span, LONG)


def about_words(about: Mapping[str, str]) -> str:
    """What a task is about where it is about no client whose name is known."""
    for name, words in ABOUT:
        if name in about:
            return _(words).format(id=about[name])
    return _("The firm itself")


def happening_words(happening: Happening, names: Mapping[str, str], zone: ZoneInfo) -> str:
    """One line of a history, with names for ids and instants on the firm's clock."""
    until = exactly(happening.until, zone) if happening.until else ""
    to = names.get(happening.to or "", happening.to or "")
    match happening.kind:
        case "assigned":
            return _("Assigned to {to}.").format(to=to)
        case "handed-over" | "away" | "left":
            return _(PASSED_ON[happening.kind]).format(to=to or _("everybody"))
        case "escalated-to":
            return _("Still overdue: {to} is to see to it.").format(to=to)
        case "snoozed" if until:
            why = _(", waiting on the client") if "waiting" in happening.text else ""
            return _("Snoozed until {until}{why}.").format(until=until, why=why)
        case "due" if until:
            return _("Due changed to {until}.").format(until=until)
    return retold(happening.text)


def _span(span: timedelta, said: Spans) -> str:
    seconds = span.total_seconds()
    if seconds < HOUR:
        number, (one, many) = max(int(seconds // 60), 1), said[0]
    elif seconds < 1.5 * DAY:
        number, (one, many) = int(seconds // HOUR), said[1]
    elif seconds < 60 * DAY:
        number, (one, many) = round(seconds / DAY), said[2]
    else:
        number, (one, many) = round(seconds / (30 * DAY)), said[3]
    return ngettext(one, many, number).format(number=number)
