"""What does the gateway hold of one client, and what becomes of it when they ask?

The deliveries about them in their sources' own words, by which address other systems know them, and
which bookings were theirs. All of it goes with them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.gateway.domain.bookings import Booking
from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.known_clients import KnownClient
from services.gateway.ports import BOOKINGS, DELIVERIES, KNOWN
from shared.engine.records import Order, Part, Records
from shared.engine.records_parts import by_client, by_key, own, with_client
from shared.engine.records_told import plainly


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


def _with_survivor(delivery: Delivery, moved: str, survivor: str) -> Delivery:
    ids = (survivor if each == moved else each for each in delivery.client_ids)
    owner = f"client:{survivor}" if delivery.owner == f"client:{moved}" else delivery.owner
    return replace(delivery, client_ids=tuple(dict.fromkeys(ids)), owner=owner)


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
RECORDS = Records(parts=(DELIVERED, ADDRESSES, BOOKED))
