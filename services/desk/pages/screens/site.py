"""How are the pages for people put together?

An application of its own behind everything else the desk answers, so that every error there is a
page. A new page is a router, named here.
"""

from fastapi import FastAPI

from services.desk.pages.screens import (
    accessibility,
    acting,
    adding,
    calendar,
    inbox,
    operating,
    outcomes,
    saving,
    signing_in,
    signing_on,
    taking_away,
    task,
    timeline,
)
from services.desk.pages.screens.front import Front
from services.desk.pages.screens.refusing import add_refusals
from shared.web.static import add_static

PARTS = (
    signing_in, signing_on, inbox, saving, outcomes, task, acting,
    accessibility, timeline, adding, taking_away, calendar,
    operating,
)  # fmt: skip


def add_screens(web: FastAPI, front: Front) -> None:
    """Put the pages behind all other addresses."""
    web.mount("/", build_screens(front))


def build_screens(front: Front) -> FastAPI:
    """The pages as an application."""
    screens = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    screens.state.front = front
    for part in PARTS:
        screens.include_router(part.router, include_in_schema=False)
    add_static(screens)
    add_refusals(screens)
    return screens
