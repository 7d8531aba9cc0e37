"""Does the page of whoever a decision is about say that it may still be taken back?"""

import pytest

from shared.contracts.reviews import ReviewRow, ReviewsListed
from shared.contracts.tasks import About
from shared.tasks import TASKS
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLIENT, DUE, INQUIRY, LENA, OSKAR, PAT, created
from tests.desk.pages.test_studio import PARTS, RULE, change, kept, propose
from tests.desk.pages.test_taking_back import decide, held, leo, site

__all__ = ["leo", "site"]  # fixtures
REVIEW = ReviewRow(
    review_id="rv-1", site="google", location="berlin", stars=2, posted_at="2026-03-01T12:00:00Z",
    state="waiting", task_id="t-1",
)  # fmt: skip


@pytest.mark.parametrize("place", ["/clients/c-1", "/clients/c-1/restrictions"])
async def test_whoever_it_is_about_has_a_page_that_says_what_was_just_decided(
    site: Site, leo: Browser, place: str
) -> None:
    site.memory.office.hear(CLIENT, id="client", source="urn:firm:pm")
    before = (await leo.get(place)).text
    await decide(leo)
    own, others = (await leo.get(place)).text, (await (await site.as_person(LENA)).get(place)).text
    assert "just decided" not in before
    assert "You have just decided: Reached." in own
    assert f'action="/decisions/{held(site).decision_id}/take-back"' in own
    assert "Leo has just decided: Reached." in others
    assert "/take-back" not in others
    for page in (own, others):
        assert "It may be taken back until 12:00:10." in page


async def test_taken_back_from_there_the_page_says_nothing_of_it(site: Site, leo: Browser) -> None:
    site.memory.office.hear(CLIENT, id="client", source="urn:firm:pm")
    await decide(leo)
    page = await leo.get("/clients/c-1")
    await leo.post(f"/decisions/{held(site).decision_id}/take-back", page)
    assert held(site).state == "taken-back"
    assert "just decided" not in (await leo.get("/clients/c-1")).text


async def test_an_inquirys_page_says_what_was_just_decided_about_it(
    site: Site, leo: Browser
) -> None:
    site.memory.office.hear(INQUIRY, id="inquiry", source="urn:firm:web")
    asked = created("t-3", about=About(inquiry_id="i-1"))
    site.memory.office.hear(asked, id="third")
    await decide(leo, "t-3")
    assert "You have just decided: Reached." in (await leo.get("/inquiries/i-1")).text


async def test_who_may_not_deal_with_the_task_is_told_nothing_of_its_decision(
    site: Site, leo: Browser
) -> None:
    site.memory.office.hear(CLIENT, id="client", source="urn:firm:pm")
    barred = created("t-3", due_at=DUE, barred=["lena"])
    site.memory.office.hear(barred, id="third")
    await decide(leo, "t-3")
    lena = await site.as_person(LENA)
    assert "just decided" not in (await lena.get("/clients/c-1")).text


async def test_the_list_of_inquiries_says_at_the_line_what_was_just_decided(
    site: Site, leo: Browser
) -> None:
    site.memory.office.hear(INQUIRY, id="inquiry", source="urn:firm:web")
    site.memory.office.hear(created("t-3", about=About(inquiry_id="i-1")), id="third")
    await decide(leo, "t-3")
    page = await leo.get("/inquiries")
    assert "You have just decided: Reached." in page.text
    assert "It may be taken back until 12:00:10." in page.text
    await leo.post(f"/decisions/{held(site).decision_id}/take-back", page)
    assert held(site).state == "taken-back"
    assert "just decided" not in (await leo.get("/inquiries")).text


async def test_the_list_of_reviews_says_at_each_what_was_just_decided_about_its_reply(
    site: Site, leo: Browser
) -> None:
    listed = [REVIEW, REVIEW.model_copy(update={"review_id": "rv-2", "task_id": "t-2"})]
    site.memory.reviews.told = ReviewsListed(rows=listed, fitting=2, places=[], asked=[])
    await decide(leo)
    page = await leo.get("/reviews?stars=2")
    assert page.text.count("You have just decided: Reached.") == 1
    answer = await leo.post(f"/decisions/{held(site).decision_id}/take-back", page)
    assert answer.headers["location"].startswith("/tasks/t-1?back=%2Freviews%3Fstars%3D2&did=")
    assert held(site).state == "taken-back"


@pytest.mark.parametrize("place", ["/studio/editions", "/studio/editions/1"])
async def test_an_edition_says_that_its_rejection_may_still_be_taken_back(
    site: Site, place: str
) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(pat, RULE, **PARTS)
    await propose(pat)
    (asked,) = kept(site).reminders.all(TASKS)
    task = created(asked.task_id, kind=asked.kind, about=About(), barred=["pat"])
    site.memory.office.hear(task, id="proposal")
    await decide(oskar, asked.task_id, decision="reject", reason="Not yet.")
    page = await oskar.get(place)
    assert "You have just decided: Reject it." in page.text
    assert "just decided" not in (await pat.get(place)).text
    await oskar.post(f"/decisions/{held(site).decision_id}/take-back", page)
    assert held(site).state == "taken-back"
    assert "just decided" not in (await oskar.get(place)).text
