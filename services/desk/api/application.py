"""How is the API put together, and how does it describe itself?

An application of its own behind ``/api/v1``, so that every error there is a problem document,
whatever the pages for people do. Its OpenAPI description stands at ``/openapi.json`` of the port
for operations.
"""

from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from services.desk.api import (
    clearances,
    clients,
    decisions,
    follow_ups,
    incidents,
    outgoing,
    restrictions,
    search,
    task_actions,
    tasks,
)
from services.desk.api.desk import Desk, desk_of
from services.desk.api.looks import NotedLooks
from services.desk.api.problems import MEDIA_TYPE, add_problem_handlers, problem_of
from services.desk.api.refusals import note_screened
from services.desk.api.request_size import SmallRequests
from services.desk.domain.walls import ScreenedError

PREFIX = "/api/v1"
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Why the answer is no (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "For programs: stable, never translated."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "version_seen": {"type": "integer", "description": "With 409: the version you sent."},
        "version_now": {"type": ["integer", "null"], "description": "With 409: the version now."},
        "state": {"type": ["string", "null"], "description": "With 409: the task's state now."},
    },
}
REFUSALS = {"4XX": "Refused; the problem says why.", "5XX": "Not now, or not at all."}


class Behind(BaseRoute):
    """Everything whose path begins so; also what no pattern matches, such as an end of line."""

    def __init__(self, prefix: str, app: ASGIApp) -> None:
        self.path, self._app = prefix, app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for it."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(f"{self.path}/")
        return (Match.FULL if is_ours else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand it over as it is."""
        await self._app(scope, receive, send)


def add_api(web: FastAPI, desk: Desk) -> None:
    """Put the API behind its prefix, and its description where tools look for it."""
    api = build_api(web.title, web.version, desk)
    web.router.routes.append(Behind(PREFIX, SmallRequests(api)))
    web.openapi = api.openapi  # type: ignore[method-assign]  # the pages have no description


def build_api(title: str, version: str, desk: Desk) -> FastAPI:
    """The API as an application."""
    api = FastAPI(
        title=title,
        version=version,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        dependencies=[Depends(_not_to_be_kept)],
    )
    api.state.desk = desk
    api.add_middleware(NotedLooks, desk=desk, prefix=PREFIX)
    for part in (
        tasks,
        follow_ups,
        decisions,
        task_actions,
        clients,
        outgoing,
        clearances,
        incidents,
        restrictions,
        search,
    ):
        api.include_router(part.router, prefix=PREFIX)
    add_problem_handlers(api)
    api.add_exception_handler(ScreenedError, _screened)
    api.openapi = lambda: describe(api)  # type: ignore[method-assign]  # FastAPI's own way
    return api


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 description, with problem documents as they are really sent."""
    if api.openapi_schema is None:
        description = get_openapi(
            title=api.title,
            version=api.version,
            openapi_version="3.1.0",
            description="Tasks of staff, their decisions, and the clients' timelines.",
            routes=api.routes,
        )
        for path in description["paths"].values():
            for operation in path.values():
                operation["responses"] = _with_problems(operation["responses"])
        schemas = description["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas["Problem"] = PROBLEM
        api.openapi_schema = description
    return api.openapi_schema


def _with_problems(responses: dict[str, Any]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    own = {status: answer for status, answer in responses.items() if status != "422"}
    return own | {
        status: {"description": meaning, "content": content} for status, meaning in REFUSALS.items()
    }


def _not_to_be_kept(response: Response) -> None:
    """What the API says of clients stays in no cache."""
    response.headers["Cache-Control"] = "no-store"


async def _screened(request: Request, no: Exception) -> Response:
    """A wall said no: the access log has a row of it before anybody hears."""
    if not isinstance(no, ScreenedError):
        raise no
    await note_screened(request, desk_of(request), no.subjects)
    return problem_of(no).response()


def _operation_id(route: APIRoute) -> str:
    return route.name
