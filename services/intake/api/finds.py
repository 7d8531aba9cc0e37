"""Whom may somebody at the desk mean by what they typed?

``finds.intake`` is asked by the desk alone, in the name of a person whose work is with clients.
What a wall keeps that person from is left out; its ids go back so that the desk can note it.
"""

from functools import partial

from services.intake.api.cards import WITH_CLIENTS, matter_told
from services.intake.ports import MATTERS
from services.intake.workflow.finding import (
    Sighting,
    matters_of,
    needs_of_finding,
    sightings,
)
from shared.contracts.finds import FindAsked, FindTold, FoundTold
from shared.contracts.requests import RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import is_screened

MOST = 30
MAY_HAND_OVER = ("partner", "ops")


class FindRequest(FindAsked):
    """What was typed, and by whom."""

    actor: Actor


FINDS_REQUEST = RequestType(
    "finds",
    "Clients, inquiries, matters and parties by a name, a number, an address or an id.",
    FindRequest,
    (FindTold,),
)


async def answer_finds(runtime: Runtime, asked: FindRequest) -> FindTold:
    """Those that may be meant; RuleError for whoever's work is not with clients."""
    if asked.led_by is not None:
        return await _led_by(runtime, asked.led_by, asked.actor)
    if not set(asked.actor.roles) & set(WITH_CLIENTS):
        raise RuleError(f"Clients are seen by: {', '.join(WITH_CLIENTS)}.", code="wrong-role")
    words = asked.words.strip()
    if not words:
        return FindTold(items=[])

    unit = await runtime.look(partial(needs_of_finding, words))
    found = sightings(words, unit)
    screened = set(asked.actor.screened)
    left_out = {each for sighting in found for each in sighting.subjects if each in screened}
    seen = [each for each in found if not screened.intersection(each.subjects)]
    return FindTold(
        items=[_told(each, unit, asked.actor) for each in seen[:MOST]],
        more=len(seen) > MOST,
        left_out=sorted(left_out),
    )


async def _led_by(runtime: Runtime, staff_id: str, actor: Actor) -> FindTold:
    """The open matters of one lawyer, for whoever hands over what somebody leaves."""
    if not set(actor.roles) & set(MAY_HAND_OVER):
        raise RuleError(f"This is seen by: {', '.join(MAY_HAND_OVER)}.", code="wrong-role")
    unit = await runtime.look(lambda _: [MATTERS.by_any("led", (staff_id,))])
    matters = unit.peek_any(MATTERS, "led", (staff_id,))
    seen = [
        each
        for each in matters
        if not is_screened({"client_id": each.client_id, "matter_id": each.matter_id}, actor)
    ]
    return FindTold(
        items=[
            FoundTold(kind="matter", by="id", matter_id=each.matter_id, client_id=each.client_id)
            for each in seen
        ],
        more=unit.is_cut(MATTERS, "led", (staff_id,)),
    )


def _told(sighting: Sighting, unit: UnitOfWork, actor: Actor) -> FoundTold:
    """With the client's matters that no wall keeps this person from, the open ones first."""
    matters = [
        matter_told(each)
        for each in matters_of(sighting, unit)
        if not is_screened({"matter_id": each.matter_id}, actor)
    ]
    return sighting.told.model_copy(update={"matters": matters})
