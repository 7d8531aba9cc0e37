"""Is whatever a person puts into an address or a form answered by a page, never by a fault?"""

import re
from collections.abc import Iterator, Sequence

import pytest
from fastapi.routing import APIRoute

from services.desk.pages.application import PARTS
from tests.desk.browsing import Browser, Site, form_fields, site_at
from tests.desk.facts import NOON, OSKAR, PAT
from tests.desk.walls import peopled

NAMES = ("after", "did", "edition", "months", "until", "q", "view", "form", "section", "start",
         "kind", "state", "site", "stars", "page", "year", "day", "scope", "language", "message",
         "place", "days", "next", "sort", "of")  # fmt: skip
ODD = ("%00", "-1", "%F0%9F%92%A9", "%E2%80%AE", "0001-01-01", "9999-12-31", "%ED%A0%80", "[]")
LONG, MANY_DIGITS = "x" * 5000, "9" * 4400  # more digits than a number can be read from


@pytest.fixture
async def site() -> Site:
    """The pages, with a client and an inquiry and tasks about both."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


def paths(method: str) -> list[str]:
    """Every address of the pages for this method."""
    routes = [each for part in PARTS for each in part.router.routes if isinstance(each, APIRoute)]
    return sorted({each.path for each in routes if method in (each.methods or ())})


def filled(path: str, word: str) -> str:
    return re.sub(r"\{[^}]*\}", word, path)


def queries() -> Iterator[str]:
    """Odd values for whatever pages ask of an address; long ones not all at once."""
    yield from ("&".join(f"{name}={odd}" for name in NAMES) for odd in ODD)
    for at in range(0, len(NAMES), 10):
        yield "&".join(f"{name}={MANY_DIGITS}" for name in NAMES[at : at + 10])


async def faults(browser: Browser, asked: Sequence[tuple[str, str]]) -> list[str]:
    """What is answered by a fault of ours."""
    found = []
    for method, place in asked:
        answer = await browser.client.request(method, place)
        if answer.status_code >= 500:
            found.append(f"{method} {place[:60]}")
    return found


@pytest.mark.parametrize("person", [PAT, OSKAR], ids=["partner", "operations"])
async def test_no_address_ends_in_a_fault(site: Site, person: object) -> None:
    browser = await site.as_person(person)  # type: ignore[arg-type]  # a member of staff
    asked = [(method, filled(path, "c-1")) for path in paths("GET") for method in
             ("HEAD", "OPTIONS")]  # fmt: skip
    asked += [("GET", filled(path, odd)) for path in paths("GET") if "{" in path
              for odd in (*ODD, LONG)]  # fmt: skip
    asked += [("GET", f"{filled(path, 'c-1')}?{each}") for path in paths("GET")
              for each in queries()]  # fmt: skip
    assert await faults(browser, asked) == []


@pytest.mark.parametrize("typed", ["", "abc", MANY_DIGITS, "\0", "²", "31 February 2026"])
async def test_no_decision_ends_in_a_fault(site: Site, typed: str) -> None:
    browser = await site.as_person(PAT)
    page = await browser.get("/tasks/t-client")
    fields = form_fields(page.text, "/tasks/t-client/decide")
    for name in ("version", "decision", "next"):
        answer = await browser.client.post(
            "/tasks/t-client/decide", data=fields | {name: typed}, follow_redirects=False
        )
        assert answer.status_code < 500, name
