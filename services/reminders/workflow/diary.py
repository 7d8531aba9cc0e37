"""A deadline was set, moved, done or cancelled: who has to see it, and what is asked of them?

A second person verifies each day; then the lawyer of the matter and a second person acknowledge it,
by two tasks of their own. The second is asked again at each warning; the lawyer is asked by the
rule that keeps deadlines (``deadlines.yaml``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.reminders.domain.commitments import before as warned_at
from services.reminders.domain.deadlines import (
    LAWYER,
    SECOND,
    WATCHES,
    Deadline,
    diary_day,
    due_at,
    moved,
    set_as,
)
from services.reminders.domain.next_try import in_words
from services.reminders.domain.playbook import Rule
from services.reminders.ports import CARDS, DEADLINES, SUBJECTS
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.tasks_for_staff import new_occasion
from shared.contracts.deadlines import DeadlineCancelled, DeadlineDone, DeadlineMoved, DeadlineSet
from shared.contracts.envelope import Event
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, cancel_task, open_task, update_task

VERIFY = "verify"
VERIFICATION, ACKNOWLEDGEMENT = "deadline-verification", "deadline-acknowledgement"
VERIFY_TEXT = "A deadline was set, and nobody but who set it has reckoned its day."
LATE_TEXT = "A deadline was set whose day in the diary has come or gone by, unverified."
TEXTS = {
    LAWYER: "It is verified. You handle the matter, or act for whoever does.",
    SECOND: "It is verified. Besides the lawyer of the matter, a second person keeps it in mind.",
}
NEAR_TITLE = "Acknowledge a deadline that is near"
NEAR_TEXT = "Nobody has said that it is done. See with the lawyer of the matter that it will be."
NO_MORE, ANEW = "no-longer-runs", "due-anew"


def ref_of(part: str, deadline_id: str) -> str:
    """What its tasks refer to: ``verify``, ``lawyer`` or ``second``, and its id."""
    return f"{part}|{deadline_id}"


def needs_of_diary(
    deadline_id: str, client_id: str | None, matter_id: str, unit: ReadSoFar
) -> Iterator[Need]:
    """The deadline, its tasks, and the card that says whose the matter is."""
    yield DEADLINES.one(deadline_id)
    for part in (VERIFY, *WATCHES):
        yield TASKS.by("ref", ref_of(part, deadline_id))
    known = unit.peek(DEADLINES, deadline_id)
    whole = f"matter_id:{matter_id or (known.matter_id if known else '')}"
    yield SUBJECTS.one(whole)
    matter = unit.peek(SUBJECTS, whole)
    named = client_id or (known.client_id if known else None)
    found = named or (matter.client_id if matter else None)
    if found is not None:
        yield CARDS.one(found)


@dataclass(frozen=True)
class DiarySteps:
    """The steps for what is said of deadlines, over the firm's calendar."""

    config: FirmConfig

    def needs(self, event: Event[Any], unit: ReadSoFar) -> Iterator[Need]:
        """The deadline as it stands, and the tasks about it."""
        said = event.data
        yield from needs_of_diary(said.deadline_id, said.client_id, said.matter_id, unit)

    def hear_set(self, event: Event[DeadlineSet], unit: UnitOfWork) -> None:
        """It is entered, or corrected."""
        before = _known(event.data.deadline_id, unit)
        self.keep(before, set_as(before, event), unit)

    def hear_moved(self, event: Event[DeadlineMoved], unit: UnitOfWork) -> None:
        """It is another day."""
        before = _known(event.data.deadline_id, unit)
        self.keep(before, moved(before, event), unit)

    def hear_ended(
        self, event: Event[DeadlineDone] | Event[DeadlineCancelled], unit: UnitOfWork
    ) -> None:
        """It is done, or does not run any more."""
        before = _known(event.data.deadline_id, unit)
        self.keep(before, before.ends(event.type, event.stamp), unit)

    def needs_of_warning(self, deadline: Deadline, unit: ReadSoFar) -> Iterator[Need]:
        """Its tasks, and whose the matter is."""
        yield from needs_of_diary(
            deadline.deadline_id, deadline.client_id, deadline.matter_id, unit
        )

    def warn(self, deadline: Deadline, unit: UnitOfWork) -> None:
        """It is near: the second person is asked, whatever the lawyer does."""
        ahead = tuple(each for each in deadline.warnings if each > unit.now)
        unit.put(DEADLINES, replace(deadline, warnings=ahead))
        why = _why(deadline, NEAR_TEXT)
        there = _open(SECOND, deadline, unit)
        if there:
            update_task(unit, there[0], why=why, title=NEAR_TITLE, priority="urgent",
                        due_at=self._soon(deadline, unit.now))  # fmt: skip
            return
        self._open_watch(SECOND, deadline, why, unit, NEAR_TITLE, f"/{unit.now.isoformat()}")

    def keep(self, before: Deadline, after: Deadline, unit: UnitOfWork) -> None:
        """Keep a deadline as it is now, and bring the tasks about it into line."""
        if after == before:
            return
        if after.day and after.due_at is None:
            after = self._in_diary(after, unit.now)
        unit.put(DEADLINES, after)
        new_day = before.stamp and before.due_at is not None and after.due_at != before.due_at
        if not after.runs or new_day or after.source_rule != before.source_rule:
            end_tasks(after, ANEW if after.runs else NO_MORE, unit)
        if after.runs and not after.imported:
            self.ask(after, unit)

    def ask(self, deadline: Deadline, unit: UnitOfWork) -> None:
        """Ask for what nobody has seen yet: its verification, then both acknowledgements."""
        if not deadline.verified_by:
            if not _open(VERIFY, deadline, unit):
                self._open_verification(deadline, unit)
            return
        for task in _open(VERIFY, deadline, unit):
            cancel_task(unit, task, "verified")
        for watch in WATCHES:
            if watch not in deadline.acknowledged and not _open(watch, deadline, unit):
                self._open_watch(watch, deadline, _why(deadline, TEXTS[watch]), unit)

    def _in_diary(self, deadline: Deadline, now: datetime) -> Deadline:
        """With its instant by the firm's calendar, and when the second person is asked again."""
        calendar = self.config.firm.calendar
        due = due_at(deadline, calendar)
        offsets = {each for rule in self._rules() for each in _warnings(rule)}
        warned = sorted(warned_at(due, each, calendar) for each in offsets)
        return replace(deadline, due_at=due, warnings=tuple(each for each in warned if each > now))

    def _rules(self) -> Iterable[Rule]:
        return self.config.playbooks.per("deadline_id")

    def _open_verification(self, deadline: Deadline, unit: UnitOfWork) -> None:
        late = deadline.due_at is not None and deadline.due_at <= unit.now
        open_task(
            unit,
            kind=VERIFICATION,
            ref=ref_of(VERIFY, deadline.deadline_id),
            about=about(deadline),
            title="Verify a deadline",
            why=_why(deadline, LATE_TEXT if late else VERIFY_TEXT),
            due_at=self._soon(deadline, unit.now),
            role="lawyer",
            priority="urgent" if late else "high",
            barred=(deadline.set_by,),
            occasion=_occasion(VERIFY, deadline, unit),
        )

    def _open_watch(
        self, watch: str, deadline: Deadline, why: Why, unit: UnitOfWork,
        title: str = "Acknowledge a deadline", again: str = "",
    ) -> None:  # fmt: skip
        lawyer = lawyer_of(deadline, unit)
        other = [who for name, who in deadline.acknowledged.items() if name != watch]
        barred = {*other, *([lawyer] if watch == SECOND and lawyer else [])}
        usual = lawyer if watch == LAWYER else None
        open_task(
            unit,
            kind=ACKNOWLEDGEMENT,
            ref=ref_of(watch, deadline.deadline_id),
            about=about(deadline),
            title=title,
            why=why,
            due_at=self._soon(deadline, unit.now),
            role="lawyer" if watch == LAWYER else "assistant",
            roles=("lawyer", "partner") if watch == LAWYER else (),
            owner_id=deadline.acknowledged.get(watch) or usual,
            priority="urgent" if again else "normal",
            barred=sorted(barred),
            occasion=_occasion(watch, deadline, unit, again),
        )

    def _soon(self, deadline: Deadline, now: datetime) -> datetime:
        """Within a business day, and before it runs out; what comes too late, at once."""
        usual = self.config.firm.calendar.add_business_days(now, 1)
        return max(now, min(usual, deadline.due_at or usual))


