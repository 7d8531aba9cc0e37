"""A restriction was placed or lifted: what changes at the desk?

Who is named by a wall stands before it from the commit of this step on, whatever they ask and
whatever was open; who joins the firm later, too. What they had taken on goes back to everybody.
"""

from collections.abc import Iterable

from services.desk.domain.holding import given_back_by_wall
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import Restricted, Wall, lifted, newer, walled_off, with_wall
from services.desk.ports.restrictions import RESTRICTED
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.envelope import Event
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced, subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Said = Event[RestrictionPlaced] | Event[RestrictionLifted]


def hear_restriction(event: Said, unit: UnitOfWork) -> None:
    """Keep what holds now, and bring everybody it names before their wall, or away from it."""
    before = _known(event.data.restriction_id, unit)
    after = _after(before, event)
    if after == before:
        return
    unit.put(RESTRICTED, after)
    for staff_id in sorted({*_behind(before), *_behind(after)}):
        person = unit.get(STAFF, staff_id)
        if person is not None:
            _stand_before(person, after, unit)


def restriction_needs(event: Said, unit: ReadSoFar) -> Iterable[Need]:
    """What holds so far, whom it names, and the open tasks about it."""
    restriction_id = event.data.restriction_id
    yield RESTRICTED.one(restriction_id)
    before = unit.peek(RESTRICTED, restriction_id) or Restricted(restriction_id=restriction_id)
    after = _after(before, event)
    yield from (STAFF.one(each) for each in sorted({*_behind(before), *_behind(after)}))
    yield from (LISTED.by("about", each) for each in after.wall.subjects)


def walls_of_newcomer(person: StaffMember, unit: ReadSoFar) -> StaffMember:
    """Whoever comes to the desk stands before the walls that name them already."""
    walls: tuple[Wall, ...] = ()
    for each in unit.peek_all(RESTRICTED, "staff", person.staff_id):
        walls = with_wall(walls, each.wall)
    return person.behind(walls)


def newcomer_needs(staff_ids: Iterable[str]) -> Iterable[Need]:
    """The walls that name these people."""
    return [RESTRICTED.by("staff", each) for each in sorted(set(staff_ids))]


def _stand_before(person: StaffMember, said: Restricted, unit: UnitOfWork) -> None:
    wall = said.wall if person.staff_id in said.staff_ids else said.no_wall
    after = person.behind(with_wall(person.walls, wall))
    if after == person:
        return
    unit.put(STAFF, after)
    for subject in wall.subjects:
        for task in unit.find(LISTED, "about", subject):
            _give_back(task, after, unit)


def _give_back(task: ListedTask, person: StaffMember, unit: UnitOfWork) -> None:
    current = unit.get(LISTED, task.task_id) or task
    has_it = person.staff_id in (current.owner_id, current.escalated_to)
    if has_it and walled_off(current.about, person.screened):
        unit.put(LISTED, given_back_by_wall(current, unit.now, unit.cause.id))


def _known(restriction_id: str, unit: UnitOfWork) -> Restricted:
    return unit.get(RESTRICTED, restriction_id) or Restricted(restriction_id=restriction_id)


def _behind(restricted: Restricted) -> tuple[str, ...]:
    return restricted.staff_ids if restricted.effect == "bar" else ()


def _after(before: Restricted, event: Said) -> Restricted:
    said = event.data
    at = said.at.isoformat()
    if isinstance(said, RestrictionLifted):
        return lifted(before, event.stamp, said.by, at)
    return newer(
        before,
        Restricted(
            restriction_id=said.restriction_id,
            stamp=event.stamp,
            kind=said.kind,
            effect=said.effect,
            subjects=_subjects(said),
            staff_ids=said.staff_ids or (),
            classes=said.classes or (),
            until=said.until.isoformat() if said.until is not None else None,
            by=said.by,
            at=at,
        ),
    )


def _subjects(said: RestrictionPlaced) -> tuple[str, ...]:
    """What it is about: a matter alone, a client with the inquiry they come from, the firm."""
    match said.scope:
        case "matter":
            return subjects_in({"matter_id": said.matter_id})
        case "inquiry":
            return subjects_in({"inquiry_id": said.inquiry_id})
        case "client":
            return subjects_in({"client_id": said.client_id, "inquiry_id": said.inquiry_id})
    return ("firm",)
