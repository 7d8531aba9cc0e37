"""How are Calendly's bookings read?

A booking is an invitee, called by its address there. Whoever moves one sends two deliveries, in
either order: the old one is cancelled with ``rescheduled``, the new one names the old one. The firm
hears one appointment-rescheduled. A client is known by the e-mail address they booked with, or by
the id in ``utm_content`` of the link the firm gave them.
"""

import re
from collections.abc import Mapping
from typing import Any

from services.gateway.domain.reading import (
    Adapter,
    Booked,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    instant_at,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.fields import KEY_PATTERN, ZONES
from shared.contracts.refusals import refuse

CREATED, CANCELED = "invitee.created", "invitee.canceled"
CLIENT_AT = "payload.tracking.utm_content"
CLIENT_MARK = "client:"
KIND_LONGEST = 80
PATHS = {
    "appointment_id": "payload.uri",
    "client_id": f"payload.email or {CLIENT_AT}",
    "starts_at": "payload.scheduled_event.start_time",
    "timezone": "payload.timezone",
    "kind": "payload.scheduled_event.name",
}


def read(payload: Payload, firm: FirmDefaults) -> Reading:
    """What a delivery tells of an appointment."""
    event = text_at(payload, "event")
    if isinstance(found_at(payload, "payload.invitee"), Mapping):
        remedy = "is of Calendly's first webhooks: subscribe anew with its API of today (v2)"
        raise refuse("payload.invitee", remedy)
    if event == CREATED:
        return _booked(payload, firm)
    if event == CANCELED:
        return _cancelled(payload)
    return Reading(nothing=f"nothing follows from {event[:40]}")


def _booked(payload: Payload, firm: FirmDefaults) -> Reading:
    uri = text_at(payload, "payload.uri")
    old = found_at(payload, "payload.old_invitee")
    replaces = old if isinstance(old, str) and old else None
    data = {
        "appointment_id": uri,
        "starts_at": text_at(payload, "payload.scheduled_event.start_time"),
        "timezone": _zone(payload, firm),
        "kind": text_at(payload, "payload.scheduled_event.name")[:KIND_LONGEST],
        **_place(payload),
    }
    said = "appointment-rescheduled" if replaces else "appointment-scheduled"
    return Reading((_saying(said, payload, data),), booked=Booked(uri, replaces))


def _cancelled(payload: Payload) -> Reading:
    uri = text_at(payload, "payload.uri")
    if found_at(payload, "payload.rescheduled") is True:
        new = found_at(payload, "payload.new_invitee")
        awaits = new if isinstance(new, str) and new else None
        return Reading(nothing="the booking that replaces it is said", awaits=awaits)
    saying = _saying("appointment-cancelled", payload, {"appointment_id": uri})
    return Reading((saying,), booked=Booked(uri))


def _saying(said: str, payload: Payload, data: dict[str, Any]) -> Saying:
    client_id = _client_id(payload)
    return Saying(
        type=said,
        data=data | ({"client_id": client_id} if client_id else {}),
        at=instant_at(payload, "created_at"),
        email=None if client_id else text_at(payload, "payload.email"),
        email_at="payload.email",
        paths=PATHS,
    )


def _client_id(payload: Payload) -> str | None:
    said = found_at(payload, CLIENT_AT)
    if not isinstance(said, str) or not said.startswith(CLIENT_MARK):
        return None
    client_id = said.removeprefix(CLIENT_MARK)
    return client_id if re.fullmatch(KEY_PATTERN.strip("^$"), client_id) else None


def _zone(payload: Payload, firm: FirmDefaults) -> str:
    said = found_at(payload, "payload.timezone")
    return said if isinstance(said, str) and said in ZONES else firm.zone


def _place(payload: Payload) -> dict[str, str]:
    """Where they meet, if it is a place; what is a link stays with Calendly."""
    place = found_at(payload, "payload.scheduled_event.location")
    if not isinstance(place, Mapping) or place.get("type") not in ("physical", "custom"):
        return {}
    where = place.get("location")
    return {"location": where[:300]} if isinstance(where, str) and where.strip() else {}


CALENDLY = Adapter(
    name="calendly",
    read=read,
    scheme="calendly",
    never_kept=frozenset({"questions_and_answers", "payment", "text_reminder_number"}),
)
