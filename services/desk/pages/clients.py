"""/clients and /clients/{id}: what was done for a client, what was not, and why?

Every line says what happened and what set it off; the full form names the rule and each question
that was asked before a message went. Beside it: what is still to do, and what one can add.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.clients import entries_for
from services.desk.api.problems import ProblemError
from services.desk.api.refusals import note_kept_from, way_of
from services.desk.domain.accesses import may_read_looks
from services.desk.domain.cards import Card, sought_beginnings
from services.desk.domain.clients import check_sees_client, check_sees_clients, roles_for_asking
from services.desk.domain.entry_groups import GROUPS
from services.desk.domain.handing_over import may_hand_over
from services.desk.domain.importing import may_import
from services.desk.domain.lists import Page, TaskFilter, read_place
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import walled_off
from services.desk.pages.client_card import card_of
from services.desk.pages.flash import shown_outcome
from services.desk.pages.held_words import decided_about
from services.desk.pages.inbox_rows import Row, rows_of
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.outgoing_words import Outgoing, outgoing_of
from services.desk.pages.promised import promised_to
from services.desk.pages.restriction_words import banners_of
from services.desk.pages.rule_words import CLEARANCES
from services.desk.pages.talk_notes import notes_on
from services.desk.pages.timeline_filter import FORMS, ORDERS, TimelineFilter, read_timeline_filter
from services.desk.pages.timeline_words import Day, causes_in, days_of
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import ROLES
from services.desk.ports.answers import Refused
from services.desk.ports.clients import CARDS
from services.desk.workflow.asking_for_records import may_take_down
from services.desk.workflow.following_up import KIND
from services.desk.workflow.logging_contact import CHANNELS
from shared.contracts.firm_roles import FirmRoles, roles_of
from shared.contracts.outgoing import OutgoingListed
from shared.contracts.task_kind import STAFF as DECIDE_OUTGOING
from shared.errors import TemporaryError

router = APIRouter()
MOST_TASKS, MOST_FOUND = 20, 50
WAYS = Words(
    {
        "phone": N_("Telephone"),
        "meeting": N_("In person"),
        "video": N_("Video call"),
        "email": N_("E-mail"),
        "post": N_("Letter"),
    }
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of the forms, what is wrong with it, and whose form it is."""

    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


NOTHING = Typed()


@router.get("/clients")
async def find_clients(request: Request, visit: Visitor, q: str = "") -> Response:
    """The clients whose name begins like this, or whose id this is."""
    check_sees_clients(visit.person)
    typed, desk = q.strip()[:100], visit.context.desk
    ids = await desk.tasks.clients_called(sought_beginnings(typed)) if typed else ()
    unit = await desk.runtime.look(lambda _: [CARDS.one(each) for each in {*ids, typed} if each])
    cards = [card for each in {*ids, typed} if each and (card := unit.get(CARDS, each))]
    behind = [walled_off({"client_id": each.client_id}, visit.person.screened) for each in cards]
    hidden = {each for found in behind for each in found}
    await note_kept_from(desk, visit.person, hidden, way_of(request), "left-out")
    found = sorted(
        (card for card, walled in zip(cards, behind, strict=True) if not walled),
        key=lambda card: (card.name or "", card.client_id),
    )
    return visit.page(
        "clients.html",
        q=typed,
        found=found[:MOST_FOUND],
        more=len(found) > MOST_FOUND,
        may_import=may_import(visit.person),
    )


@router.get("/clients/{client_id}")
async def show_client(request: Request, visit: Visitor, client_id: str) -> Response:
    """The timeline of one client."""
    return await client_page(visit, client_id, NOTHING, request.query_params)


async def client_page(
    visit: Visit, client_id: str, typed: Typed, params: Mapping[str, str]
) -> Response:
    """The timeline, with its forms as they were filled in."""
    desk = visit.context.desk
    card = await known_client(visit, client_id)
    chosen = read_timeline_filter(params)
    staff, tasks, cleared, outcome, on_its_way = await asyncio.gather(
        desk.staff.everybody(),
        _open_tasks(visit, client_id),
        _clearance(visit, client_id),
        shown_outcome(visit, params.get("did", "")),
        _on_its_way(visit, client_id),
    )
    names = await names_of(visit.context, [each.staff_id for each in staff])
    return visit.page(
        "client.html",
        typed.status,
        card=card,
        cleared=cleared,
        chosen=chosen,
        forms=FORMS,
        orders=ORDERS,
        groups=[(name, retold(label)) for name, (label, _kinds) in GROUPS.items()],
        tasks=tasks,
        typed=typed,
        ways=[(way, WAYS[way]) for way in CHANNELS],
        **_by_the_clock(visit),
        **_whom_to_ask(client_id, staff, names, desk.firm_roles),
        outcome=outcome,
        **await _told_of(visit, client_id, chosen, names, on_its_way),
        **_allowed(visit.person, desk.firm_roles),
    )


