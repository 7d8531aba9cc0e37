"""Does the page of whoever a decision is about say that it may still be taken back?"""

import pytest

from shared.contracts.tasks import About
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLIENT, DUE, INQUIRY, LENA, created
from tests.desk.pages.test_taking_back import decide, held, leo, site

__all__ = ["leo", "site"]  # fixtures


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
