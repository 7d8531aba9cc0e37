"""A person who brings a list at the desk, as their browser sends it."""

from typing import Any

import httpx

from tests.desk.browsing import Browser, form_fields
from tests.gateway.brought import BOOK

PLACE = "/imports"


async def bring(
    browser: Browser, content: bytes = BOOK, kind: str = "clients", name: str = "Müllers list.csv"
) -> httpx.Response:
    """Choose a file and send it, as a browser does."""
    hidden = form_fields((await browser.get(PLACE)).text, PLACE)
    files = {"file": (name, content, "text/csv")}
    return await browser.client.post(PLACE, data={**hidden, "kind": kind}, files=files)


async def brought(browser: Browser, content: bytes = BOOK) -> str:
    """The place of a list that was brought."""
    answer = await bring(browser, content)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removesuffix("/columns")


async def do(browser: Browser, place: str, **fields: Any) -> httpx.Response:
    """One button of the page of a list."""
    page = await browser.get(place)
    return await browser.post(place, page, fields)


def hidden_of(page: httpx.Response) -> dict[str, str]:
    """The token of the page."""
    return form_fields(page.text, "/logout")
