"""What is the same on every page a client sees, whichever service shows it?

The frame in each language, one page for all dead ends, and the statement on accessibility. A dead
end looks the same whether a link is unknown, foreign or expired: it tells nothing about anybody.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.firm.looks import AS_SHIPPED, Looks
from shared.web.accessibility import CHECKED, STATEMENTS
from shared.web.language import FALLBACK, Language, language_for
from shared.web.notices import LOST
from shared.web.own_languages import PageLanguages
from shared.web.static import add_static, own_asset
from shared.web.templates import Pages

SHIPPED = PageLanguages()
WAIT = (429, 503)
BROKEN = 500


class DeadEndError(Exception):
    """What was asked for cannot be shown: answer the notice with this status instead."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ClientPages:
    """A service's own templates in the frame all pages for clients share."""

    def __init__(
        self,
        folder: Path,
        firm: str,
        contact: str,
        languages: PageLanguages = SHIPPED,
        looks: Looks = AS_SHIPPED,
    ) -> None:
        self.files = files_of(looks)
        logo, style = looks.logo, looks.style()
        self._pages = Pages(
            folder,
            firm=firm,
            contact=contact,
            logo=logo,
            logo_place=own_asset(logo.name) if logo else "",
            style_place=own_asset(style_name(style)) if style else "",
        )
        self.languages = languages

    def page(
        self, name: str, language: Language, status: int = 200,
        more: Mapping[str, str] | None = None, /, **values: Any,
    ) -> Response:  # fmt: skip
        """A template as a page in one language."""
        frames = self.languages.frames
        others = {name: each.name for name, each in frames.items() if name != language}
        return self._pages.page(
            name, status, more, language=language, frame=frames[language], others=others,
            direction=Locale(language).text_direction, **values,
        )  # fmt: skip

    def notice(self, status: int, request: Request) -> Response:
        """For somebody of whom nothing is known: the same for every link, in every language."""
        more = {"Retry-After": "60"} if status in WAIT else {}
        language = language_for(request)
        known = self.languages.notices
        first = {language: known[language]}
        return self.page(
            "notice.html", language, status, more, status=status, lost=LOST,
            notices={**first, **known},
        )  # fmt: skip

    def accessibility(self, request: Request) -> Response:
        """The statement on accessibility."""
        language = language_for(request)
        told = language if language in STATEMENTS else FALLBACK
        checked = format_date(CHECKED, "long", locale=told)
        statement = STATEMENTS[told]
        return self.page("accessibility.html", told, statement=statement, checked=checked)


def add_common(web: FastAPI, pages: ClientPages) -> None:
    """What every service that clients visit answers besides its own pages."""

    async def accessibility(request: Request) -> Response:
        return pages.accessibility(request)

    async def refused(request: Request, refusal: Exception) -> Response:
        return pages.notice(_status_of(refusal), request)

    web.state.frames = pages.languages.frames
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/accessibility", accessibility, methods=["GET", "HEAD"])
    web.include_router(router)
    for refusal in (DeadEndError, HTTPException, Exception):
        web.add_exception_handler(refusal, refused)
    add_static(web, pages.files)


def files_of(looks: Looks) -> dict[str, bytes]:
    """What the firm adds to every page, by its name: a logo, colours."""
    style, logo = looks.style(), looks.logo
    files = {style_name(style): style.encode()} if style else {}
    return files | ({logo.name: logo.content} if logo else {})


def style_name(style: str) -> str:
    """A name that changes with the colours."""
    return f"firm-{hashlib.sha256(style.encode()).hexdigest()[:16]}.css"


def _status_of(refusal: Exception) -> int:
    match refusal:
        case DeadEndError():
            return refusal.status
        case HTTPException():
            return refusal.status_code
    return BROKEN
