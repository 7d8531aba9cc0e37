"""How is one line of a client's timeline said, so that a client or a regulator understands it?

What happened, what set it off, by which rule, and in the full form each question that was asked
before a message went, with its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.domain.entry_groups import group_of_kind
from services.desk.domain.labels import said
from services.desk.domain.notes import ContactNote
from services.desk.domain.timeline import RECORDED, Entry

IMAGES = {
    "contacts": "mail", "tasks": "flag", "dates": "calendar", "matters": "scales",
    "consents": "hand", "feedback": "star", "owed": "clock", "letters": "mail",
    "deadlines": "calendar",
}  # fmt: skip
KIND_IMAGES = {"client-contact-logged": "phone", "contact-planned": "clock",
               "contact-deferred": "moon", "contact-plan-changed": "hand",
               "client-onboarded": "person"}  # fmt: skip
OUTCOMES = {
    "planned": ("Planned", ""),
    "sent": ("Sent", "ok"),
    "deferred": ("Put off", "warn"),
    "suppressed": ("Not sent", "warn"),
    "failed": ("Failed", "danger"),
    "unknown": ("Not known", "danger"),
    "open": ("Task", ""),
    "done": ("Decided", "ok"),
    "cancelled": ("Not needed", ""),
    "escalated": ("Overdue", "danger"),
}
NOT_MET = "No, and it went all the same: the reason says how."
QUESTIONS = {
    "subject": ("Is it still needed?", "Yes: what it is about still stands."),
    "told": ("Does it say more than the client was told only just now?", "Yes."),
    "validity": ("Is it in time?", "Yes: it still makes sense now."),
    "person": ("Is the client known?", "Yes."),
    "restriction": ("Is nothing in its way, such as an undecided conflict check?",
                    "Yes: nothing forbids it."),
    "staff-hold": ("Is it free to go, as far as the firm's people decided?",
                   "Yes: nobody holds it back."),
    "outbound": ("May messages go out at all?", "Yes: nobody has stopped them."),
    "consent": ("Does the client accept messages of this kind?",
                "Yes: none is needed, or the client has not objected."),
    "channel": ("Is there a way to reach the client?", "Yes."),
    "channel-sms": ("Did it get through as a text message?", "Yes."),
    "channel-email": ("Did it get through by e-mail?", "Yes."),
    "wished-channel": ("Does it go by the way the client wishes?", NOT_MET),
    "wished-language": ("Is it in the client's language?", NOT_MET),
    "cap": ("Was the client not asked for something only just now?", "Yes, or it asks nothing."),
    "quiet-hours": ("Is it an hour at which clients are written to?",
                    "Yes, by the client's clock."),
    "letter": ("May it go by itself, before the next letter to the client?", "Yes."),
}  # fmt: skip
VERDICTS = {"pass": ("Yes", "ok"), "wait": ("Not yet", "warn")}
NO = ("No", "danger")


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
    message: str  # where its words are shown, as they went; "" where it is no message


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day, by the firm's clock."""

    title: str
    lines: list[Line]


def days_of(
    entries: Sequence[Entry],
    causes: Mapping[str, str],
    notes: Mapping[str, ContactNote],
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
    note: ContactNote | None,
    names: Mapping[str, str],
    zone: ZoneInfo,
) -> Line:
    outcome, tone = OUTCOMES.get(entry.outcome, (said(entry.outcome), ""))
    version = f", version {entry.why.rule_version}" if entry.why.rule_version else ""
    return Line(
        entry_id=entry.entry_id,
        text=entry.text,
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
        message=_message(entry),
    )


def _message(entry: Entry) -> str:
    return f"/clients/{entry.client_id}/messages/{entry.contact_id}" if entry.contact_id else ""


def _because(
    entry: Entry, causes: Mapping[str, str], note: ContactNote | None, names: Mapping[str, str]
) -> str:
    if note is not None:
        return f"Logged by {names.get(note.by, note.by)}."
    reason = "" if entry.why.text in entry.text else _named(entry.why.text, names)
    cause = causes.get(entry.why.event_id, "") if entry.why.event_id != entry.event_id else ""
    if not cause or cause == entry.text:
        return reason
    if entry.kind == "contact-planned" or reason.startswith("Said by "):
        return f"Because: {cause}"
    return f"{reason} Because: {cause}".strip()


def _named(reason: str, names: Mapping[str, str]) -> str:
    """Who decided, by name."""
    staff_id = reason.removeprefix("Decided by ").rstrip(".")
    return f"Decided by {names[staff_id]}." if staff_id in names else reason


def gate_of(name: str, answered: str, reason: str) -> Gate:
    """A question asked of a message and its answer (pass, wait, stop), in words."""
    question, passes = QUESTIONS.get(name, (said(name), ""))
    went_against_a_wish = answered == "pass" and passes == NOT_MET
    verdict, tone = NO if went_against_a_wish else VERDICTS.get(answered, NO)
    tone = "warn" if went_against_a_wish else tone
    return Gate(question, passes if answered == "pass" else reason, verdict, tone)


def _day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}"
