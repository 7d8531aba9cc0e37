"""Whom does the firm act for at this moment?

``currents.intake`` is asked by the desk alone, in the name of a person whose work is with clients.
A client is current while one of their matters is open. Whom a wall keeps the reader from is left
out.
"""

from collections.abc import Callable, Iterable
from functools import partial

from services.intake.api.cards import WITH_CLIENTS
from services.intake.domain.clients import Client
from services.intake.domain.matters import Matter
from services.intake.ports import CLIENTS, MATTERS, OpenMatters
from shared.contracts.current_clients import (
    AT_ONCE,
    CurrentClient,
    CurrentClientsAsked,
    CurrentClientsTold,
)
from shared.contracts.requests import RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.process.app import OwnRequest
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.tasks import is_screened


class CurrentClientsRequest(CurrentClientsAsked):
    """After whom, and who asks."""

    actor: Actor


REQUEST = RequestType(
    "currents",
    "Whom the firm acts for at this moment, and how they are reached.",
    CurrentClientsRequest,
    (CurrentClientsTold,),
)


def current_clients(matters: Callable[[Runtime], OpenMatters]) -> OwnRequest:
    """The question and its answer."""
    return OwnRequest(REQUEST, partial(_answer, matters), signed=True)


async def _answer(
    matters: Callable[[Runtime], OpenMatters], runtime: Runtime, asked: CurrentClientsRequest
) -> CurrentClientsTold:
    if not set(asked.actor.roles) & set(WITH_CLIENTS):
        raise RuleError(f"Clients are seen by: {', '.join(WITH_CLIENTS)}.", code="wrong-role")
    ids = await matters(runtime).clients_after(asked.after, AT_ONCE)

    def needs(_: ReadSoFar) -> Iterable[Need]:
        for each in ids:
            yield CLIENTS.one(each)
            yield MATTERS.by("client", each)

    unit = await runtime.look(needs)
    items = [
        _told(id, unit.get(CLIENTS, id), unit.find(MATTERS, "client", id))
        for id in ids
        if not is_screened({"client_id": id}, asked.actor)
    ]
    return CurrentClientsTold(items=items, next=ids[-1] if len(ids) == AT_ONCE else None)


def _told(client_id: str, client: Client | None, matters: Iterable[Matter]) -> CurrentClient:
    current = [each for each in matters if each.state == "open"]
    owners = list(dict.fromkeys(each.owner_id for each in current if each.owner_id))
    if client is None or client.erased:
        return CurrentClient(client_id=client_id, matters=len(current), owner_ids=owners)
    return CurrentClient(
        client_id=client_id,
        name=client.name,
        email=client.email,
        phone=client.phone,
        locale=client.chosen_locale or client.locale,
        channel=client.chosen_channel or client.preferred_channel,
        matters=len(current),
        owner_ids=owners,
    )
