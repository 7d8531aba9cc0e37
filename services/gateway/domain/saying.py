"""What does a delivery say, as an event of the firm?

An adapter or a firm's own mapping turns a delivery into sayings: an event's type and fields as the
sender has them, and where the client is known only by an address, that address. From a saying
follows one event, whose id is made of the source, the delivery and what is said: read again it is
the same event, and another one only where the mapping says something else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE, FOREIGN_TYPES
from shared.contracts.envelope import CONTENT_TYPE, Event, Invalid, decode
from shared.contracts.fields import in_utc, wire_instant
from shared.contracts.keys import id_made_of, key_of
from shared.contracts.refusals import FieldError, refuse
from shared.contracts.speakers import source_of_system

GATEWAY = "gateway"
Path = str


@dataclass(frozen=True, slots=True)
class Saying:
    """One event that a delivery tells."""

    type: str
    data: Mapping[str, Any]
    at: datetime | None = None  # when it happened; None: when it was received
    email: str | None = None  # by which the client is known, where no id is said
    email_at: Path = "client_id"  # where that stood, for whoever has to mend it
    paths: Mapping[str, Path] = field(default_factory=dict)  # field → where it stood
    known_by: str | None = None  # what it is, where several deliveries tell of the same

    def of(self, client_id: str) -> "Saying":
        """The same, about this client."""
        return replace(self, data={**self.data, "client_id": client_id})


def source_of(source: str) -> str:
    """The CloudEvents source of everything a source of the gateway says, or its beginning."""
    return f"{source_of_system(GATEWAY)}:{source}"


def event_of(
    saying: Saying, *, source: str, given_id: str, received_at: datetime, now: datetime
) -> Event[Any]:
    """The event; raises Invalid with each refused field, and where it stood in the delivery."""
    kind = CATALOGUE.get(saying.type)
    if kind is None or saying.type not in FOREIGN_TYPES:
        raise refuse("type", f"is {saying.type}, which no other system of the firm may say")
    at = in_utc(min(saying.at or received_at, received_at))
    told = json.dumps(saying.data, sort_keys=True, default=str)
    own_id = id_made_of("in", source, saying.known_by or given_id, saying.type, told)
    subject = key_of(_about(kind, saying.data))
    envelope = {
        "specversion": "1.0", "id": own_id, "source": source_of(source), "type": saying.type,
        "subject": subject, "time": wire_instant(at), "data": dict(saying.data),
    }  # fmt: skip
    body = json.dumps(envelope, default=str).encode()
    try:
        event = decode(
            f"events.{saying.type}.{subject}", {"Content-Type": CONTENT_TYPE}, body, now=now
        )
    except Invalid as no:
        raise _where_it_stood(no, saying) from None
    return replace(event, via=GATEWAY)


def _about(kind: type[EventData], data: Mapping[str, Any]) -> str:
    """The id the event will be about; any, where it is missing: the contract names the field."""
    for path in kind.KEYS:
        value: Any = data
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if isinstance(value, str) and value:
            return value
    return "unknown"


def _where_it_stood(no: Invalid, saying: Saying) -> Invalid:
    named = [
        FieldError(each.field, _message(each, saying.paths.get(each.field.split(".")[0])))
        for each in no.field_errors
    ]
    return Invalid(f"{saying.type}: {named[0].field} {named[0].message}", named) if named else no


def _message(each: FieldError, path: Path | None) -> str:
    return f"{each.message} (in the delivery: {path})" if path else each.message
