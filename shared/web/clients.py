"""What is the same on every page a client sees, whichever service shows it?

The frame in two languages, one page for all dead ends, and the statement on accessibility. A dead
end looks the same whether a link is unknown, foreign or expired: it tells nothing about anybody.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.dates import format_date
from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.web.accessibility import CHECKED, STATEMENTS
from shared.web.language import FRAMES, Language, language_for
from shared.web.static import add_static
from shared.web.templates import Pages

WAIT = (429, 503)
BROKEN = 500


class DeadEndError(Exception):
    """What was asked for cannot be shown: answer the notice with this status instead."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ClientPages:
    """A service's own templates in the frame all pages for clients share."""

    def __init__(self, folder: Path, firm: str, contact: str) -> None:
        self._pages = Pages(folder, firm=firm, contact=contact)

    def page(
        self, name: str, language: Language, status: int = 200,
        more: Mapping[str, str] | None = None, /, **values: Any,
    ) -> Response:  # fmt: skip
        """A template as a page in one language."""
        frame = FRAMES[language]
        return self._pages.page(name, status, more, language=language, frame=frame, **values)

    def notice(self, status: int, request: Request) -> Response:
        """For somebody of whom nothing is known: the same for every link, in both languages."""
        more = {"Retry-After": "60"} if status in WAIT else {}
        return self.page("notice.html", language_for(request), status, more, status=status)

    def accessibility(self, request: Request) -> Response:
        """The statement on accessibility."""
        language = language_for(request)
        checked = format_date(CHECKED, "long", locale=language)
        statement = STATEMENTS[language]
        return self.page("accessibility.html", language, statement=statement, checked=checked)


def add_common(web: FastAPI, pages: ClientPages) -> None:
    """What every service that clients visit answers besides its own pages."""

    async def accessibility(request: Request) -> Response:
        return pages.accessibility(request)

    async def refused(request: Request, refusal: Exception) -> Response:
        return pages.notice(_status_of(refusal), request)

    router = APIRouter(include_in_schema=False)
    router.add_api_route("/accessibility", accessibility, methods=["GET", "HEAD"])
    web.include_router(router)
    for refusal in (DeadEndError, HTTPException, Exception):
        web.add_exception_handler(refusal, refused)
    add_static(web)


def _status_of(refusal: Exception) -> int:
    match refusal:
        case DeadEndError():
            return refusal.status
        case HTTPException():
            return refusal.status_code
    return BROKEN
