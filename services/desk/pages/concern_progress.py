"""How far is a concern, step by step, and what has happened to it, as people say it?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.pages.language import _
from services.desk.pages.words import exactly, length


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: done by whom and when, or by when it is to be."""

    label: str
    words: str
    tone: str = ""
    image: str = "clock"
    next: bool = False


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened, who did it, and what they wrote down."""

    words: str
    by: str
    when: str
    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Its steps in their order, and what happened, the newest first; none for other tasks."""

    steps: list[StepLine]
    events: list[EventLine]


def progress_of(
    values: Mapping[str, Any], names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Progress:
    """How far it is, as its owner says."""
    return Progress(
        steps=list(_steps(values.get("steps") or (), names, now, zone)),
        events=_events(values.get("events") or (), names, zone),
    )


def _events(
    events: Sequence[Mapping[str, str]], names: Mapping[str, str], zone: ZoneInfo
) -> list[EventLine]:
    return [
        EventLine(
            words=each["words"],
            by=names.get(each["by"], each["by"].capitalize()),
            when=exactly(datetime.fromisoformat(each["at"]), zone),
            iso=each["at"],
            text=each["text"],
        )
        for each in reversed(events)
    ]


def _steps(
    steps: Sequence[Mapping[str, str]], names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Iterator[StepLine]:
    following = next((each["name"] for each in steps if not each["at"]), None)
    for each in steps:
        is_next = each["name"] == following
        if each["at"]:
            by = names.get(each["by"], each["by"])
            when = exactly(datetime.fromisoformat(each["at"]), zone)
            said = _("{when}, by {by}").format(when=when, by=by) if by else when
            yield StepLine(each["label"], said, image="check")
        elif each["due_at"]:
            yield _to_do(each["label"], datetime.fromisoformat(each["due_at"]), now, zone, is_next)
        else:
            yield StepLine(each["label"], _("Not yet"), next=is_next)


def _to_do(label: str, due_at: datetime, now: datetime, zone: ZoneInfo, is_next: bool) -> StepLine:
    if due_at < now:
        late = _("{length} late: it was due {exactly}").format(
            length=length(now - due_at), exactly=exactly(due_at, zone)
        )
        return StepLine(label, late, "danger", "alert", is_next)
    return StepLine(label, _("by {exactly}").format(exactly=exactly(due_at, zone)), next=is_next)
