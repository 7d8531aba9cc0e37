"""How is an incident said on the pages: its state, its steps and clocks, its people, its log?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.domain.incidents import FIRM, Incident, Line, Step
from services.desk.domain.locations import Names, location_name
from services.desk.pages import words
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.rule_words import said

MOST_HOURS = 96
REHEARSAL = N_(
    "This is a rehearsal. Nobody outside is told anything, and nothing waits because of it."
)
STEP_WORDS = Words(
    {
        "open": N_("To do"),
        "done": N_("Done"),
        "not-needed": N_("Not needed"),
        "left-open": N_("Left open at the end"),
    }
)
STEP_TONES = {"open": "warn", "done": "ok", "left-open": "danger"}
STATUS_WORDS = Words({"safe": N_("Safe"), "needs-help": N_("Needs help")})
LOG_WORDS = Words(
    {
        "declared": N_("Declared."),
        "noticed-again": N_("Noticed again."),
        "step-done": N_("Done: {about}."),
        "step-not-needed": N_("Not needed: {about}."),
        "safe": N_("{who} is safe."),
        "needs-help": N_("{who} needs help."),
        "helped": N_("{who} was helped."),
        "note": N_("Note."),
        "statement": N_("The statement was changed ({about})."),
        "spokesperson": N_("{who} speaks for the firm from now on."),
        "resolved": N_("It is over."),
    }
)
CLASSES = Words(
    {
        "service": N_("messages about clients' matters"),
        "feedback": N_("surveys"),
        "review-ask": N_("requests for reviews"),
        "marketing": N_("newsletters"),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in the list."""

    incident_id: str
    title: str
    lasts: bool
    rehearsal: bool
    since: str
    until: str
    spokesperson: str
    left: int  # steps to do
    unanswered: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the plan."""

    name: str
    do: str
    role: str
    state: str
    tone: str
    due: words.Due
    settled: str  # by whom and when
    task_id: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """What the law gives for a step."""

    label: str
    words: str
    exact: str
    source: str
    tone: str
    image: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log."""

    at: str
    iso: str
    by: str
    text: str
    words: str


def row_of(incident: Incident, names: Mapping[str, str], zone: ZoneInfo) -> Row:
    """An incident for the list."""
    ended = incident.resolved_at
    return Row(
        incident_id=incident.incident_id,
        title=incident.label,
        lasts=incident.state == "open",
        rehearsal=incident.rehearsal,
        since=words.exactly(incident.declared_at, zone),
        until=words.exactly(ended, zone) if ended else "",
        spokesperson=names.get(incident.spokesperson_id, incident.spokesperson_id),
        left=sum(each.state == "open" for each in incident.steps),
        unanswered=len(incident.unanswered),
    )


def step_row(
    step: Step, task_id: str, names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> StepRow:
    """A step for the page."""
    settled = ""
    if step.by is not None and step.at is not None:
        settled = f"{names.get(step.by, step.by)}, {words.exactly(step.at, zone)}"
    return StepRow(
        name=said(step.name),
        do=retold(step.do),
        role=words.ROLES.get(step.role, step.role),
        state=STEP_WORDS[step.state],
        tone=STEP_TONES.get(step.state, ""),
        due=words.due_words(step.due_at, now, zone),
        settled=settled,
        task_id=task_id if step.state == "open" else "",
    )


def clock_row(step: Step, now: datetime, zone: ZoneInfo) -> ClockRow | None:
    """The clock of a step; None where the law gives it none."""
    clock = step.clock
    if clock is None:
        return None
    source, exact = f"{clock.source}, {clock.edition}", words.exactly(clock.due_at, zone)
    if step.state == "not-needed":
        return ClockRow(said(step.name), _("Not needed"), "", source, "", "hand")
    if step.at is not None:
        late = step.at > clock.due_at
        when = _("{exactly}, due {exact}").format(exactly=words.exactly(step.at, zone), exact=exact)
        text, tone = (_("Done too late"), "danger") if late else (_("Done in time"), "")
        return ClockRow(said(step.name), text, when, source, tone, "check")
    due = words.due_words(clock.due_at, now, zone)
    left = _hours(clock.due_at, now) or due.left
    return ClockRow(
        said(step.name), left, _("until {exact}").format(exact=exact), source, due.tone, due.image
    )


def _hours(ends: datetime, now: datetime) -> str:
    """What is left in hours, as the law counts it; nothing where it is over or far away."""
    hours = int((ends - now).total_seconds() // 3600)
    return _("{hours} hours left").format(hours=hours) if 1 < hours <= MOST_HOURS else ""


def log_row(line: Line, names: Mapping[str, str], zone: ZoneInfo) -> LogRow:
    """A line of the log."""
    about = line.about.replace("-", " ")
    who = names.get(line.about, line.about)
    return LogRow(
        at=words.exactly(line.at, zone),
        iso=line.at.isoformat(),
        by=names.get(line.by, line.by) if line.by else "",
        text=LOG_WORDS.get(line.what, said(line.what)).format(about=about, who=who),
        words=line.words,
    )


def frozen_words(incident: Incident) -> str:
    """What waits, or that nothing does."""
    if incident.rehearsal:
        return _("Nothing waits: this is a rehearsal.")
    if not incident.freeze_classes:
        return _("Nothing waits.")
    what = ", ".join(CLASSES.get(each, each) for each in incident.freeze_classes)
    if incident.state == "open":
        return _(
            "Until it is over these wait, to every client alike: {what}. Appointments go."
        ).format(what=what)
    return _("While it lasted these waited: {what}.").format(what=what)


def scope_words(incident: Incident, names: Names) -> str:
    """Where it is; ``names``: what the firm calls its locations."""
    return _("The whole firm") if incident.scope == FIRM else location_name(incident.scope, names)