def end_tasks(deadline: Deadline, reason: str, unit: UnitOfWork) -> None:
    """Nobody has to see it any more, or everybody another day."""
    for part in (VERIFY, *WATCHES):
        for task in _open(part, deadline, unit):
            cancel_task(unit, task, reason)


def bar_the_other(watch: str, deadline: Deadline, staff_id: str, unit: UnitOfWork) -> None:
    """Whoever acknowledged it as one of the two is not the other one."""
    for other in WATCHES:
        for task in _open(other, deadline, unit) if other != watch else []:
            if staff_id not in task.barred:
                owner_id = None if task.owner_id == staff_id else task.owner_id
                update_task(unit, task, why=Why(**task.why), owner_id=owner_id,
                            barred=(*task.barred, staff_id))  # fmt: skip


def shown(deadline: Deadline, calendar: Any) -> dict[str, Any]:
    """What every task about a deadline shows."""
    if not deadline.day:
        return {}
    day = date.fromisoformat(deadline.day)
    return {
        "deadline": deadline.kind,
        "day": in_words(day),
        "diary_day": in_words(diary_day(day, calendar)),
        "source_rule": deadline.source_rule,
        "set_by": deadline.set_by,
        "verified_by": deadline.verified_by,
        "acknowledged_by": ", ".join(sorted(deadline.acknowledged.values())),
    }


