"""A task is overdue and still nobody has done it: who is to see to it, and why they?

One person, by name. First whoever leads the matter, or who acts for them while they are away. A
business day later somebody else: who leads those whose work it is, or else a partner, or else
anybody who may decide it; never one with whom it lies already, as long as there is somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from services.desk.domain.absences import away_at
from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import Happening, ListedTask, with_happening
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import KnownMatter
from shared.contracts.envelope import Event

PARTNER = "partner"
TO_THE_LAWYER = 1  # the level at which it is whose matter it is; above, somebody else's
Because = Literal["leads-matter", "acts-for", "leads-team", "partner", "may-decide"]
REASONS: tuple[Because, ...] = ("leads-team", "partner", "may-decide")  # by rank


@dataclass(frozen=True, slots=True)
class SeesToIt:
    """Who is to see to it, why they, and whom they act for."""

    staff_id: str
    because: Because
    acts_for: str | None = None


def lawyer_of(task: ListedTask, matters: Iterable[KnownMatter]) -> str | None:
    """Who leads the matter a task is about; of a client, who leads all of their matters."""
    matter_id = task.about.get("matter_id")
    leading = {
        each.owner_id for each in matters if matter_id is None or each.matter_id == matter_id
    }
    return leading.pop() if len(leading) == 1 else None


def sees_to_it(
    task: ListedTask,
    staff: Iterable[StaffMember],
    now: datetime,
    *,
    level: int = TO_THE_LAWYER + 1,
    lawyer_id: str | None = None,
) -> SeesToIt | None:
    """Who an overdue task goes to; None where nobody may decide it, or nobody leads the matter.

    Of who is away, whoever acts for them, where that person may; else the next who is there.
    """
    fitting = [each for each in staff if each.active and may_decide(task, each)]
    if level <= TO_THE_LAWYER:
        lawyers = [each for each in fitting if each.staff_id == lawyer_id]
        return _first([(each, "leads-matter") for each in lawyers], fitting, now)
    had = {task.owner_id, task.escalated_to}
    others = [each for each in fitting if each.staff_id not in had] or fitting
    ranked = sorted(others, key=lambda each: (_rank(task, each), each.staff_id))
    reasoned = [(each, REASONS[_rank(task, each)]) for each in ranked]
    last = SeesToIt(reasoned[0][0].staff_id, reasoned[0][1]) if reasoned else None
    return _first(reasoned, others, now) or last


def given_on(task: ListedTask, to: SeesToIt | None, escalation: Event[Any]) -> ListedTask:
    """The task with who is to see to it, and a line of its history that says so."""
    if to is None:
        return task
    happening = Happening(
        id=f"{escalation.msg_id}-to",
        at=escalation.time,
        kind="escalated-to",
        text=f"Overdue, and with {to.staff_id} to see to it.",
        version=escalation.data.version,
        to=to.staff_id,
    )
    given = replace(
        task,
        escalated_to=to.staff_id,
        escalated_because=to.because,
        escalated_instead_of=to.acts_for,
    )
    return with_happening(given, happening)


def _rank(task: ListedTask, person: StaffMember) -> int:
    """The place of their reason."""
    if task.role in person.leads:
        return 0
    return 1 if person.has(PARTNER) else 2


def _first(
    ranked: Iterable[tuple[StaffMember, Because]], among: Iterable[StaffMember], now: datetime
) -> SeesToIt | None:
    """The first of them who is there, or for whom one of these acts who is."""
    here = {each.staff_id for each in among if away_at(each.absences, now) is None}
    for each, because in ranked:
        away = away_at(each.absences, now)
        if away is None:
            return SeesToIt(each.staff_id, because)
        if away.substitute in here:
            return SeesToIt(str(away.substitute), "acts-for", each.staff_id)
    return None
