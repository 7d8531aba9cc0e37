"""Which events does a service hear and announce, in AsyncAPI's words?

FastStream writes the document from a broker that is never connected: one typed subscriber per event
heard, one publisher per event announced. There is no way to try anything out against it.
"""

import json
from functools import lru_cache
from typing import Any

from faststream import FastStream
from faststream.nats import NatsBroker
from faststream.specification import AsyncAPI

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.process.app import App

CONTENT_TYPE = "application/cloudevents+json"


@lru_cache(maxsize=8)
def _document(title: str, version: str, heard: tuple[str, ...], said: tuple[str, ...]) -> str:
    broker = NatsBroker("nats://localhost:4222", logger=None)
    for name in heard:
        _hear(broker, CATALOGUE[name])
    for name in said:
        event = CATALOGUE[name]
        broker.publisher(
            f"events.{name}.*", schema=event, title=f"{name}-announced", description=_about(event)
        )
    app = FastStream(broker, specification=AsyncAPI(title=title, version=version,
                                                    schema_version="3.0.0"))  # fmt: skip
    document: dict[str, Any] = json.loads(app.schema.to_specification().to_json())
    document["defaultContentType"] = CONTENT_TYPE
    for server in document.get("servers", {}).values():
        server["bindings"] = {}
    return json.dumps(document)


def asyncapi_of(app: App, version: str) -> dict[str, Any]:
    """The AsyncAPI 3.0 document of one service."""
    heard = tuple(sorted({listener.event.TYPE for listener in app.listeners}))
    document: dict[str, Any] = json.loads(
        _document(app.title, version, heard, tuple(sorted(app.says)))
    )
    return document


def _hear(broker: NatsBroker, event: type[EventData]) -> None:
    async def hear(data: Any) -> None:
        del data

    hear.__annotations__["data"] = event
    broker.subscriber(f"events.{event.TYPE}.*", title=event.TYPE, description=_about(event))(hear)


def _about(event: type[EventData]) -> str:
    return (event.__doc__ or "").strip()
