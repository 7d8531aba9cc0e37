"""What does the diary of deadlines say, and what was entered, changed and done on which day?

Made from events alone, the same in whatever order they arrive: of two days the one said last holds,
and what was seen counts for the day that was seen.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shared.contracts.deadlines import (
    DeadlineAcknowledged,
    DeadlineCancelled,
    DeadlineDone,
    DeadlineMoved,
    DeadlineSet,
    DeadlineVerified,
)
from shared.contracts.envelope import Event

SaidOfDeadline = (
    DeadlineSet
    | DeadlineMoved
    | DeadlineDone
    | DeadlineCancelled
    | DeadlineVerified
    | DeadlineAcknowledged
)
Standing = Literal["runs", "done", "cancelled"]
ENDS: dict[str, Standing] = {DeadlineDone.TYPE: "done", DeadlineCancelled.TYPE: "cancelled"}
VERIFIED = "verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeadline:
    """One deadline, as the desk lists it."""

    deadline_id: str
    matter_id: str = ""
    client_id: str | None = None
    kind: str = ""
    day: str = ""  # 2026-12-06; empty: nobody has said it yet
    source_rule: str = ""
    set_by: str = ""
    stamp: str = ""
    named_stamp: str = ""
    first_stamp: str = ""
    ended: str = ""  # by which type of event
    ended_stamp: str = ""
    seen: dict[str, str] = field(default_factory=dict)  # "2026-12-06|verified": by whom
    state: Standing = "runs"

    def seen_by(self, part: str) -> str:
        """Who verified this day, or watches it as ``lawyer`` or ``second``; "" for nobody yet."""
        return self.seen.get(f"{self.day}|{part}", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryLine:
    """One line of the log: what was said of a deadline, on which day of the firm's calendar."""

    line_id: str
    logged_on: str  # 2026-11-23
    at: datetime
    what: str  # the type of event
    deadline_id: str
    matter_id: str
    client_id: str | None = None
    by: str = ""
    day: str = ""
    source_rule: str = ""
    part: str = ""  # of an acknowledgement: lawyer or second


def heard(before: ListedDeadline, event: Event[SaidOfDeadline]) -> ListedDeadline:
    """The deadline after one more word about it."""
    data = event.data
    known = replace(before, matter_id=data.matter_id, client_id=data.client_id or before.client_id)
    if isinstance(data, DeadlineVerified | DeadlineAcknowledged):
        part = data.watch if isinstance(data, DeadlineAcknowledged) else VERIFIED
        return replace(known, seen={**known.seen, f"{data.date.isoformat()}|{part}": data.by})
    if isinstance(data, DeadlineSet | DeadlineMoved):
        known = _dated(known, event, data)
    elif event.stamp > known.ended_stamp:
        known = replace(known, ended=event.type, ended_stamp=event.stamp)
    return replace(known, state=_state_of(known))


def line_of(event: Event[SaidOfDeadline], zone: ZoneInfo) -> DiaryLine:
    """The line this event writes, on the day it happened at the firm."""
    data: Any = event.data
    at = getattr(data, "at", None) or event.time
    date = getattr(data, "date", None)
    return DiaryLine(
        line_id=event.msg_id,
        logged_on=at.astimezone(zone).date().isoformat(),
        at=at,
        what=event.type,
        deadline_id=data.deadline_id,
        matter_id=data.matter_id,
        client_id=data.client_id,
        by=data.set_by if isinstance(data, DeadlineSet) else data.by,
        day=date.isoformat() if date else "",
        source_rule=getattr(data, "source_rule", None) or "",
        part=getattr(data, "watch", ""),
    )


def _dated(
    before: ListedDeadline, event: Event[SaidOfDeadline], data: DeadlineSet | DeadlineMoved
) -> ListedDeadline:
    first = min(filter(None, (before.first_stamp, event.stamp)))
    known = replace(before, first_stamp=first)
    day = data.date.isoformat()
    if isinstance(data, DeadlineSet):
        if event.stamp > before.named_stamp:
            known = replace(known, kind=data.kind, named_stamp=event.stamp)
        known = replace(known, source_rule=known.source_rule or data.source_rule)
        if data.verified_by:
            known = replace(known, seen={**known.seen, f"{day}|{VERIFIED}": data.verified_by})
    if event.stamp <= before.stamp:
        return known
    return replace(
        known,
        day=day,
        source_rule=data.source_rule or known.source_rule,
        set_by=data.set_by if isinstance(data, DeadlineSet) else data.by,
        stamp=event.stamp,
    )


def _state_of(deadline: ListedDeadline) -> Standing:
    """An end holds until another day is said after it; one older than any day ends it too."""
    end = deadline.ended_stamp
    over = end and (end >= deadline.stamp or end < deadline.first_stamp)
    return ENDS[deadline.ended] if over else "runs"
