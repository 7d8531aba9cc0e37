"""How is it noted who looked at a client or an inquiry, whichever address showed them?

Around every page and every answer to programs: where the address names somebody and they are shown,
the access log has its row before the first byte goes out. A new address needs nothing for it.
"""

from typing import Any

from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.desk.api.desk import Desk
from services.desk.api.refusals import note_opened
from services.desk.domain.staff import StaffMember

NAMED = ("client_id", "inquiry_id")
FORMS = ("brief", "print")


class NotedLooks:
    """An application behind which nobody is shown without a row."""

    def __init__(self, app: ASGIApp, desk: Desk, prefix: str = "") -> None:
        self._app = app
        self._desk = desk
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note it where somebody is shown."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                await self._note(scope)
            await send(message)

        await self._app(scope, receive, noted)

    async def _note(self, scope: Scope) -> None:
        person: StaffMember | None = scope.get("state", {}).get("asked_by")
        ids = {name: scope.get("path_params", {}).get(name) for name in NAMED}
        if person is not None and any(ids.values()):
            await note_opened(self._desk, person, ids, self._way(scope))

    def _way(self, scope: Scope) -> str:
        """The route that was asked, and in which form of a page; nothing that was typed."""
        route: Any = scope.get("route")
        form = QueryParams(scope.get("query_string", b"")).get("form", "")
        path = f"{self._prefix}{getattr(route, 'path', '').removeprefix(self._prefix)}"
        return f"GET {path} {form}" if form in FORMS else f"GET {path}"
