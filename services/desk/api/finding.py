"""Whom or what may somebody mean by what they typed, and what did they open last?

The desk knows names of clients and inquirers by their beginnings, and tasks; intake knows names as
every conflict check compares them, numbers, addresses, parties and matters. What a wall keeps a
person from is in neither half.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.desk.api.desk import Desk
from services.desk.api.refusals import note_kept_from
from services.desk.domain.cards import sought_beginnings
from services.desk.domain.clients import may_see_clients
from services.desk.domain.holding import may_decide
from services.desk.domain.inquiries import ListedInquiry
from services.desk.domain.labels import holding, kind_label
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, Sought, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import walled_off
from services.desk.ports.answers import Refused
from services.desk.ports.clients import CARDS
from services.desk.ports.inquiries import INQUIRIES
from services.desk.ports.tasks import LISTED
from shared.contracts.cards import MatterTold
from shared.contracts.finds import LONGEST, FindTold, FoundTold
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import TemporaryError

MOST, MOST_TASKS, MOST_RECENT, LOOKED_THROUGH = 30, 20, 12, 200
NOTHING = FindTold(items=[])
Read = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One client, inquiry, matter or party: what it is called, and by what it was found."""

    kind: str
    by: str = "name"
    name: str | None = None
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    role: str | None = None
    matters: Sequence[MatterTold] = ()

    @property
    def ids(self) -> dict[str, str | None]:
        """What a wall may stand around."""
        return {
            "client_id": self.client_id,
            "inquiry_id": self.inquiry_id,
            "matter_id": self.matter_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found; ``away``: intake did not answer, so that some may be missing."""

    clients: Sequence[Hit] = ()
    inquiries: Sequence[Hit] = ()
    matters: Sequence[Hit] = ()
    parties: Sequence[Hit] = ()
    tasks: Sequence[ListedTask] = ()
    more: bool = False
    away: bool = False

    @property
    def count(self) -> int:
        """How many things in all."""
        people = (*self.clients, *self.inquiries, *self.matters, *self.parties)
        return len(people) + len(self.tasks)


def as_kept(text: str) -> str:
    """How programs read what tasks are called."""
    return text


async def find(
    desk: Desk, person: StaffMember, typed: str, way: str, read: Read = as_kept
) -> Findings:
    """What this person may see of what was meant; tasks alone for who does not work with clients.

    What a wall keeps from them leaves a row each; ``way``: the route that was asked; ``read``: how
    this person reads what kinds and titles of tasks say.
    """
    words = typed.strip()[:LONGEST]
    if not words:
        return Findings()
    if not may_see_clients(person):
        sought = await sought_for(desk, words, read)
        return Findings(tasks=await _tasks(desk, person, sought))
    beginnings = sought_beginnings(words)
    sought, told = await asyncio.gather(
        sought_for(desk, words, read, beginnings), _told(desk, person, words)
    )
    own = await _own(desk, {*sought.client_ids, words}, {*sought.inquiry_ids, words})
    seen, hidden = _apart([*own, *map(_hit, (told or NOTHING).items)], person)
    left_out = {*hidden, *(told or NOTHING).left_out}
    await note_kept_from(desk, person, left_out, way, "left-out")
    tasks = await _tasks(desk, person, sought)
    found = _sorted_out(seen, tasks)
    return replace(found, more=found.more or (told or NOTHING).more, away=told is None)


async def sought_for(
    desk: Desk, words: str, read: Read = as_kept, beginnings: Sequence[str] = ()
) -> Sought:
    """What these words may stand for among tasks, and whose names begin like that."""
    clients, inquiries, titles = await asyncio.gather(
        desk.tasks.clients_called(beginnings),
        desk.inquiries.called(beginnings),
        desk.tasks.titles(),
    )
    return Sought(
        words=words,
        kinds=holding(words, TASK_KINDS, lambda kind: read(kind_label(kind))),
        titles=holding(words, titles, read),
        client_ids=tuple(clients),
        inquiry_ids=tuple(inquiries),
    )


async def recent(desk: Desk, person: StaffMember) -> Sequence[Hit]:
    """The clients and inquiries this person opened last, as far as they may see them still."""
    if not may_see_clients(person):
        return ()
    rows = await desk.accesses.opened_by(person.staff_id, LOOKED_THROUGH)
    subjects = [each for each in dict.fromkeys(row.subject for row in rows) if each[:1] in "ci"]
    last = [each.partition(":") for each in subjects[:MOST_RECENT]]
    hits = await _own(
        desk,
        {id for scope, _, id in last if scope == "client"},
        {id for scope, _, id in last if scope == "inquiry"},
    )
    by_id = {f"{hit.kind}:{hit.client_id if hit.kind == 'client' else hit.inquiry_id}": hit
             for hit in hits}  # fmt: skip
    found = [by_id[each] for each in subjects if each in by_id]
    return [each for each in found if not walled_off(each.ids, person.screened)]


async def _told(desk: Desk, person: StaffMember, words: str) -> FindTold | None:
    """What intake finds; None while it is away."""
    try:
        told = await desk.finds.found(words, person)
    except TemporaryError:
        return None
    return NOTHING if isinstance(told, Refused) else told


async def _own(desk: Desk, client_ids: set[str], inquiry_ids: set[str]) -> list[Hit]:
    """What the desk itself knows of these ids."""
    unit = await desk.runtime.look(
        lambda _: [
            *(CARDS.one(each) for each in client_ids),
            *(INQUIRIES.one(each) for each in inquiry_ids),
        ]
    )
    cards = (unit.get(CARDS, each) for each in sorted(client_ids))
    asked = (unit.get(INQUIRIES, each) for each in sorted(inquiry_ids))
    found = [Hit(kind="client", name=card.name, client_id=card.client_id) for card in cards if card]
    return [*found, *(_inquiry(each) for each in asked if each)]


def _inquiry(row: ListedInquiry) -> Hit:
    return Hit(
        kind="inquiry",
        name=row.name,
        client_id=row.client_id,
        inquiry_id=row.inquiry_id,
        matter_id=row.matter_id,
    )


def _hit(told: FoundTold) -> Hit:
    return Hit(
        kind=told.kind,
        by=told.by,
        name=told.name,
        client_id=told.client_id,
        inquiry_id=told.inquiry_id,
        matter_id=told.matter_id,
        role=told.role,
        matters=tuple(told.matters),
    )


def _apart(hits: Sequence[Hit], person: StaffMember) -> tuple[list[Hit], set[str]]:
    """Those this person may see, and what stands behind a wall of the others."""
    behind = [(hit, walled_off(hit.ids, person.screened)) for hit in hits]
    return (
        [hit for hit, walled in behind if not walled],
        {each for _, walled in behind for each in walled},
    )


def _sorted_out(hits: Sequence[Hit], tasks: Sequence[ListedTask]) -> Findings:
    """By what they are, each once, what intake told in place of what the desk knew alone."""
    places = {"client": "client_id", "inquiry": "inquiry_id", "matter": "matter_id"}
    once: dict[str, dict[object, Hit]] = {"client": {}, "inquiry": {}, "matter": {}, "party": {}}
    for hit in hits:
        name = places.get(hit.kind)
        key = getattr(hit, name) if name else (hit.name, hit.matter_id, hit.inquiry_id)
        once[hit.kind][key] = hit
    cut = {kind: list(found.values())[:MOST] for kind, found in once.items()}
    return Findings(
        clients=cut["client"],
        inquiries=cut["inquiry"],
        matters=cut["matter"],
        parties=cut["party"],
        tasks=tasks,
        more=any(len(found) > MOST for found in once.values()),
    )


async def _tasks(desk: Desk, person: StaffMember, sought: Sought) -> Sequence[ListedTask]:
    """The open tasks that fit, and whatever task has this id; none this person may not decide."""
    wanted = TaskFilter(may=person, state="open", sought=sought)
    page, unit = await asyncio.gather(
        desk.tasks.page(wanted, Page(limit=MOST_TASKS)),
        desk.runtime.look(lambda _: [LISTED.one(sought.words)]),
    )
    found, one = list(page), unit.get(LISTED, sought.words)
    known = {each.task_id for each in found}
    if one is not None and one.state != "unseen" and one.task_id not in known:
        return [one, *found] if may_decide(one, person) else found
    return found
