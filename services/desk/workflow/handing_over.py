"""A matter goes to another lawyer, or somebody leaves work behind: what follows at the desk?

The desk says that a matter was handed over; like every service it hears it, and only then do its
tasks follow, so that it is the same whichever system says it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.desk.domain.handing_over import (
    check_hands_over,
    check_takes_over,
    handed_over,
    left_behind,
)
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import KnownMatter, check_unscreened, led_by
from services.desk.ports.restrictions import KNOWN_MATTERS
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.envelope import Event
from shared.contracts.handovers import HandoverCompleted
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

STILL_HERE = "They work here. Matters of somebody who is here are handed over on the client's page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A matter somebody led."""

    client_id: str
    matter_id: str

    @property
    def about(self) -> dict[str, str]:
        """Its ids."""
        return {"client_id": self.client_id, "matter_id": self.matter_id}


def hear_handover(event: Event[HandoverCompleted], unit: UnitOfWork) -> None:
    """What whoever led the matter had to do about it goes to who leads it now."""
    said = event.data
    before = unit.get(KNOWN_MATTERS, said.matter_id)
    matter = before or KnownMatter(matter_id=said.matter_id, client_id=said.client_id)
    unit.put(KNOWN_MATTERS, led_by(matter, said.to, event.stamp))
    if said.from_ is None or said.from_ == said.to:
        return
    to = unit.get(STAFF, said.to)
    for task in unit.find(LISTED, "about", f"matter:{said.matter_id}"):
        after = handed_over(task, said.from_, to, event.time, event.msg_id)
        if after != task:
            unit.put(LISTED, after)


def handover_needs(event: Event[HandoverCompleted], _unit: ReadSoFar) -> Iterable[Need]:
    """Who leads it now, who did, and what is open about it."""
    yield KNOWN_MATTERS.one(event.data.matter_id)
    yield STAFF.one(event.data.to)
    yield LISTED.by("about", f"matter:{event.data.matter_id}")


def hand_over(
    led: Led, from_: str | None, to: str, by: StaffMember
) -> Callable[[UnitOfWork], None]:
    """A lawyer or partner hands a matter over."""

    def step(unit: UnitOfWork) -> None:
        check_hands_over(by)
        check_unscreened(led.about, by.screened)
        person = check_takes_over(unit.get(STAFF, to), led.about, from_)
        _say(led, from_, person.staff_id, unit)

    return step


def hand_over_needs(to: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Who takes it over."""
    return lambda _unit: [STAFF.one(to)]


def hand_over_all(
    left: str, to: str, matters: Sequence[Led], task_ids: Sequence[str], by: StaffMember
) -> Callable[[UnitOfWork], int]:
    """What somebody who left had goes to one who is here; how many matters and tasks."""

    def step(unit: UnitOfWork) -> int:
        check_hands_over(by, everything=True)
        gone, taker = unit.get(STAFF, left), unit.get(STAFF, to)
        if gone is None or gone.active:
            raise RuleError(STILL_HERE, code="works-here", field="staff_id")
        person = check_takes_over(taker, {}, left)
        for led in matters:
            check_unscreened(led.about, by.screened)
            check_takes_over(person, led.about, left)
            _say(led, left, to, unit)
        return len(matters) + _tasks(left, person, task_ids, unit)

    return step


def hand_over_all_needs(
    left: str, to: str, task_ids: Sequence[str]
) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Both people, and what is to be done."""
    return lambda _unit: [
        STAFF.one(left),
        STAFF.one(to),
        *(LISTED.one(each) for each in task_ids),
    ]


def _tasks(left: str, to: StaffMember, task_ids: Sequence[str], unit: UnitOfWork) -> int:
    changed = 0
    for task_id in task_ids:
        task = unit.get(LISTED, task_id)
        after = left_behind(task, left, to, unit.now, unit.cause.id) if task is not None else None
        if after is not None and after != task:
            unit.put(LISTED, after)
            changed += 1
    return changed


def _say(led: Led, from_: str | None, to: str, unit: UnitOfWork) -> None:
    unit.announce(
        HandoverCompleted(
            client_id=led.client_id, matter_id=led.matter_id, from_=from_, to=to, at=unit.now
        )
    )
