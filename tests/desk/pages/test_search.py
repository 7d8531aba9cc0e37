"""Does one field find everything a person may see, and say what they opened last?"""

import pytest

from shared.contracts.cards import MatterTold
from shared.contracts.finds import FindTold, FoundTold
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, LEO, NOON, OSKAR, created
from tests.desk.walls import peopled

PHONE = "030 1234567"


@pytest.fixture
async def site() -> Site:
    """The pages, with two clients, an inquiry and tasks about them."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


async def test_the_field_stands_on_every_page_with_a_name_for_whoever_hears_it(site: Site) -> None:
    page = (await (await site.as_person(LEO)).get("/inbox")).text
    assert 'action="/search"' in page
    assert 'for="find"' in page


async def test_clients_inquiries_and_tasks_are_found_by_what_was_typed(site: Site) -> None:
    browser = await site.as_person(LEO)
    by_name = (await browser.get("/search", params={"q": "mül"})).text
    assert "/clients/c-1" in by_name
    assert "/tasks/t-client" in by_name
    assert "/inquiries/i-1" in (await browser.get("/search", params={"q": "zoe"})).text
    assert "/tasks/t-other" in (await browser.get("/search", params={"q": "t-other"})).text


async def test_what_intake_finds_stands_beside_it_with_its_matters(site: Site) -> None:
    matter = MatterTold(matter_id="m-7", practice_area="tenancy", state="open")
    site.memory.finds.told[PHONE] = FindTold(
        items=[
            FoundTold(kind="client", by="phone", name="Anna Müller", client_id="c-1",
                      matters=[matter]),
            FoundTold(kind="party", by="phone", name="Zenon", client_id="c-1", matter_id="m-7",
                      role="adverse"),
        ]
    )  # fmt: skip
    page = (await (await site.as_person(LEO)).get("/search", params={"q": PHONE})).text
    assert "by the telephone number" in page
    assert "Renting and housing" in page
    assert "other side" in page
    assert site.memory.finds.asked == [f"leo {PHONE}"]
    assert PHONE not in page.partition("<title>")[2].partition("</title>")[0]


async def test_while_intake_is_away_names_and_tasks_are_found_all_the_same(site: Site) -> None:
    site.memory.finds.away = True
    page = (await (await site.as_person(LEO)).get("/search", params={"q": "mül"})).text
    assert "/clients/c-1" in page
    assert "cannot be looked for just now" in page


async def test_without_typing_stands_what_this_person_opened_last(site: Site) -> None:
    browser = await site.as_person(LEO)
    assert "What you opened last" not in (await browser.get("/search")).text
    await browser.get("/clients/c-1")
    site.memory.office.now = NOON.replace(hour=13)
    await browser.get("/clients/c-2")
    page = (await browser.get("/search")).text
    assert page.index("/clients/c-2") < page.index("/clients/c-1")
    assert "/clients/c-1" not in (await (await site.as_person(ASH)).get("/search")).text


async def test_who_does_not_work_with_clients_finds_only_their_own_tasks(site: Site) -> None:
    page = (await (await site.as_person(OSKAR)).get("/search", params={"q": "mül"})).text
    assert "Nothing was found" in page
    assert site.memory.finds.asked == []


@pytest.mark.parametrize("words", ["Keine Nachricht", "no message can"])
async def test_tasks_are_found_by_their_titles_as_their_reader_reads_them(
    site: Site, words: str
) -> None:
    title = "Call the client: no message can reach them"
    site.memory.office.hear(created("t-call", title=title), id="call")
    leo = await site.as_person(LEO)
    for place in ("/search", "/inbox"):
        page = await leo.get(
            place, params={"q": words, "view": "team"}, headers={"accept-language": "de"}
        )
        assert "/tasks/t-call" in page.text, place


async def test_nothing_found_says_how_one_looks(site: Site) -> None:
    page = (await (await site.as_person(LEO)).get("/search", params={"q": "<b>x"})).text
    assert "Nothing was found" in page
    assert "<b>x" not in page
