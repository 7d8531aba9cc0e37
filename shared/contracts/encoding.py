"""How does an event of ours travel? As structured JSON CloudEvents, readable anywhere."""

from typing import Any

from pydantic_core import to_json

from shared.contracts.event import Event
from shared.contracts.fields import wire_instant

CONTENT_TYPE = "application/cloudevents+json"
SCHEMA = "urn:clientele:event:"


def encode(event: Event[Any]) -> bytes:
    """The event as the bytes that are published."""
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "subject": event.subject,
        "time": wire_instant(event.time),
        "datacontenttype": "application/json",
        "dataschema": f"{SCHEMA}{event.type}:{event.version}",
        "correlationid": event.correlation_id,
    }
    if event.causation_id is not None:
        envelope["causationid"] = event.causation_id
    if event.traceparent is not None:
        envelope["traceparent"] = event.traceparent
    if event.history:
        envelope["history"] = True
    envelope["data"] = event.data.to_wire()
    return to_json(envelope)


def headers(event: Event[Any]) -> dict[str, str]:
    """The NATS headers the event is published with."""
    return {"Content-Type": CONTENT_TYPE, "Nats-Msg-Id": event.msg_id}
