"""Is this message an event we know, in a version we know, with everything it must say?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from shared.contracts.attributes import read_attributes
from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.cloudevents import all_refused, check_standard
from shared.contracts.decoding import open_message
from shared.contracts.encoding import SCHEMA
from shared.contracts.event import Event
from shared.contracts.fields import REMEDIES
from shared.contracts.refusals import FieldError, NewerVersion, UnknownType, refuse
from shared.contracts.upcasting import upcast

MAX_EVENT_BYTES = 256 * 1024
OWN_SOURCE = "urn:clientele:"

_MEANINGS = {
    "missing": "is missing: this type of event must carry it",
    "string_type": "must be a string",
    "string_too_short": "is empty: give it a value or leave it out",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "tuple_type": "must be a list",
}


def decode(
    subject: str, headers: Mapping[str, str] | None, body: bytes, *, now: datetime
) -> Event[Any]:
    """The event in a message; raises Invalid, UnknownType or NewerVersion when it is none.

    A type nobody here knows is NewerVersion where one of our own services said it.
    """
    if len(body) > MAX_EVENT_BYTES:
        raise refuse("body", "must be at most 256 KiB")
    raw, content = open_message(headers, body)
    check_standard(raw)
    known = CATALOGUE.get(raw["type"])
    if known is None:
        if raw["source"].startswith(OWN_SOURCE):  # said by a newer release of one of us
            raise NewerVersion(raw["type"], 1)
        raise UnknownType(raw["type"])
    attributes = read_attributes(raw, now=now)
    version = _version(raw.get("dataschema"), known)
    _check_address(subject, known.TYPE, attributes.subject)
    data = _data(known, version, content)
    if data.key() != attributes.subject:
        raise refuse("subject", f"must be {_expected(data)}")
    return Event(
        id=attributes.id,
        source=attributes.source,
        type=known.TYPE,
        version=known.VERSION,
        time=attributes.time,
        subject=attributes.subject,
        data=data,
        correlation_id=attributes.correlation_id,
        causation_id=attributes.causation_id,
        traceparent=attributes.traceparent,
        history=attributes.history,
        finer=attributes.finer,
    )


def _version(schema: Any, known: type[EventData]) -> int:
    """The version in ``urn:clientele:event:<type>:<version>``; an absent schema means 1."""
    if schema is None:
        return 1
    prefix = f"{SCHEMA}{known.TYPE}:"
    number = schema[len(prefix) :] if isinstance(schema, str) and schema.startswith(prefix) else ""
    if not (number.isascii() and number.isdigit()) or number[0] == "0" or len(number) > 6:
        raise refuse("dataschema", f"must be {prefix}{known.VERSION} or be left out")
    version = int(number)
    if version > known.VERSION:
        raise NewerVersion(known.TYPE, version)
    return version


def _check_address(address: str, type: str, subject: str) -> None:
    plain = f"events.{type}.{subject}"
    if address != plain and not address.startswith(f"{plain}."):  # a system's own name may follow
        raise refuse("subject", "must be the key in the NATS subject events.<type>.<key>")


def _data(known: type[EventData], version: int, content: Any) -> EventData:
    if not isinstance(content, dict):
        raise refuse("data", "must be a JSON object")
    if version < known.VERSION:
        content = _upcast(known, version, content)
    try:
        return known.model_validate(content)
    except ValidationError as failure:
        raise all_refused(field_errors(failure)) from None


def _upcast(known: type[EventData], version: int, content: Any) -> Any:
    try:
        return upcast(known.TYPE, version, known.VERSION, content)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise refuse("data", f"must be what version {version} of {known.TYPE} says") from None


def field_errors(failure: ValidationError) -> list[FieldError]:
    """Each refused field with its remedy, without anything of what was sent."""
    problems: list[FieldError] = []
    for error in failure.errors(include_url=False, include_input=False):
        context = error.get("ctx", {})
        fields = context.get("fields") or (".".join(str(part) for part in error["loc"]),)
        problems.extend(FieldError(field or "data", _message(error, context)) for field in fields)
    return problems


def _message(error: Any, context: Mapping[str, Any]) -> str:
    if "pattern" in context:
        return REMEDIES[context["pattern"]]
    message: str = _MEANINGS.get(error["type"]) or error["msg"]
    return message.replace("Value error, ", "").replace("Input should be", "must be")


def _expected(data: EventData) -> str:
    keys = " or ".join(data.KEYS)
    if data.key() == data.about_id():
        return f"the event's own {keys}"
    return f"the key of the event's own {keys}: h- and the first 40 digits of its SHA-256"
