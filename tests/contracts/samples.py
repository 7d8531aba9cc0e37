"""What do the event tests send? One good event, and ways to spoil it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shared.contracts.envelope import Event, FieldError, Invalid, decode
from shared.contracts.export import EVENTS

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CLIENT: dict[str, Any] = {
    "client_id": "c-1",
    "name": "Katharina Brandt",
    "email": "k.brandt@example.com",
    "timezone": "Europe/Berlin",
    "locale": "de-DE",
}
ENVELOPE: dict[str, Any] = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:firm:practice-management",
    "type": "client-onboarded",
    "subject": "c-1",
    "time": "2026-03-02T09:00:00Z",
    "data": CLIENT,
}
ABSENT = object()
"""Stands for an attribute or field that is left out."""


def changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The same with some values changed or left out."""
    merged = {**base, **changes}
    return {name: value for name, value in merged.items() if value is not ABSENT}


def read(
    envelope: Any,
    *,
    address: str | None = None,
    headers: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Event[Any]:
    """Decode this envelope, sent where its own type and subject say unless told otherwise."""
    where = address or f"events.{envelope.get('type')}.{envelope.get('subject')}"
    body = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
    return decode(where, headers, body, now=now)


def read_data(type: str, data: Mapping[str, Any], key: str) -> Any:
    """The data of an event of this type, decoded."""
    return read(changed(ENVELOPE, {"type": type, "subject": key, "data": data})).data


def refusal(envelope: Any, **where: Any) -> Invalid:
    """Why this envelope is refused; fails when it is not."""
    try:
        read(envelope, **where)
    except Invalid as refused:
        return refused
    raise AssertionError("this event was accepted")


def refused_fields(envelope: Any, **where: Any) -> list[str]:
    """The fields named when this envelope is refused."""
    return [error.field for error in refusal(envelope, **where).field_errors]


def refused_in(type: str, data: Mapping[str, Any], key: str) -> list[str]:
    """The fields named when data of this type is refused."""
    return refused_fields(changed(ENVELOPE, {"type": type, "subject": key, "data": data}))


def message_for(field: str, errors: list[FieldError]) -> str:
    """What is said about one field."""
    return next(error.message for error in errors if error.field == field)


def binary(envelope: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
    """The same event in binary mode: headers and body."""
    headers = {
        f"ce-{name}": quote(str(value).lower() if isinstance(value, bool) else value, safe=":/+#")
        for name, value in envelope.items()
        if name != "data"
    }
    return headers, json.dumps(envelope["data"]).encode()


def golden() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every golden example ever shipped: type, version (and what is special in it), event."""
    for path in sorted(Path(EVENTS).glob("*/*.example.json")):
        name = path.name.removesuffix(".example.json")
        yield path.parent.name, name, json.loads(path.read_text("utf-8"))
