"""How are instants, people and things said on the pages?

An instant is said twice: in words from now, and exactly, on the firm's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.desk.domain.handing_over import PASSED_ON
from services.desk.domain.listed_task import Happening

HOUR, DAY = 3600, 86_400
SOON = timedelta(hours=4)
PRIORITIES = {"low": "Low", "normal": "Normal", "high": "High", "urgent": "Urgent"}
ROLES = {
    "assistant": "Assistant",
    "lawyer": "Lawyer",
    "partner": "Partner",
    "conflicts-officer": "Conflicts officer",
    "ops": "Operations",
}
ABOUT = (
    ("incident_id", "Something serious at the firm"),
    ("incident_ref", "A data breach"),
    ("review_id", "Public review"),
    ("inquiry_id", "Somebody who asked for help"),
    ("matter_id", "Matter {id}"),
    ("client_id", "Client {id}"),
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
        return Due("No date", "No date", "", "", "calendar")
    exact, iso = exactly(due_at, zone), due_at.isoformat()
    if due_at < now:
        return Due(f"{length(now - due_at)} overdue", exact, iso, "danger", "alert")
    tone = "warn" if due_at - now <= SOON else ""
    return Due(f"{length(due_at - now)} left", exact, iso, tone, "wait" if tone else "clock")


def exactly(instant: datetime, zone: ZoneInfo) -> str:
    """Tue 3 Mar 2026, 17:00."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M}"


def ago(instant: datetime, now: datetime) -> str:
    """How long ago, or in how long."""
    if abs(now - instant) < timedelta(minutes=1):
        return "just now"
    return f"{length(now - instant)} ago" if instant < now else f"in {length(instant - now)}"


def length(span: timedelta) -> str:
    """A span of time in its largest whole unit that says enough."""
    seconds = span.total_seconds()
    if seconds < HOUR:
        return _count(max(int(seconds // 60), 1), "minute")
    if seconds < 1.5 * DAY:
        return _count(int(seconds // HOUR), "hour")
    if seconds < 60 * DAY:
        return _count(round(seconds / DAY), "day")
    return _count(round(seconds / (30 * DAY)), "month")


def about_words(about: Mapping[str, str]) -> str:
    """What a task is about where it is about no client whose name is known."""
    for name, words in ABOUT:
        if name in about:
            return words.format(id=about[name])
    return "The firm itself"


def happening_words(happening: Happening, names: Mapping[str, str], zone: ZoneInfo) -> str:
    """One line of a history, with names for ids and instants on the firm's clock."""
    until = exactly(happening.until, zone) if happening.until else ""
    to = names.get(happening.to or "", happening.to or "")
    match happening.kind:
        case "assigned":
            return f"Assigned to {to}."
        case "handed-over" | "away" | "left":
            return PASSED_ON[happening.kind].format(to=to or "everybody")
        case "escalated-to":
            return f"Still overdue: {to} is to see to it."
        case "snoozed" if until:
            why = ", waiting on the client" if "waiting" in happening.text else ""
            return f"Snoozed until {until}{why}."
        case "due" if until:
            return f"Due changed to {until}."
    return happening.text


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
