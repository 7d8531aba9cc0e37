"""A restriction was placed or lifted: what changes at the desk?

Who is named by a wall stands before it from the commit of this step on, whatever they ask and
whatever was open; who joins the firm later, too. What they had taken on goes back to everybody. A
wall around a client stands around each of their matters, those that are opened later, too, and
around whoever the client turns out to be.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.desk.domain.holding import given_back_by_wall
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import (
    KnownMatter,
    Restricted,
    Wall,
    led_by,
    lifted,
    newer,
    walled_off,
    with_wall,
)
from services.desk.ports.restrictions import KNOWN_MATTERS, RESTRICTED
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.envelope import Event
from shared.contracts.firm import MatterOpened
from shared.contracts.records import ClientMerged
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced, subjects_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Said = Event[RestrictionPlaced] | Event[RestrictionLifted]


def hear_restriction(event: Said, unit: UnitOfWork) -> None:
    """Keep what holds now, and bring everybody it names before their wall, or away from it."""
    before = _known(event.data.restriction_id, unit)
    after = _around_matters(_after(before, event), unit)
    if after != before:
        _keep(before, after, unit)


def restriction_needs(event: Said, unit: ReadSoFar) -> Iterable[Need]:
    """What holds so far, whom it names, and the open tasks about it."""
    restriction_id = event.data.restriction_id
    yield RESTRICTED.one(restriction_id)
    before = unit.peek(RESTRICTED, restriction_id) or Restricted(restriction_id=restriction_id)
    after = _after(before, event)
    yield from (STAFF.one(each) for each in sorted({*_behind(before), *_behind(after)}))
    yield from (KNOWN_MATTERS.by("client", each) for each in _clients(after))
    around = _around_matters(after, unit)
    yield from (LISTED.by("about", each) for each in around.wall.subjects)


def know_matter(event: Event[MatterOpened], unit: UnitOfWork) -> None:
    """A client has another matter: their walls stand around it too."""
    said = event.data
    before_it = unit.get(KNOWN_MATTERS, said.matter_id)
    matter = before_it or KnownMatter(matter_id=said.matter_id, client_id=said.client_id)
    matter = led_by(matter, said.owner_id, event.stamp)
    if matter != before_it:
        unit.put(KNOWN_MATTERS, matter)
    for before in unit.find(RESTRICTED, "subject", f"client:{said.client_id}"):
        after = _around_matters(before, unit)
        if after != before:
            _keep(before, after, unit)


def matter_needs(event: Event[MatterOpened], unit: ReadSoFar) -> Iterable[Need]:
    """Whose it was said to be, and the walls around the client."""
    said = event.data
    yield KNOWN_MATTERS.one(said.matter_id)
    yield LISTED.by("about", f"matter:{said.matter_id}")
    yield from _needs_of_walls(said.client_id, unit)


def follow_merge(event: Event[ClientMerged], unit: UnitOfWork) -> None:
    """Two clients are one person: whom a wall kept from the one it keeps from both."""
    merged, survivor = f"client:{event.data.merged_id}", f"client:{event.data.survivor_id}"
    for before in unit.find(RESTRICTED, "subject", merged):
        subjects = tuple(dict.fromkeys((*before.subjects, survivor)))
        _keep(before, _around_matters(replace(before, subjects=subjects), unit), unit)


def merge_needs(event: Event[ClientMerged], unit: ReadSoFar) -> Iterable[Need]:
    """The walls around the merged client, and what there is of both."""
    said = event.data
    yield from _needs_of_walls(said.merged_id, unit)
    yield from _needs_of_walls(said.survivor_id, unit)
    yield LISTED.by("about", f"client:{said.survivor_id}")


def _needs_of_walls(client_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The walls around a client, whom they name, and what is open behind them."""
    yield RESTRICTED.by("subject", f"client:{client_id}")
    yield KNOWN_MATTERS.by("client", client_id)
    for each in unit.peek_all(RESTRICTED, "subject", f"client:{client_id}"):
        yield from (STAFF.one(staff_id) for staff_id in each.staff_ids)
        yield from (KNOWN_MATTERS.by("client", other) for other in _clients(each))
        yield from (LISTED.by("about", subject) for subject in each.wall.subjects)
    for matter in unit.peek_all(KNOWN_MATTERS, "client", client_id):
        yield LISTED.by("about", f"matter:{matter.matter_id}")


def walls_of_newcomer(person: StaffMember, unit: ReadSoFar) -> StaffMember:
    """Whoever comes to the desk stands before the walls that name them already."""
    walls: tuple[Wall, ...] = ()
    for each in unit.peek_all(RESTRICTED, "staff", person.staff_id):
        walls = with_wall(walls, each.wall)
    return person.behind(walls)


def newcomer_needs(staff_ids: Iterable[str]) -> Iterable[Need]:
    """The walls that name these people."""
    return [RESTRICTED.by("staff", each) for each in sorted(set(staff_ids))]


def _keep(before: Restricted, after: Restricted, unit: UnitOfWork) -> None:
    unit.put(RESTRICTED, after)
    for staff_id in sorted({*_behind(before), *_behind(after)}):
        person = unit.get(STAFF, staff_id)
        if person is not None:
            _stand_before(person, after, unit)


def _clients(restricted: Restricted) -> tuple[str, ...]:
    """The ids of the clients it is about."""
    parted = (each.partition(":") for each in restricted.subjects)
    return tuple(id for scope, _, id in parted if scope == "client")


def _around_matters(restricted: Restricted, unit: ReadSoFar) -> Restricted:
    """The same, around every matter of its client that is known by now."""
    matters = {
        f"matter:{matter.matter_id}"
        for client_id in _clients(restricted)
        for matter in unit.peek_all(KNOWN_MATTERS, "client", client_id)
    }
    return replace(restricted, matters=tuple(sorted(matters)))


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
