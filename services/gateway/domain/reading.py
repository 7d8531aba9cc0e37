"""What did a delivery tell, before anybody looks at what is known already?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json

from services.gateway.domain.saying import Saying
from services.gateway.domain.signatures import Scheme
from shared.contracts.fields import INSTANT_REMEDY, parse_instant
from shared.contracts.refusals import Invalid, refuse

Payload = Mapping[str, Any]
FETCHED, GONE = "fetched", "gone"
"""Where what was fetched stands beside the delivery that named it; there, that it is gone."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A calendar's booking: its id there, and the one it replaces."""

    uri: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a delivery tells; nothing at all is an answer too, with its reason."""

    sayings: tuple[Saying, ...] = ()
    nothing: str = ""  # why nothing is said
    booked: Booked | None = None  # whose appointment the sayings are about
    awaits: str | None = None  # the booking that must be known before this is settled
    fetches: str | None = None  # what it names and does not tell: that is fetched first


@dataclass(frozen=True, slots=True)
class Adapter:
    """How deliveries of one product are read; each has samples beside it."""

    name: str
    read: Callable[[Payload, "FirmDefaults"], Reading]
    scheme: Scheme
    header: str = ""
    delivery_id: Callable[[Payload], str | None] = lambda _: None
    never_kept: frozenset[str] = frozenset()  # names of fields that are dropped before storing
    fetches: bool = False  # a delivery only names what it is about; that stands under FETCHED


@dataclass(frozen=True, slots=True)
class FirmDefaults:
    """What an adapter says where the sender says nothing: the firm's own."""

    zone: str
    locale: str


def parsed(body: bytes) -> Payload:
    """The delivery as JSON; raises Invalid."""
    try:
        payload = from_json(body, allow_inf_nan=False)
        json.dumps(payload)  # a number of a million digits cannot be written again
    except (ValueError, RecursionError):
        raise refuse("body", "must be JSON in UTF-8, not too deeply nested") from None
    if not isinstance(payload, dict):
        raise refuse("body", "must be one JSON object")
    return payload


def text_at(payload: Payload, path: str) -> str:
    """The text at a dotted path; raises Invalid that names it."""
    value = found_at(payload, path)
    if not isinstance(value, str) or not value:
        raise missing(path)
    return value


def instant_at(payload: Payload, path: str) -> datetime:
    """The instant at a dotted path, as text or in seconds since 1970; Invalid that names it."""
    value = found_at(payload, path)
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        return parse_instant(value if isinstance(value, str) else "")
    except (ValueError, OverflowError, OSError):
        raise refuse(path, f"{INSTANT_REMEDY}, or whole seconds since 1970") from None


def found_at(payload: Payload, path: str) -> Any:
    """What stands at a dotted path; None where nothing does."""
    value: Any = payload
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def own_id(payload: Payload) -> str | None:
    """What the sender calls the delivery, where it says so in ``id``."""
    said = found_at(payload, "id")
    return said if isinstance(said, str) and said else None


def missing(path: str) -> Invalid:
    """Something a delivery must have is not in it."""
    return refuse(path, "is missing, or is no text: the source may send another version by now")


def without(value: Any, names: frozenset[str]) -> Any:
    """The same without fields of these names, however deep they stand."""
    if isinstance(value, Mapping):
        return {key: without(each, names) for key, each in value.items() if key not in names}
    if isinstance(value, list):
        return [without(each, names) for each in value]
    return value
