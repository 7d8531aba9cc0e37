"""What is the desk told of restrictions, and what may it have placed or lifted?

``restrictions.intake`` is asked by the desk alone, in the name of a person it vouches for. Whoever
works with clients may look; lawyers and partners place and lift, and they alone read why.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import cast

from services.intake.domain.restrictions import (
    FIRM,
    MAY_PLACE,
    Restriction,
    check_may_lift,
    words_of,
)
from services.intake.ports import MATTERS, RESTRICTIONS
from services.intake.workflow.registering import id_of, lift, needs_of_row, place, placing_of
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, RequestType
from shared.contracts.restrictions import subjects_in
from shared.contracts.restrictions_asked import (
    RestrictionsAsked,
    RestrictionSettled,
    RestrictionsListed,
    RestrictionTold,
    Scope,
)
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.tasks import check_unscreened, is_screened

SOURCE = "urn:clientele:desk"
WITH_CLIENTS = (*STAFF, "conflicts-officer")


class RestrictionsRequest(RestrictionsAsked):
    """The question, and who asks it."""

    actor: Actor


RESTRICTIONS_REQUEST = RequestType(
    "restrictions",
    "What must not be done about a client, an inquiry or by the firm; place it, lift it.",
    RestrictionsRequest,
    (RestrictionsListed, RestrictionSettled),
)


async def answer_restrictions(runtime: Runtime, asked: RestrictionsRequest) -> Answer:
    """Answers each of the questions; RuleError for what is refused."""
    if not set(asked.actor.roles) & set(WITH_CLIENTS):
        raise RuleError(f"This is seen by: {', '.join(WITH_CLIENTS)}.", code="wrong-role")
    ids = {"client_id": asked.client_id, "matter_id": asked.matter_id,
           "inquiry_id": asked.inquiry_id}  # fmt: skip
    check_unscreened(ids, asked.actor)
    answers: dict[str, Callable[[Runtime, RestrictionsRequest], Awaitable[Answer]]] = {
        "list": _list,
        "place": _place,
        "lift": _lift,
    }
    return await answers[asked.ask](runtime, asked)


async def _list(runtime: Runtime, asked: RestrictionsRequest) -> RestrictionsListed:
    def needs(unit: ReadSoFar) -> Iterable[Need]:
        if asked.client_id is not None:
            yield MATTERS.by("client", asked.client_id)
        yield from (RESTRICTIONS.by("subject", each) for each in _subjects(asked, unit))

    unit = await runtime.look(needs)
    found = {
        row.restriction_id: row
        for each in _subjects(asked, unit)
        for row in unit.find(RESTRICTIONS, "subject", each)
        if row.holds_at(unit.now)
    }
    seen = [row for row in found.values() if not is_screened(_ids(row), asked.actor)]
    newest = sorted(seen, key=lambda row: (row.at or unit.now, row.restriction_id), reverse=True)
    return RestrictionsListed(
        rows=[_told(row, asked.actor) for row in newest],
        may_place=bool(set(asked.actor.roles) & set(MAY_PLACE)),
    )


async def _place(runtime: Runtime, asked: RestrictionsRequest) -> RestrictionSettled:
    placing = placing_of(asked, asked.actor)
    placed = await runtime.act(
        place(placing),
        lambda _: needs_of_row(placing.restriction_id),
        cause=_cause(asked, runtime.clock.now()),
    )
    return RestrictionSettled(restriction_id=placed)


async def _lift(runtime: Runtime, asked: RestrictionsRequest) -> RestrictionSettled:
    restriction_id = asked.restriction_id or ""
    lifted = await runtime.act(
        lift(restriction_id, asked.actor, words_of(asked)),
        lambda _: needs_of_row(restriction_id),
        cause=_cause(asked, runtime.clock.now()),
    )
    return RestrictionSettled(restriction_id=lifted)


def _subjects(asked: RestrictionsRequest, unit: ReadSoFar) -> tuple[str, ...]:
    """What it may be about: what was asked for, a client's matters, and the whole firm."""
    matters = unit.peek_all(MATTERS, "client", asked.client_id) if asked.client_id else ()
    ids = {"client_id": asked.client_id, "matter_id": asked.matter_id,
           "inquiry_id": asked.inquiry_id}  # fmt: skip
    return (*subjects_in(ids), *(f"matter:{each.matter_id}" for each in matters), FIRM)


def _ids(row: Restriction) -> dict[str, str | None]:
    return {
        "client_id": row.client_id,
        "matter_id": row.matter_id if row.scope == "matter" else None,
        "inquiry_id": row.inquiry_id,
    }


def _told(row: Restriction, actor: Actor) -> RestrictionTold:
    wall = row.wall
    return RestrictionTold(
        restriction_id=row.restriction_id,
        kind=row.kind,
        scope=cast("Scope", row.scope),
        effect=row.effect,
        at=_iso(row.placed_at) or "",
        client_id=row.client_id,
        matter_id=row.matter_id,
        inquiry_id=row.inquiry_id,
        staff_ids=list(row.staff_ids),
        classes=list(row.classes),
        until=_iso(row.until),
        by=row.by,
        why=row.reason if set(actor.roles) & set(MAY_PLACE) else None,
        reviewed_at=_iso(row.reviewed_at),
        reviewed_by=row.reviewed_by,
        screened_on=wall.screened_on if wall is not None else None,
        notice_on=wall.notice_on if wall is not None else None,
        certified_on=wall.certified_on if wall is not None else None,
        may_lift=_may_lift(row, actor),
    )


def _may_lift(row: Restriction, actor: Actor) -> bool:
    try:
        check_may_lift(row, actor.id, actor.roles)
    except RuleError:
        return False
    return True


def _cause(asked: RestrictionsRequest, now: datetime) -> Cause:
    id_of(asked.request_id)
    id = asked.request_id or ""
    return Cause(SOURCE, id, "request", id, None, now)


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
