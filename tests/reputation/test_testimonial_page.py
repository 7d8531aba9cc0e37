"""Can a client read what would be published, say yes or no, and take a yes back at any time?"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from services.reputation.pages.links import words_path
from services.reputation.pages.routes import pages
from services.reputation.settings import ReputationSettings
from shared.contracts.testimonials import (
    TestimonialConsented,
    TestimonialDeclined,
    TestimonialWithdrawn,
)
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.forms import hidden
from tests.reputation.office import (
    WORDS,
    Published,
    config_of,
    propose,
    proposed_office,
    publish,
    sought,
    the_words,
)

URL = "http://pages.test"
YES = {"answer": "yes", "attribution": "initials", "name": "Zoe Bauer"}
EXAMPLE = Path(__file__).parents[2] / "examples" / "firm"


class Site:
    """The pages, a browser and the office behind them."""

    def __init__(self, office: MemoryService, folder: Path, **more: Any) -> None:
        (folder / "link.key").write_text("ab" * 32)
        self.office, self.book = office, Published(office)
        self.settings = ReputationSettings(
            link_key_file=folder / "link.key", public_urls={"reputation": URL}, **more
        )
        web = FastAPI()
        pages(self.settings, config_of(), lambda _: self.book)(web, MemoryRuntime(office))  # type: ignore[arg-type]
        self.browser = AsyncClient(transport=ASGITransport(app=web), base_url=URL)
        self.link = words_path(self.settings, the_words(office).testimonial_id)

    async def send(self, **typed: str) -> Response:
        page = await self.browser.get(self.link)
        data = hidden(page.text) | typed
        return await self.browser.post(self.link, data=data, follow_redirects=True)

    async def told(self) -> Any:
        return (await self.browser.get("/testimonials.json")).json()["testimonials"]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    made = Site(proposed_office(), tmp_path)
    async with made.browser:
        yield made


async def test_opening_it_changes_nothing_and_shows_the_exact_words(site: Site) -> None:
    before = str(site.office._kept)
    page = await site.browser.get(site.link)
    assert (page.status_code, str(site.office._kept)) == (200, before)
    assert WORDS in page.text
    assert "nothing is given for it" in page.text


async def test_yes_is_kept_published_by_a_person_and_taken_back_on_the_same_page(
    site: Site,
) -> None:
    assert "They are not published yet." in (await site.send(**YES)).text
    assert await site.told() == []
    publish(site.office)
    (told,) = await site.told()
    assert (told["text"], told["name"], told["language"]) == (WORDS, "Z. B.", "en")
    page = await site.browser.get(site.link)
    assert "These words are published" in page.text
    assert "With them stands: Z. B." in page.text
    gone = await site.send()
    assert "These words are not published" in gone.text
    assert await site.told() == []
    assert len(site.office.announced_of(TestimonialWithdrawn)) == 1


async def test_no_is_thanked_for(site: Site) -> None:
    assert "We do not publish these words." in (await site.send(answer="no")).text
    assert len(site.office.announced_of(TestimonialDeclined)) == 1


async def test_unnamed_no_name_is_kept_whatever_was_typed(site: Site) -> None:
    await site.send(answer="yes", attribution="none", name="Zoe Bauer")
    assert (the_words(site.office).name, len(site.office.announced_of(TestimonialConsented))) == (
        "",
        1,
    )


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Choose “Yes” or “No”."),
        ({"answer": "yes"}, "Choose how we shall name you."),
        ({"answer": "yes", "attribution": "name"}, "Give the name as it shall stand there"),
        (YES | {"name": "x" * 81}, "Please use at most 80 characters."),
    ],
)
async def test_what_is_refused_is_shown_again(
    site: Site, typed: dict[str, str], wrong: str
) -> None:
    page = await site.send(**typed)
    assert (page.status_code, wrong in page.text) == (422, True)
    assert site.office.announced_of(TestimonialConsented) == []


async def test_words_changed_meanwhile_are_read_before_they_are_agreed_to(site: Site) -> None:
    opened = await site.browser.get(site.link)
    site.office.hear(sought())
    propose(site.office, "They always called back.")
    stale = await site.browser.post(site.link, data=hidden(opened.text) | YES)
    assert stale.status_code == 409
    assert "They always called back." in stale.text


async def test_german_and_the_firms_french_are_spoken(tmp_path: Path) -> None:
    site = Site(proposed_office(), tmp_path, firm_dir=EXAMPLE)
    async with site.browser:
        german = await site.browser.get(site.link, headers={"Accept-Language": "de"})
        french = await site.browser.get(site.link, headers={"Accept-Language": "fr"})
    assert "Dürfen wir genau diese Worte veröffentlichen?" in german.text
    assert "Pouvons-nous publier exactement ces mots\N{NO-BREAK SPACE}?" in french.text


async def test_the_list_says_it_is_a_selection_is_kept_nowhere_and_waits_for_the_database(
    site: Site,
) -> None:
    answer = await site.browser.get("/testimonials.json")
    assert (answer.json()["selection"], answer.headers["cache-control"]) == (True, "no-store")
    assert answer.headers["access-control-allow-origin"] == "*"
    site.book.away = True
    assert (await site.browser.get("/testimonials.json")).status_code == 503


async def test_of_a_strangers_link_nothing_is_shown(site: Site) -> None:
    assert (await site.browser.get(site.link[:-1] + "_")).status_code == 404
