"""How is one line of a client's timeline said, so that a client or a regulator understands it?

What happened, what set it off, by which rule, and in the full form each question that was asked
before a message went, with its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.domain.entry_groups import group_of_kind
from services.desk.domain.timeline import RECORDED, Entry
from services.desk.domain.upkeep import SERVICES
from services.desk.pages.given_words import Given
from services.desk.pages.language import N_, Words, _, dated, retold
from services.desk.pages.planned_words import planned_said
from services.desk.pages.rule_words import said
from services.desk.pages.talk_notes import Noted

IMAGES = {
    "contacts": "mail",
    "tasks": "flag",
    "dates": "calendar",
    "matters": "scales",
    "consents": "hand",
    "feedback": "star",
    "owed": "clock",
    "letters": "mail",
    "deadlines": "calendar",
}
KIND_IMAGES = {
    "client-contact-logged": "phone",
    "contact-planned": "clock",
    "contact-deferred": "moon",
    "contact-plan-changed": "hand",
    "client-onboarded": "person",
}
OUTCOMES = Words(
    {
        "planned": (N_("Planned"), ""),
        "sent": (N_("Sent"), "ok"),
        "deferred": (N_("Put off"), "warn"),
        "suppressed": (N_("Not sent"), "warn"),
        "failed": (N_("Failed"), "danger"),
        "unknown": (N_("Not known"), "danger"),
        "open": (N_("Task"), ""),
        "done": (N_("Decided"), "ok"),
        "cancelled": (N_("Not needed"), ""),
        "escalated": (N_("Overdue"), "danger"),
    }
)
PLANNED = "contact-planned"
BY_OURSELVES = frozenset(f"Said by {each}." for each in SERVICES)  # tells a reader nothing
NOT_MET = N_("No, and it went all the same: the reason says how.")
QUESTIONS = Words(
    {
        "subject": (N_("Is it still needed?"), N_("Yes: what it is about still stands.")),
        "told": (N_("Does it say more than the client was told only just now?"), N_("Yes.")),
        "validity": (N_("Is it in time?"), N_("Yes: it still makes sense now.")),
        "person": (N_("Is the client known?"), N_("Yes.")),
        "restriction": (
            N_("Is nothing in its way, such as an undecided conflict check?"),
            N_("Yes: nothing forbids it."),
        ),
        "staff-hold": (
            N_("Is it free to go, as far as the firm's people decided?"),
            N_("Yes: nobody holds it back."),
        ),
        "outbound": (N_("May messages go out at all?"), N_("Yes: nobody has stopped them.")),
        "consent": (
            N_("Does the client accept messages of this kind?"),
            N_("Yes: none is needed, or the client has not objected."),
        ),
        "channel": (N_("Is there a way to reach the client?"), N_("Yes.")),
        "channel-sms": (N_("Did it get through as a text message?"), N_("Yes.")),
        "channel-email": (N_("Did it get through by e-mail?"), N_("Yes.")),
        "wished-channel": (N_("Does it go by the way the client wishes?"), NOT_MET),
        "wished-language": (N_("Is it in the client's language?"), NOT_MET),
        "cap": (
            N_("Was the client not asked for something only just now?"),
            N_("Yes, or it asks nothing."),
        ),
        "quiet-hours": (
            N_("Is it an hour at which clients are written to?"),
            N_("Yes, by the client's clock."),
        ),
        "letter": (N_("May it go by itself, before the next letter to the client?"), N_("Yes.")),
    }
)
VERDICTS = Words({"pass": (N_("Yes"), "ok"), "wait": (N_("Not yet"), "warn")})
NO = (N_("No"), "danger")


@dataclass(frozen=True, slots=True)
class Gate:
    """One question asked before a message went, and its answer."""

    question: str
    answer: str
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    entry_id: str
    text: str
    outcome: str
    tone: str
    image: str
    clock: str
    iso: str
    because: str  # what set it off, or the reason, in a sentence; "" where the text says it
    rule: str
    event: str
    gates: tuple[Gate, ...]
    matter_id: str
    task_id: str
    by: str
    note: str
    given: Given
    message: str  # where its words are shown, as they went; "" where it is no message


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day, by the firm's clock."""

    title: str
    lines: list[Line]


