"""What is written on a client's timeline, and why did it happen?

One entry per event about a client, made or not made, with its cause, its rule and the verdict of
each gate. The entry's id comes from the event's identity, so the same event writes it once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.domain.listed_task import Reason
from services.desk.domain.projecting import about_of, reason_of
from services.desk.domain.sentences import sentence
from shared.contracts.base import EventData
from shared.contracts.envelope import Event
from shared.contracts.reminders import ContactPlanChanged, ContactPlanned
from shared.contracts.task_kinds import TASK_KINDS
from shared.contracts.tasks import About, TaskCompleted

OUTCOMES = {
    "contact-planned": "planned",
    "contact-sent": "sent",
    "contact-deferred": "deferred",
    "contact-suppressed": "suppressed",
    "invitation-dropped": "suppressed",
    "contact-failed": "failed",
    "contact-unknown": "unknown",
    "task-created": "open",
    "task-updated": "open",
    "task-completed": "done",
    "task-cancelled": "cancelled",
    "task-escalated": "escalated",
}
RECORDED = "recorded"
WENT = frozenset({"contact-sent", "contact-unknown"})
AMONG_SERVICES = ("records-ordered", "records-confirmed", "records-ended")  # how it is carried out
OURS = "urn:clientele:"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """One question asked before a contact, and its answer."""

    gate: str
    verdict: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a client's timeline."""

    entry_id: str
    client_id: str
    at: datetime
    kind: str
    text: str
    why: Reason
    gates: tuple[GateVerdict, ...] = ()
    outcome: str = RECORDED
    matter_id: str | None = None
    task_id: str | None = None
    contact_id: str | None = None  # the message that went, or may have
    event_id: str = ""  # of the event itself: what it set off goes back to it
    talk: bool = False  # somebody of the firm and the client spoke: a decision of a task says so

    def is_over(self, until: datetime) -> bool:
        """Whether it tells of what happened by then."""
        return self.at <= until


def client_of(data: EventData) -> str | None:
    """Which client an event is about; None for others, and always for a public review."""
    if getattr(data, "review_id", None) or data.TYPE in AMONG_SERVICES:
        return None
    about = getattr(data, "about", None)
    if isinstance(about, About):
        return about_of(about).get("client_id")
    client_id: str | None = getattr(data, "client_id", None)
    return client_id


def entry_of(event: Event[Any], zone: ZoneInfo) -> Entry | None:
    """The line this event writes, if it is about a client."""
    data = event.data
    client_id = client_of(data)
    if client_id is None:
        return None
    return Entry(
        entry_id=event.msg_id,
        client_id=client_id,
        at=getattr(data, "at", None) or event.time,
        kind=event.type,
        text=sentence(data, zone),
        why=_why(event),
        gates=tuple(
            GateVerdict(gate=each.gate, verdict=each.verdict, reason=each.reason)
            for each in getattr(data, "gates", ())
        ),
        outcome=OUTCOMES.get(event.type, RECORDED),
        matter_id=_matter(data),
        task_id=getattr(data, "task_id", None),
        contact_id=getattr(data, "contact_id", None) if event.type in WENT else None,
        event_id=event.id,
        talk=is_talk(data),
    )


def is_talk(data: EventData) -> bool:
    """Whether a decided task tells of a talk with the client."""
    if not isinstance(data, TaskCompleted) or data.kind not in TASK_KINDS:
        return False
    decisions = TASK_KINDS[data.kind].decisions
    return any(each.talk for each in decisions if each.name == data.decision)


def _matter(data: EventData) -> str | None:
    about = getattr(data, "about", None)
    matter_id: str | None = getattr(about or data, "matter_id", None)
    return matter_id


def _why(event: Event[Any]) -> Reason:
    data = event.data
    if getattr(data, "why", None) is not None:
        return _with_rule(reason_of(data.why), data)
    because = event.causation_id or event.id
    if isinstance(data, ContactPlanned):
        rules = {(each.rule_id, each.rule_version) for each in data.occurrences}
        rule_id, rule_version = rules.pop() if len(rules) == 1 else (None, None)
        text = "The playbooks plan this because of that event."
        return Reason(event_id=because, text=text, rule_id=rule_id, rule_version=rule_version)
    if isinstance(data, ContactPlanChanged):
        return Reason(event_id=because, text=f"Decided by {data.by}.")
    if isinstance(data, TaskCompleted) and data.actor_id:
        return Reason(event_id=because, text=f"Decided by {data.actor_id}.")
    return _with_rule(Reason(event_id=because, text=f"Said by {_speaker(event)}."), data)


def _speaker(event: Event[Any]) -> str:
    """Who said it: one of our services by its name, else the system whose event this is."""
    ours = event.source.removeprefix(OURS)
    return ours if ours != event.source else str(event.data.PUBLISHER)


def _with_rule(reason: Reason, data: EventData) -> Reason:
    rule_id = reason.rule_id or getattr(data, "rule_id", None)
    rule_version = reason.rule_version or getattr(data, "rule_version", None)
    return Reason(
        event_id=reason.event_id, text=reason.text, rule_id=rule_id, rule_version=rule_version
    )