async def _told_of(
    visit: Visit, client_id: str, chosen: TimelineFilter, names: Mapping[str, str],
    on_its_way: OutgoingListed | None,
) -> dict[str, Any]:  # fmt: skip
    """Who they are, what stands in the way, what happened and what is to come: asked at once."""
    about = {"client_id": client_id}
    (days, next), banners, decided, promised, who, outgoing = await asyncio.gather(
        _days(visit, client_id, chosen, names),
        banners_of(visit, about),
        decided_about(visit, about),
        promised_to(visit, client_id),
        card_of(visit, client_id, names),
        _outgoing(visit, client_id, on_its_way, names),
    )
    return {
        "days": days,
        "more": next,
        "in_the_way": banners,
        "decided": decided,
        "promised": promised,
        "who": who,
        "outgoing": outgoing,
    }


def _allowed(person: StaffMember, firm: FirmRoles) -> dict[str, bool]:
    """What this person may do here besides looking."""
    return {
        "may_take_down": may_take_down(person, firm),
        "may_hand_over": may_hand_over(person),
        "may_read_looks": may_read_looks(person),
        "may_decide": any(person.has(role) for role in DECIDE_OUTGOING),
    }


def _by_the_clock(visit: Visit) -> dict[str, str]:
    """The day and the time now, as its forms begin."""
    desk = visit.context.desk
    now = desk.runtime.clock.now().astimezone(desk.zone)
    return {"today": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"}


def _whom_to_ask(
    client_id: str, staff: Sequence[StaffMember], names: Mapping[str, str], firm: FirmRoles
) -> dict[str, list[tuple[str, str]]]:
    """The roles and the colleagues who may be asked for something about this client."""
    roles = roles_for_asking(roles_of(KIND.kind, firm), {"client_id": client_id})
    colleagues = [each.staff_id for each in staff if each.active and set(each.roles) & set(roles)]
    return {
        "roles": [(role, ROLES.get(role, role)) for role in roles],
        "colleagues": sorted(((id, names[id]) for id in colleagues), key=lambda each: each[1]),
    }


async def known_client(visit: Visit, client_id: str) -> Card:
    """The card of a client this person may see; anybody else hears that there is none or why."""
    check_sees_client(visit.person, client_id)
    unit = await visit.context.desk.runtime.look(lambda _: [CARDS.one(client_id)])
    card = unit.get(CARDS, client_id)
    if card is None:
        raise ProblemError(404, _("No client of this id is known."), code="unknown-client")
    return card


async def _days(
    visit: Visit, client_id: str, chosen: TimelineFilter, names: Mapping[str, str]
) -> tuple[list[Day], str]:
    desk = visit.context.desk
    page = Page(
        limit=chosen.limit,
        after=read_place(chosen.next) if chosen.next else None,
        newest_first=chosen.newest_first,
    )
    entries, next = await entries_for(desk, visit.person, client_id, page, chosen.filter(desk.zone))
    causes = await desk.timeline.told_by(
        client_id, sorted({e.why.event_id for e in entries}), screened=visit.person.screened
    )
    notes = await notes_on(visit, entries)
    return days_of(entries, causes_in(causes), notes, names, desk.zone), next


async def _clearance(visit: Visit, client_id: str) -> tuple[str, str] | None:
    """How their conflict checks stand, in words; nothing where intake is away."""
    try:
        told = await visit.context.desk.checks.clearance(client_id, visit.person)
    except TemporaryError:
        return None
    return None if isinstance(told, Refused) else CLEARANCES[told.state]


async def _on_its_way(visit: Visit, client_id: str) -> OutgoingListed | None:
    """What goes out next; None where reminders is away."""
    try:
        told = await visit.context.desk.outgoing.listed(client_id, visit.person)
    except TemporaryError:
        return None
    return None if isinstance(told, Refused) else told


async def _outgoing(
    visit: Visit, client_id: str, told: OutgoingListed | None, names: Mapping[str, str]
) -> Outgoing:
    """The same in words, each with what its event said."""
    if told is None:
        return Outgoing(away=True)
    desk = visit.context.desk
    ids = sorted({each.event_id for each in told.messages})
    told_by = await desk.timeline.told_by(client_id, ids, screened=visit.person.screened)
    causes = causes_in(told_by)
    return outgoing_of(told, causes, names, desk.zone)


async def _open_tasks(visit: Visit, client_id: str) -> list[Row]:
    """What is still to do for this client, as far as this person may deal with it."""
    desk = visit.context.desk
    wanted = TaskFilter(may=visit.person, client_id=client_id, state="open")
    tasks = await desk.tasks.page(wanted, Page(limit=MOST_TASKS))
    owners = [task.owner_id for task in tasks if task.owner_id]
    return await rows_of(desk, tasks, visit.id, await names_of(visit.context, owners))