def about(deadline: Deadline) -> About:
    """What a task about it is about, by id."""
    return About(
        client_id=deadline.client_id,
        matter_id=deadline.matter_id,
        deadline_id=deadline.deadline_id,
    )


def lawyer_of(deadline: Deadline, unit: UnitOfWork) -> str | None:
    """Whose the matter is; None where nobody has said."""
    matter = unit.peek(SUBJECTS, f"matter_id:{deadline.matter_id}")
    client_id = deadline.client_id or (matter.client_id if matter else None)
    card = unit.peek(CARDS, client_id) if client_id else None
    return card.owner_of(deadline.matter_id) if card else None


def _known(deadline_id: str, unit: UnitOfWork) -> Deadline:
    return unit.get(DEADLINES, deadline_id) or Deadline(deadline_id=deadline_id)


def _why(deadline: Deadline, text: str) -> Why:
    return Why(event_id=deadline.event_id, text=text)


def _open(part: str, deadline: Deadline, unit: UnitOfWork) -> list[Task]:
    found = unit.find(TASKS, "ref", ref_of(part, deadline.deadline_id))
    return [each for each in found if each.state == "open"]


def _occasion(part: str, deadline: Deadline, unit: UnitOfWork, again: str = "") -> str:
    kind = VERIFICATION if part == VERIFY else ACKNOWLEDGEMENT
    said = f"{deadline.day}/{deadline.stamp}{again}"
    return new_occasion(kind, ref_of(part, deadline.deadline_id), said, unit)


def _warnings(rule: Rule) -> tuple[Any, ...]:
    """How long before the rule that keeps deadlines has somebody warned."""
    if rule.keep is None or rule.keep.warn is None:
        return ()
    return (rule.keep.warn, *rule.keep.again)
