"""Which addresses do clients reach, and what may anybody read?"""

from collections.abc import Callable

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import JSONResponse, Response

from services.reputation.domain.language import language_of
from services.reputation.domain.response import hash_of
from services.reputation.domain.testimonial import Testimonial, named
from services.reputation.pages.testimonial import TestimonialPages
from services.reputation.pages.wording import words_of
from services.reputation.ports import FirmConfig, PublishedWords
from services.reputation.settings import ReputationSettings
from shared.contracts.fields import wire_instant
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.web.clients import add_common
from shared.web.own_languages import page_languages

READ, WRITE = ["GET", "HEAD"], ["POST"]
MOST = 1_000
OF_ANYBODY = {
    "Cache-Control": "no-store",  # what is withdrawn is gone with the next look
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
}
SELECTION = {
    "en": "A selection: words of clients who agreed that they are published. Nothing was given for "
    "them.",
    "de": "Eine Auswahl: Worte von Mandanten, die der Veröffentlichung zugestimmt haben. Niemand "
    "hat dafür etwas erhalten.",
}


def pages(
    settings: ReputationSettings, config: FirmConfig, book: Callable[[Runtime], PublishedWords]
) -> Callable[[FastAPI, Runtime], None]:
    """Adds the pages to the service's web side; FirmFolderError for words of the firm."""
    languages = page_languages(settings.firm_dir, "testimonial")
    words = words_of(languages)

    def add(web: FastAPI, runtime: Runtime) -> None:
        theirs = TestimonialPages(runtime, settings, config, languages, words)
        published = _Published(book(runtime))
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/t/{token}", theirs.show, methods=READ)
        router.add_api_route("/t/{token}", theirs.take, methods=WRITE)
        router.add_api_route("/testimonials.json", published.told, methods=READ)
        web.include_router(router)
        add_common(web, theirs.pages)

    return add


class _Published:
    """What the firm's web site, or anybody, reads."""

    def __init__(self, book: PublishedWords) -> None:
        self._book = book

    async def told(self, _: Request) -> Response:
        """The words that stand published at this moment, the latest first."""
        try:
            found = await self._book.published(MOST)
        except TemporaryError:
            more = {**OF_ANYBODY, "Retry-After": "60"}
            return JSONResponse({"error": "Try again in a minute."}, 503, headers=more)
        told = {
            "selection": True,
            "notice": SELECTION,
            "testimonials": [_told(each) for each in found],
        }
        return JSONResponse(told, headers=OF_ANYBODY)


def _told(each: Testimonial) -> dict[str, str | None]:
    return {
        "id": each.testimonial_id,
        "text": each.text,
        "text_hash": hash_of(each.text),
        "language": language_of(each.text) or None,
        "name": named(each),
        "published_at": wire_instant(each.published_at) if each.published_at else None,
    }
