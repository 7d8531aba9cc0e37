"""What stands in a message, before anybody asks whether it is allowed?

Both modes of the CloudEvents NATS binding: structured (everything in one JSON body, also assumed
where no header says otherwise) and binary (attributes in percent-encoded ``ce-`` headers, the data
in the body). Header names are taken in any case.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from pydantic_core import from_json

from shared.contracts.cloudevents import KNOWN
from shared.contracts.refusals import refuse

Headers = Mapping[str, str] | None
Opened = tuple[Mapping[str, Any], Any]  # attributes, data

STRUCTURED = frozenset(
    ("", "application/cloudevents+json", "application/cloudevents", "application/json")
)

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def open_message(headers: Headers, body: bytes) -> Opened:
    """The attributes and the data as they stand in the message."""
    content_type, attributes = _read_headers(headers)
    media_type = content_type.split(";")[0].strip().lower()
    if attributes and not media_type.startswith("application/cloudevents"):
        return _binary(content_type, attributes, body)
    if media_type not in STRUCTURED:
        raise refuse("content-type", "must be application/cloudevents+json: one event, in JSON")
    return _structured(body)


def _read_headers(headers: Headers) -> tuple[str, dict[str, str]]:
    """The content type, and whatever stands in ``ce-`` headers."""
    content_type = ""
    attributes: dict[str, str] = {}
    for name, value in (headers or {}).items():
        lowered = name.lower()
        if lowered == "content-type":
            content_type = value
        elif lowered.startswith("ce-"):
            attributes[lowered[3:]] = value
    return content_type, attributes


def _binary(content_type: str, encoded: Mapping[str, str], body: bytes) -> Opened:
    if "data" in encoded or "data_base64" in encoded:
        raise refuse("data", "must stand in the body, not in a header")
    attributes = {name: _decoded(name, value) for name, value in encoded.items()}
    if content_type.strip():
        attributes.setdefault("datacontenttype", content_type.strip())
    return attributes, _json(body, "data")


def _decoded(name: str, value: str) -> str:
    """A header's value, unquoted and percent-decoded as the NATS binding says."""
    if '"' in value:
        value = _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), value)
    try:
        return unquote_to_bytes(value.strip()).decode()
    except UnicodeError:
        field = name if name in KNOWN else "attributes"
        raise refuse(field, "must be UTF-8, percent-encoded") from None


def _structured(body: bytes) -> Opened:
    envelope = _json(body, "body")
    if not isinstance(envelope, dict):
        raise refuse("body", "must be one JSON object: a CloudEvent")
    encoded = envelope.get("data_base64")
    if encoded is None:
        return envelope, envelope.get("data")
    if envelope.get("data") is not None:
        raise refuse("data", "must not stand beside data_base64: send one of them")
    return envelope, _json(_from_base64(encoded), "data_base64")


def _from_base64(encoded: Any) -> bytes:
    if isinstance(encoded, str):
        try:
            return b64decode(encoded, validate=True)
        except ValueError:
            pass
    raise refuse("data_base64", "must be JSON, encoded in Base64")


def _json(body: bytes, field: str) -> Any:
    try:
        return from_json(body, allow_inf_nan=False)
    except (ValueError, RecursionError):
        raise refuse(field, "must be JSON in UTF-8, not too deeply nested") from None
