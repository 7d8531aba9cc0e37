"""/promised: what does the firm owe whom this week, and what was missed lately?

Also what of it concerns one client, for their page and the tasks about them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.api.desk import Desk
from services.desk.domain.clients import check_sees_clients, may_see_clients
from services.desk.domain.owed import Owed
from services.desk.pages import words
from services.desk.pages.language import _
from services.desk.pages.rule_words import owed_words
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.ports.clients import CARDS
from services.desk.ports.inquiries import INQUIRIES

router = APIRouter()
WEEK = timedelta(days=7)
MOST, MOST_OF_ONE = 200, 10


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, in words."""

    owed: str
    whom: str
    place: str  # the page of whom it is owed to
    source: str
    due: words.Due
    at: str
    owner: str
    this_week: bool


@router.get("/promised")
async def show_promised(visit: Visitor) -> Response:
    """What falls due within a week, what was missed in the last, and what comes after."""
    check_sees_clients(visit.person)
    desk, now = visit.context.desk, visit.context.desk.runtime.clock.now()
    screened = visit.person.screened
    open_, missed = await asyncio.gather(
        desk.owed.open(MOST, screened=screened),
        desk.owed.missed_since(now - WEEK, MOST, screened=screened),
    )
    ends = now + WEEK
    this_week = [each for each in open_ if each.due_at is None or each.due_at <= ends]
    later = [each for each in open_ if each.due_at is not None and each.due_at > ends]
    whom = await _whom(desk, [*open_, *missed])
    parts = [
        ("missed", _("Missed in the last seven days"), await _rows(visit, missed, whom, now)),
        ("week", _("Due within seven days"), await _rows(visit, this_week, whom, now)),
        ("later", _("Due later"), await _rows(visit, later, whom, now)),
    ]
    return visit.page("promised.html", parts=parts, cut=len(open_) == MOST)


async def promised_to(visit: Visit, client_id: str | None) -> list[Row]:
    """What this client is owed, the most pressing first; nothing for whoever sees no clients."""
    desk = visit.context.desk
    if client_id is None or not may_see_clients(visit.person):
        return []
    found = await desk.owed.of_client(client_id, MOST_OF_ONE, screened=visit.person.screened)
    return await _rows(visit, found, {}, desk.runtime.clock.now())


async def _rows(
    visit: Visit, found: Sequence[Owed], whom: Mapping[str, str], now: datetime
) -> list[Row]:
    zone = visit.context.desk.zone
    names = await names_of(visit.context, [each.owner_id for each in found if each.owner_id])
    return [
        Row(
            owed=_capital(owed_words(each.standard, each.what)),
            whom=whom.get(_id_of(each), _id_of(each)),
            place=_place_of(each),
            source=f"{each.source}, {each.edition}",
            due=words.due_words(each.due_at, now, zone),
            at=words.exactly(each.due_at, zone) if each.due_at else "",
            owner=names.get(each.owner_id or "", each.owner_id or ""),
            this_week=each.due_at is not None and each.due_at <= now + WEEK,
        )
        for each in found
    ]


async def _whom(desk: Desk, found: Sequence[Owed]) -> dict[str, str]:
    """The names of clients and inquirers, by id; where one is erased, its id stands for it."""
    clients = {each.about["client_id"] for each in found if "client_id" in each.about}
    inquiries = {each.about["inquiry_id"] for each in found if "inquiry_id" in each.about}
    unit = await desk.runtime.look(
        lambda _: [*(CARDS.one(each) for each in clients),
                   *(INQUIRIES.one(each) for each in inquiries)]
    )  # fmt: skip
    cards = ((each, unit.get(CARDS, each)) for each in clients)
    rows = ((each, unit.get(INQUIRIES, each)) for each in inquiries)
    return {key: card.name for key, card in (*cards, *rows) if card and card.name}


def _id_of(owed: Owed) -> str:
    if "incident_ref" in owed.about:
        return _("The supervisory authority")
    return owed.about.get("client_id") or owed.about.get("inquiry_id") or ""


def _place_of(owed: Owed) -> str:
    if "client_id" in owed.about:
        return f"/clients/{owed.about['client_id']}"
    if "incident_ref" in owed.about:
        return "/incidents"
    return f"/inquiries/{owed.about['inquiry_id']}" if "inquiry_id" in owed.about else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