def days_of(
    entries: Sequence[Entry],
    causes: Mapping[str, str],
    notes: Mapping[str, Noted],
    names: Mapping[str, str],
    zone: ZoneInfo,
) -> list[Day]:
    """The entries, day by day, in the order they have."""
    days: list[Day] = []
    for entry in entries:
        title = _day(entry.at, zone)
        if not days or days[-1].title != title:
            days.append(Day(title, []))
        days[-1].lines.append(_line(entry, causes, notes.get(entry.entry_id), names, zone))
    return days


def causes_in(found: Sequence[Entry]) -> dict[str, str]:
    """What each event said; nothing of one whose id two systems used for different things."""
    texts: dict[str, str] = {}
    for entry in found:
        before = texts.setdefault(entry.event_id, entry.text)
        if before != entry.text:
            texts[entry.event_id] = ""
    return texts


def _line(
    entry: Entry,
    causes: Mapping[str, str],
    note: Noted | None,
    names: Mapping[str, str],
    zone: ZoneInfo,
) -> Line:
    outcome, tone = OUTCOMES.get(entry.outcome, (said(entry.outcome), ""))
    outcome = retold(outcome)
    version = (
        _(", version {rule_version}").format(rule_version=entry.why.rule_version)
        if entry.why.rule_version
        else ""
    )
    return Line(
        entry_id=entry.entry_id,
        text=planned_said(entry.text) if entry.kind == PLANNED else retold(entry.text),
        outcome="" if entry.outcome == RECORDED else outcome,
        tone=tone,
        image=KIND_IMAGES.get(entry.kind) or IMAGES[group_of_kind(entry.kind)],
        clock=f"{entry.at.astimezone(zone):%H:%M}",
        iso=entry.at.isoformat(),
        because=_because(entry, causes, note, names),
        rule=f"{entry.why.rule_id}{version}" if entry.why.rule_id else "",
        event=entry.why.event_id,
        gates=tuple(gate_of(each.gate, each.verdict, entry.why.text) for each in entry.gates),
        matter_id=entry.matter_id or "",
        task_id=entry.task_id or "",
        by=names.get(note.by, note.by) if note else "",
        note=note.text if note else "",
        given=note.given if note else (),
        message=_message(entry),
    )


def _message(entry: Entry) -> str:
    return f"/clients/{entry.client_id}/messages/{entry.contact_id}" if entry.contact_id else ""


def _because(
    entry: Entry, causes: Mapping[str, str], note: Noted | None, names: Mapping[str, str]
) -> str:
    if note is not None and not note.kind:
        return _("Logged by {by}.").format(by=names.get(note.by, note.by))
    shown = entry.why.text not in entry.text and entry.why.text not in BY_OURSELVES
    reason = _named(entry.why.text, names) if shown else ""
    cause = causes.get(entry.why.event_id, "") if entry.why.event_id != entry.event_id else ""
    if not cause or cause == entry.text:
        return retold(reason)
    because = _("Because: {cause}").format(cause=retold(cause))
    if entry.kind == PLANNED or reason.startswith("Said by "):
        return because
    return f"{retold(reason)} {because}".strip()


def _named(reason: str, names: Mapping[str, str]) -> str:
    """Who decided, by name."""
    staff_id = reason.removeprefix("Decided by ").rstrip(".")
    return (
        _("Decided by {staff_id}.").format(staff_id=names[staff_id])
        if staff_id in names
        else reason
    )


def gate_of(name: str, answered: str, reason: str) -> Gate:
    """A question asked of a message and its answer (pass, wait, stop), in words."""
    question, passes = QUESTIONS.get(name, (said(name), ""))
    went_against_a_wish = answered == "pass" and passes == NOT_MET
    verdict, tone = NO if went_against_a_wish else VERDICTS.get(answered, NO)
    tone = "warn" if went_against_a_wish else tone
    return Gate(question, passes if answered == "pass" else retold(reason), verdict, tone)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return dated(at.astimezone(zone).date(), "weekday")
