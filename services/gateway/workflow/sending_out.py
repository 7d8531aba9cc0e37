"""An event happened: who has subscribed to it? For each it is kept, and due at once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.gateway.domain.about import client_ids, inquiry_ids
from services.gateway.domain.dispatches import Dispatch, OutwardEvent, dispatch_id_of
from services.gateway.domain.outward import stays_within
from services.gateway.domain.subscriptions import Subscription
from services.gateway.ports import ALL, DISPATCHES, OUTWARD_EVENTS, SUBSCRIPTIONS
from shared.contracts.envelope import Event, encode
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_sending(_: Event[Any], __: ReadSoFar) -> Iterable[Need]:
    """Every subscription: there are few."""
    yield SUBSCRIPTIONS.by("all", ALL)


def send_out(event: Event[Any], unit: UnitOfWork) -> None:
    """Keep it once, and a dispatch for each that wants it; a rehearsal goes to nobody."""
    if stays_within(event.data):
        return
    wanting = [
        each
        for each in unit.find(SUBSCRIPTIONS, "all", ALL)
        if each.wants(event.type, event.source)
    ]
    if not wanting:
        return
    unit.add(OUTWARD_EVENTS, _kept(event, unit))
    for each in wanting:
        unit.add(DISPATCHES, _dispatch(each, event, unit))


def _kept(event: Event[Any], unit: UnitOfWork) -> OutwardEvent:
    """As the bus has it; of a client merged into another, as one of the one that stays."""
    clients, inquiries = client_ids(event.data), inquiry_ids(event.data)
    persons = [f"client:{each}" for each in clients] + [f"inquiry:{each}" for each in inquiries]
    return OutwardEvent(
        msg_id=event.msg_id,
        type=event.type,
        taken_at=unit.now,
        owner=persons[0] if persons else f"outward:{unit.now:%Y-%m-%d}",
        client_ids=clients,
        inquiry_ids=inquiries,
        body=encode(replace(event, subject=event.data.key(), traceparent=None)),
    )


def _dispatch(subscription: Subscription, event: Event[Any], unit: UnitOfWork) -> Dispatch:
    return Dispatch(
        dispatch_id=dispatch_id_of(subscription.name, subscription.added_at, event.msg_id),
        subscription=subscription.name,
        added_at=subscription.added_at,
        msg_id=event.msg_id,
        event_id=event.id,
        type=event.type,
        taken_at=unit.now,
        due_at=unit.now,
    )
