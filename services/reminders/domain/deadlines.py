"""Which day is a deadline, who has seen it, and what is asked of whom before it runs out?

A second person reckons the day; then two have it in their diary, each asked apart from the other:
the lawyer of the matter and a second person. A day that changed is seen by both anew. Read off all
that was said about it, so the order in which it was heard does not matter.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from services.reminders.domain.schedule import Roll, roll
from shared.calendar import FirmCalendar
from shared.contracts.deadlines import DeadlineMoved, DeadlineSet
from shared.contracts.envelope import Event

LAWYER, SECOND = "lawyer", "second"
WATCHES = (LAWYER, SECOND)
FURTHEST = timedelta(days=366 * 40)  # the longest limitation counts in decades


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of a matter, as the diary has it."""

    deadline_id: str
    matter_id: str = ""
    client_id: str | None = None
    kind: str = ""
    day: str = ""  # 2026-12-06; empty: nobody has said it yet
    source_rule: str = ""
    set_by: str = ""  # who said this day
    event_id: str = ""
    stamp: str = ""  # of the event that said this day
    named_stamp: str = ""  # of the event that said its kind
    first_stamp: str = ""  # of the earliest event that said any day
    ended: str = ""  # by which event: deadline-done, deadline-cancelled
    ended_stamp: str = ""
    imported: bool = False  # it was in a diary before this one
    verified_by: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)  # by watch: who
    warnings: tuple[datetime, ...] = ()  # when the second person is asked again, still to come
    due_at: datetime | None = None
    proof: str = ""  # how it was done, or why it does not run any more; in nobody's event

    @property
    def runs(self) -> bool:
        """Whether anything is to be done by it."""
        over = self.ended_stamp and (
            self.ended_stamp >= self.stamp or self.ended_stamp < self.first_stamp
        )
        return bool(self.day) and not over

    @property
    def needs_attention_at(self) -> datetime | None:
        """When the second person is asked again; None: not any more."""
        return next(iter(self.warnings), None) if self.runs else None

    @property
    def seen_by_all(self) -> bool:
        """Whether a second person verified it and both acknowledged it."""
        return bool(self.verified_by) and set(WATCHES) <= set(self.acknowledged)

    @property
    def unseen_by(self) -> tuple[str, ...]:
        """Which of the two watches it runs without; one of a diary before this asks nobody."""
        if not self.runs or self.imported:
            return ()
        return tuple(each for each in WATCHES if each not in self.acknowledged)

    def may_watch(self, watch: str, staff_id: str) -> bool:
        """Whether this person may be this watch: the other one is somebody else."""
        return all(who != staff_id for other, who in self.acknowledged.items() if other != watch)

    def ends(self, event_type: str, stamp: str) -> "Deadline":
        """After it was done or cancelled; an older word changes nothing."""
        if stamp <= self.ended_stamp:
            return self
        return replace(self, ended=event_type, ended_stamp=stamp)


def set_as(before: Deadline, event: Event[DeadlineSet]) -> Deadline:
    """After somebody said which day it is, by which rule."""
    said = event.data
    if event.stamp > before.named_stamp:
        before = replace(before, kind=said.kind, named_stamp=event.stamp)
    verified = said.verified_by or ""
    return _said(before, event, said.set_by, said.source_rule, verified)


def moved(before: Deadline, event: Event[DeadlineMoved]) -> Deadline:
    """After it was extended or corrected: somebody else verifies the new day."""
    return _said(before, event, event.data.by, event.data.source_rule or before.source_rule, "")


def _said(
    before: Deadline, event: Event[DeadlineSet] | Event[DeadlineMoved], by: str, rule: str,
    verified_by: str,
) -> Deadline:  # fmt: skip
    said, day = event.data, event.data.date.isoformat()
    first = min(filter(None, (before.first_stamp, event.stamp)))
    ids = replace(
        before,
        matter_id=said.matter_id,
        client_id=said.client_id or before.client_id,
        first_stamp=first,
        source_rule=before.source_rule or rule,
    )
    if event.stamp <= before.stamp:
        return ids
    stated = replace(
        ids, day=day, source_rule=rule, set_by=by, event_id=event.id, stamp=event.stamp,
        imported=event.history,
    )  # fmt: skip
    if (day, rule) == (before.day, before.source_rule):
        return replace(stated, verified_by=verified_by or before.verified_by)
    return replace(stated, verified_by=verified_by, acknowledged={}, warnings=(), due_at=None)


def diary_day(day: date, calendar: FirmCalendar) -> date:
    """The day by which it is to be done: the day itself, or the last business day before it."""
    return roll(day, Roll.PRECEDING, calendar.days.is_closed)


def due_at(deadline: Deadline, calendar: FirmCalendar) -> datetime:
    """When the firm closes on that day, in UTC."""
    return calendar.close_of_business(diary_day(date.fromisoformat(deadline.day), calendar))
