"""What does a service hear, announce and answer, in AsyncAPI's words?

FastStream writes the document from a broker that is never connected. Its requests are subscribed by
the very function that subscribes those of a running service; events, which our own engine fetches,
are described beside them: one typed subscriber per event heard, one publisher per event announced.
FastStream knows no replies: what is answered is added to each request here. There is no way to try
anything out against it.
"""

import json
from importlib.metadata import version
from typing import Any

from faststream import FastStream
from faststream.nats import NatsBroker
from faststream.specification import AsyncAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from shared.bus.connection import broker_at
from shared.bus.request_reply import subscribe
from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.encoding import CONTENT_TYPE
from shared.contracts.requests import Refused, RequestType
from shared.process.answering import requests_of
from shared.process.app import App

ANYWHERE = "nats://localhost:4222"
SCHEMAS = "#/components/schemas"
JSON = "application/json"
INBOX = "The reply subject of the request: an inbox of whoever asks."
Document = dict[str, Any]


def asyncapi_of(app: App) -> Document:
    """The AsyncAPI 3.0 document of one service, in the release that is installed."""
    requests = requests_of(app)
    broker = broker_at(ANYWHERE)
    subscribe(broker, app.name, requests, {})
    for name in sorted({listener.event.TYPE for listener in app.listeners}):
        _hear(broker, CATALOGUE[name])
    for name in sorted(app.says):
        event = CATALOGUE[name]
        broker.publisher(
            f"events.{name}.*", schema=event, title=f"{name}-announced", description=_about(event)
        )
    about = AsyncAPI(title=app.title, version=version("clientele"), schema_version="3.0.0")
    written = FastStream(broker, specification=about).schema.to_specification().to_json()
    document: Document = json.loads(written)
    document["defaultContentType"] = CONTENT_TYPE
    for server in document.get("servers", {}).values():
        server["bindings"] = {}
    for request in requests:
        _add_reply(document, f"{request.verb}.{app.name}", request)
    return document


def _hear(broker: NatsBroker, event: type[EventData]) -> None:
    async def hear(data: Any) -> None:
        del data

    hear.__annotations__["data"] = event
    broker.subscriber(f"events.{event.TYPE}.*", title=event.TYPE, description=_about(event))(hear)


def _add_reply(document: Document, subject: str, request: RequestType) -> None:
    """The answers to one request, on the inbox its asker names."""
    operation, channel = _operation_on(document, subject)
    for message in document["components"]["messages"].values():
        if message.get("title", "").startswith(f"{subject}:"):
            message["contentType"] = JSON
    answers: list[type[BaseModel]] = [*request.answered, *([] if _says_no(request) else [Refused])]
    messages = {}
    for answer, schema in _schemas(document, answers):
        name = f"{subject}:{answer.__name__}"
        document["components"]["messages"][name] = {
            "title": name, "contentType": JSON, "payload": {"$ref": f"{SCHEMAS}/{schema}"},
        }  # fmt: skip
        messages[answer.__name__] = {"$ref": f"#/components/messages/{name}"}
    reply = f"{channel}:Reply"
    document["channels"][reply] = {
        "address": None, "description": INBOX, "messages": messages,
    }  # fmt: skip
    place = f"#/channels/{reply}"
    operation["reply"] = {
        "channel": {"$ref": place},
        "messages": [{"$ref": f"{place}/messages/{name}"} for name in messages],
    }


def _operation_on(document: Document, subject: str) -> tuple[Document, str]:
    channel = next(
        name for name, each in document["channels"].items() if each.get("address") == subject
    )
    place = {"$ref": f"#/channels/{channel}"}
    return next(e for e in document["operations"].values() if e["channel"] == place), channel


def _says_no(request: RequestType) -> bool:
    """Whether an answer of its own carries the refusal."""
    return any("refused" in answer.model_fields for answer in request.answered)


def _schemas(
    document: Document, models: list[type[BaseModel]]
) -> list[tuple[type[BaseModel], str]]:
    """Put the schemas of these models among the components; their names there."""
    found, all_of_them = models_json_schema(
        [(model, "serialization") for model in models], ref_template=SCHEMAS + "/{model}"
    )
    document["components"]["schemas"].update(all_of_them.get("$defs", {}))
    return [(model, found[model, "serialization"]["$ref"].rpartition("/")[2]) for model in models]


def _about(event: type[EventData]) -> str:
    return (event.__doc__ or "").strip()
