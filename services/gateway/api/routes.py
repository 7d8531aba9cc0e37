"""Which doors are there?"""

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from services.gateway.api.events import BATCH, EventsDoor
from services.gateway.api.problems import DoorError
from services.gateway.api.site import SignedByGoogle, Site
from services.gateway.api.webhooks import WebhookDoor
from services.gateway.domain.last_words import Notebook
from services.gateway.ports import FirmConfig
from services.gateway.settings import Secrets
from shared.contracts.envelope import CONTENT_TYPE
from shared.engine.runtime import Runtime

EVENT = {
    "type": "object",
    "description": "A CloudEvent 1.0 of a type this source may say; its data as that type asks.",
    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1},
        "type": {"type": "string"},
        "subject": {"type": "string", "minLength": 1},
        "time": {"type": "string", "format": "date-time"},
        "data": {"type": "object"},
    },
}
Answers = dict[int | str, dict[str, Any]]
ANSWERS: Answers = {
    202: {"description": "Kept: it cannot get lost any more."},
    401: {"description": "Who sends it is not proved."},
    408: {"description": "The body came too slowly."},
    413: {"description": "More than 1 MiB."},
    503: {"description": "Not now; send the same again."},
}
REFUSED: Answers = {422: {"description": "Refused; errors name each field and its remedy."}}
MISSING: Answers = {404: {"description": "No source of this name is set up."}}


class AsItCame(APIRoute):
    """A route that hands its request to the door as it came: a door reads and refuses by itself,
    and what FastAPI would look for in it would be looked for at every delivery.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint itself."""
        return cast("Callable[[Request], Coroutine[Any, Any, Response]]", self.endpoint)


def doors(
    config: FirmConfig, secrets: Secrets, notebook: Notebook, signed_by_google: SignedByGoogle
) -> Callable[[FastAPI, Runtime], None]:
    """Adds the doors to a running service."""

    def add(web: FastAPI, runtime: Runtime) -> None:
        site = Site(runtime, config, secrets, notebook, signed_by_google)
        web.add_exception_handler(DoorError, _problem)
        router = APIRouter(route_class=AsItCame)
        _add_events(router, EventsDoor(site))
        _add_webhooks(router, WebhookDoor(site))
        web.include_router(router)

    return add


def _add_events(web: APIRouter, door: EventsDoor) -> None:
    content = {
        CONTENT_TYPE: {"schema": EVENT},
        BATCH: {"schema": {"type": "array", "items": EVENT, "minItems": 1}},
        "application/json": {"schema": {"description": "The data of an event in ce- headers."}},
    }
    described = {
        "requestBody": {"required": True, "content": content},
        "security": [{"key": []}],
    }

    @web.post(
        "/events",
        summary="Take in CloudEvents",
        responses={**ANSWERS, **REFUSED},
        status_code=202,
        openapi_extra=described,
    )
    async def take(request: Request) -> Response:
        return await door.take(request)


def _add_webhooks(web: APIRouter, door: WebhookDoor) -> None:
    name = {"name": "source", "in": "path", "required": True, "schema": {"type": "string"}}
    described = {
        "parameters": [name],
        "requestBody": {"required": True, "content": {"application/json": {}}},
    }

    @web.post(
        "/in/{source}",
        summary="Take in a signed delivery",
        responses={**ANSWERS, **MISSING},
        status_code=202,
        openapi_extra=described,
    )
    async def take(request: Request) -> Response:
        return await door.take(request.path_params["source"], request)


async def _problem(_: Request, no: Exception) -> JSONResponse:
    if not isinstance(no, DoorError):
        raise no
    return no.response()
