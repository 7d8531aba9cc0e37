"""Whom may somebody at the desk mean by what they typed?

``finds.intake`` is asked by the desk alone, in the name of a person whose work is with clients.
What a wall keeps that person from is left out; its ids go back so that the desk can note it.
"""

from functools import partial

from services.intake.api.cards import WITH_CLIENTS, matter_told
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


def _told(sighting: Sighting, unit: UnitOfWork, actor: Actor) -> FoundTold:
    """With the client's matters that no wall keeps this person from, the open ones first."""
    matters = [
        matter_told(each)
        for each in matters_of(sighting, unit)
        if not is_screened({"matter_id": each.matter_id}, actor)
    ]
    return sighting.told.model_copy(update={"matters": matters})
