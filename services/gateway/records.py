"""What does the gateway hold of one client, and what becomes of it when they ask?

The deliveries about them in their sources' own words, by which address other systems know them,
which bookings were theirs, what lists of the firm said of them, and what is on its way to
subscribers. All of it goes with them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from services.gateway.domain.bookings import Booking
from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.dispatches import OutwardEvent
from services.gateway.domain.imports.imported import Imported
from services.gateway.domain.known_clients import KnownClient
from services.gateway.ports import BOOKINGS, DELIVERIES, IMPORTED, KNOWN, OUTWARD_EVENTS
from shared.engine.records import Order, Part, Records
from shared.engine.records_parts import by_client, by_key, own, with_client
from shared.engine.records_told import plainly

D = TypeVar("D", Delivery, OutwardEvent)


def _theirs(order: Order) -> dict[str, Any]:
    clients: dict[str, Any] = {"d.client_ids": {"$in": list(order.client_ids)}}
    return {"$or": [clients, {"d.inquiry_ids": {"$in": list(order.inquiry_ids)}}]}


def _delivered(delivery: Delivery) -> Mapping[str, Any]:
    return {
        "source": delivery.source,
        "received_at": delivery.received_at,
        "said": delivery.said,
        "body": delivery.body.decode(errors="replace"),
    }


def _with_survivor(kept: D, moved: str, survivor: str) -> D:
    ids = (survivor if each == moved else each for each in kept.client_ids)
    owner = f"client:{survivor}" if kept.owner == f"client:{moved}" else kept.owner
    return replace(kept, client_ids=tuple(dict.fromkeys(ids)), owner=owner)


def _sent_out(event: OutwardEvent) -> Mapping[str, Any]:
    return {
        "type": event.type,
        "taken_at": event.taken_at,
        "body": event.body.decode(errors="replace"),
    }


def _of_survivor(imported: Imported, moved: str, survivor: str) -> Imported:
    """Known by the id the list says, sealed by the key of whom it leads to."""
    owner = f"client:{survivor}" if imported.owner == f"client:{moved}" else imported.owner
    return replace(imported, client_id=survivor, owner=owner)


def _joined(there: KnownClient, moved: KnownClient) -> KnownClient:
    return there if there.email else replace(there, email=moved.email)


DELIVERED: Part[Delivery] = Part(
    kind=DELIVERIES,
    data_class="deliveries",
    found=_theirs,
    told=_delivered,
    moved=_with_survivor,
)
ADDRESSES: Part[KnownClient] = Part(
    kind=KNOWN,
    data_class="contact-data",
    found=by_key,
    told=plainly,
    moved=with_client,
    joined=_joined,
)
BOOKED: Part[Booking] = Part(
    kind=BOOKINGS,
    data_class="deliveries",
    found=by_client,
    told=plainly,
    moved=with_client,
    joined=own,
)
SENT_OUT: Part[OutwardEvent] = Part(
    kind=OUTWARD_EVENTS,
    data_class="deliveries",
    found=_theirs,
    told=_sent_out,
    moved=_with_survivor,
)
LISTED: Part[Imported] = Part(
    kind=IMPORTED,
    data_class="deliveries",
    found=by_client,
    told=plainly,
    moved=_of_survivor,
    joined=own,
)
RECORDS = Records(parts=(DELIVERED, ADDRESSES, BOOKED, SENT_OUT, LISTED))
