"""Does whoever works with reviews see every one, what became of it, and the stars of each place?"""

from re import sub
from typing import Any

import pytest

from shared.contracts.reviews import AskedRow, PlaceRow, ReviewRow, ReviewsListed
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, PAT

PLACES = ["/reviews", "/reviews.csv"]
GOOGLES = "accounts/1/locations/2"


def row(number: int = 1, **more: Any) -> ReviewRow:
    values: dict[str, Any] = {
        "review_id": f"rv-{number}", "site": "google", "location": "berlin", "stars": 2,
        "posted_at": "2026-03-01T12:00:00.000Z", "text": "They ruined it.", "state": "waiting",
        "task_id": "t-9", "url": "https://reviews.example/rv-1",
    }  # fmt: skip
    return ReviewRow(**{**values, **more})


ANSWERED = row(
    2, stars=5, text="=Great", state="answered", reply="Thank you for writing.", task_id="",
    approved_by="leo", answered_at="2026-03-02T09:00:00.000Z",
)  # fmt: skip
TOLD = ReviewsListed(
    rows=[row(), ANSWERED],
    fitting=2,
    places=[PlaceRow(site="google", location="berlin", n=2, stars=[0, 1, 0, 0, 1], waiting=1,
                     answered=1)],
    asked=[AskedRow(site="google", n=40, last_30_days=3, last_365_days=31)],
)  # fmt: skip


@pytest.fixture
def reviews(site: Site) -> Site:
    site.memory.reviews.told = TOLD
    return site


async def test_stars_and_replies_stand_by_site_and_location_with_how_many_were_asked(
    reviews: Site,
) -> None:
    page = (await (await reviews.as_person(ASH)).get("/reviews")).text
    assert "3.5" in page
    assert "3 in the last 30 days, 31 in the last 365, 40 in all." in page
    assert "/reviews?site=google&amp;location=berlin" in page


async def test_each_review_says_who_answered_it_and_when_or_where_it_waits(reviews: Site) -> None:
    page = (await (await reviews.as_person(LEO)).get("/reviews")).text
    assert "Thank you for writing." in page
    assert "approved by Leo" in page
    assert '<a href="/tasks/t-9?back=/reviews">' in page


async def test_what_is_chosen_is_asked_for_and_what_nobody_offers_chooses_nothing(
    reviews: Site,
) -> None:
    browser = await reviews.as_person(PAT)
    await browser.get("/reviews?site=google&location=&stars=1&reply=answered&start=25")
    asked = reviews.memory.reviews.asked[-1]
    assert (asked.site, asked.location, asked.stars, asked.reply, asked.start) == (
        "google", "", (1,), "answered", 25,
    )  # fmt: skip
    await browser.get("/reviews?stars=9&reply=x&start=-1&location=*")
    asked = reviews.memory.reviews.asked[-1]
    assert (asked.location, asked.stars, asked.reply, asked.start) == (None, (), "any", 0)


async def test_a_long_list_is_read_page_after_page_and_keeps_what_was_chosen(
    reviews: Site,
) -> None:
    many = [row(number) for number in range(30)]
    reviews.memory.reviews.told = TOLD.model_copy(update={"rows": many, "fitting": 30})
    browser = await reviews.as_person(PAT)
    page = (await browser.get("/reviews?stars=2")).text
    assert "/reviews?stars=2&amp;start=25" in page
    later = (await browser.get("/reviews?stars=2&start=25")).text
    assert 'href="/reviews?stars=2">Newer ones' in later
    assert "Older ones" not in later


async def test_a_spreadsheet_holds_every_one_and_no_formula(reviews: Site) -> None:
    many = [ANSWERED, *(row(number) for number in range(600))]
    reviews.memory.reviews.told = TOLD.model_copy(update={"rows": many, "fitting": 601})
    sheet = await (await reviews.as_person(ASH)).get("/reviews.csv")
    lines = sheet.text.splitlines()
    assert len(lines) == 602
    assert '"\'=Great"' in lines[1]
    assert '"leo"' in lines[1].lower()


async def test_without_any_the_page_says_where_they_come_from(site: Site) -> None:
    page = (await (await site.as_person(ASH)).get("/reviews")).text
    assert "No review has been heard of yet." in page
    narrowed = (await (await site.as_person(ASH)).get("/reviews?stars=1")).text
    assert "No review fits what you chose." in narrowed


@pytest.mark.parametrize("place", PLACES)
async def test_who_has_nothing_to_do_with_replies_sees_none(reviews: Site, place: str) -> None:
    for person in (OSKAR, CLARA):
        assert (await (await reviews.as_person(person)).get(place)).status_code == 403
    assert reviews.memory.reviews.asked == []


async def test_while_reputation_is_away_the_page_says_so(reviews: Site) -> None:
    reviews.memory.reviews.away = True
    assert (await (await reviews.as_person(ASH)).get("/reviews")).status_code == 503


async def test_the_reports_lead_there(reviews: Site) -> None:
    page = (await (await reviews.as_person(PAT)).get("/reports")).text
    assert '<a href="/reviews">Every public review and its reply</a>' in page


@pytest.mark.parametrize("place", PLACES)
async def test_a_location_is_called_as_the_firm_calls_it(place: str) -> None:
    site = await site_at(NOON, locations={GOOGLES: "Berlin, Mitte"})
    site.memory.reviews.told = ReviewsListed(
        rows=[row(location=GOOGLES)],
        fitting=1,
        places=[PlaceRow(site="google", location=GOOGLES, n=1, stars=[0, 1, 0, 0, 0], waiting=1,
                         answered=0)],
        asked=[],
    )  # fmt: skip
    said = (await (await site.as_person(PAT)).get(place)).text
    shown = sub(r'(value|href)="[^"]*"', "", said)  # an address still names it by its id
    assert "Berlin, Mitte" in shown
    assert GOOGLES not in shown
