"""A restriction has stood for some time: does it still have to?

Somebody who may lift it is asked, and whom it names is not. A wall is kept with what Model Rule
1.10(a)(2) wants known of it; once kept, it is said anew, and its time is counted from there.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.intake.domain.restrictions import (
    WALL_FIELDS,
    Restriction,
    check_may_lift,
    record_of,
)
from services.intake.ports import RESTRICTIONS, FirmConfig
from services.intake.workflow.registering import REVIEW, needs_of_row, say_again, say_lifted
from shared.contracts.envelope import Event
from shared.contracts.fields import is_day
from shared.contracts.reminders import RestrictionReviewDue
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import About, Actor, Decision, Task, Why, complete_task, open_task

TITLE = "Say whether a restriction still has to stand"
WHY = "It has stood for {days} days since it was placed or looked at last."


def needs_of_asking(event: Event[RestrictionReviewDue], _: ReadSoFar) -> Iterable[Need]:
    """The restriction."""
    return needs_of_row(event.data.restriction_id)


def ask_for_review(
    config: FirmConfig, event: Event[RestrictionReviewDue], unit: UnitOfWork
) -> None:
    """Ask once for each time it was said that it stands; nobody is asked of one that was lifted."""
    row = unit.get(RESTRICTIONS, event.data.restriction_id)
    if row is None or not row.holds_at(unit.now) or row.at is None:
        return
    open_task(
        unit,
        kind=REVIEW,
        ref=row.restriction_id,
        about=About(
            client_id=row.client_id,
            matter_id=row.matter_id if row.scope == "matter" else None,
            inquiry_id=row.inquiry_id if row.scope == "inquiry" else None,
        ),
        title=TITLE,
        why=Why(event_id=event.id, text=WHY.format(days=(unit.now - row.at).days)),
        due_at=config.times.outcome_due(unit.now),
        role="partner",
        roles=("partner",) if row.scope == "firm" else (),
        barred=row.staff_ids[:100],
        occasion=row.stamp,
    )


def needs_of_deciding(_: Decision, task: Task, __: ReadSoFar) -> Iterable[Need]:
    """The restriction."""
    return needs_of_row(task.ref)


def decide_review(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Keep it, with its record where it is a wall, or lift it; the reason is kept."""
    row = unit.get(RESTRICTIONS, task.ref)
    if row is None or row.lifted:
        raise RuleError("It was lifted meanwhile.", code="not-open")
    by, reason = decision.actor.id, str(decision.fields.get("reason") or "").strip()
    check_may_lift(row, by, decision.actor.roles)
    if decision.decision == "lift":
        complete_task(unit, task, "lift", by)
        say_lifted(row, by, reason, unit)
        return
    record = None
    if row.kind == "wall":
        today = config.times.calendar.day_of(unit.now)
        for name in WALL_FIELDS:
            if name.endswith("_on"):
                _check_day(decision.fields.get(name), name, today)
        record = record_of(decision.fields)
    complete_task(unit, task, "keep", by)
    say_again(
        row,
        by,
        unit,
        wall=record or row.wall,
        reviewed_at=unit.now,
        reviewed_by=by,
        reason=f"{row.reason}\n\nKept: {reason}" if row.reason and reason else reason or row.reason,
    )


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The restriction."""
    return needs_of_row(task.ref)


def show(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """What it is, since when, why, and what was said of it last."""
    row = unit.get(RESTRICTIONS, task.ref)
    return _shown(row) if row is not None else {}


def _shown(row: Restriction) -> dict[str, Any]:
    wall = row.wall
    return {
        "what": row.kind,
        "since": row.placed_at.isoformat() if row.placed_at is not None else "",
        "placed_by": row.by or "",
        "screened": list(row.staff_ids),
        "why": row.reason or "",
        "reviewed": row.reviewed_at.isoformat() if row.reviewed_at is not None else "",
        "screened_on": wall.screened_on if wall is not None else None,
        "notice_on": wall.notice_on if wall is not None else None,
    }


def _check_day(value: object, name: str, today: date) -> None:
    if value in (None, ""):
        return  # said to be missing with the others
    if not isinstance(value, str) or not is_day(value) or date.fromisoformat(value) > today:
        message = "Give a day that has been, like 2026-05-31."
        raise RuleError(message, code="invalid", field=name)
