"""Is it known who looked at a client, once for each look, and only to whom it is for?"""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from services.desk.domain.accesses import LOOKS_KEPT, ONE_LOOK, Access
from services.desk.domain.staff import StaffMember
from services.desk.ports.accesses import ACCESSES
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, CLARA, LENA, LEO, NOON, PAT
from tests.desk.walls import peopled, wall


@pytest.fixture
async def site() -> Site:
    """The pages, with a client and tasks about them."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


def looks(site: Site, subject: str = "client:c-1") -> Sequence[Access]:
    rows = site.memory.office.all(ACCESSES)
    return [row for row in rows if row.outcome == "opened" and row.subject == subject]


async def test_each_way_to_a_client_leaves_one_row(site: Site) -> None:
    browser = await site.as_person(LEO)
    for place in ("/clients/c-1", "/clients/c-1?form=brief", "/tasks/t-client",
                  "/clients/c-1/restrictions"):  # fmt: skip
        assert (await browser.get(place)).status_code == 200
    await site.memory.as_person(LEO).get("/clients/c-1/timeline")
    assert {row.way for row in looks(site)} == {
        "GET /clients/{client_id}",
        "GET /clients/{client_id} brief",
        "GET /tasks/{task_id}",
        "GET /clients/{client_id}/restrictions",
        "GET /api/v1/clients/{client_id}/timeline",
    }
    assert all(row.staff_id == "leo" for row in looks(site))


async def test_a_reload_within_a_quarter_of_an_hour_is_the_same_look(site: Site) -> None:
    browser = await site.as_person(LEO)
    for after, rows in ((timedelta(), 1), (ONE_LOOK - timedelta(seconds=1), 1), (ONE_LOOK, 2)):
        site.memory.office.now = NOON + timedelta(minutes=7) + after
        await browser.get("/clients/c-1")
        assert len(looks(site)) == rows, after


async def test_a_look_goes_by_itself_after_a_year_and_a_refusal_later(site: Site) -> None:
    await (await site.as_person(LEO)).get("/clients/c-1")
    (row,) = looks(site)
    assert row.until == row.at + LOOKS_KEPT
    site.memory.office.hear(wall("client", "ash"))
    await (await site.as_person(ASH)).get("/clients/c-1")
    (refused,) = (r for r in site.memory.office.all(ACCESSES) if r.outcome == "refused")
    assert refused.until > row.until


async def test_what_is_not_there_or_refused_is_no_look(site: Site) -> None:
    browser = await site.as_person(LEO)
    await browser.get("/clients/c-none")
    await browser.get("/clients/c-1/looked")
    assert looks(site) == []
    assert looks(site, "client:c-none") == []


async def test_an_inquiry_and_a_matter_are_looked_at_too(site: Site) -> None:
    browser = await site.as_person(LEO)
    await browser.get("/inquiries/i-1")
    await browser.get("/tasks/t-matter")
    assert len(looks(site, "inquiry:i-1")) == 1
    assert len(looks(site, "matter:m-1")) == 1


@pytest.mark.parametrize("person", [PAT, CLARA], ids=lambda each: each.staff_id)
async def test_partners_and_the_officer_see_who_looked_and_who_was_refused(
    site: Site, person: StaffMember
) -> None:
    site.memory.office.hear(wall("client", "ash"))
    await (await site.as_person(ASH)).get("/clients/c-1")
    await (await site.as_person(LEO)).get("/clients/c-1")
    page = (await (await site.as_person(person)).get("/clients/c-1/looked")).text
    assert "Refused by a wall" in page
    assert "Client&#39;s page" in page
    assert "/looked" in (await (await site.as_person(person)).get("/clients/c-1")).text
    told = (await site.memory.as_person(person).get("/clients/c-1/looks")).json()
    assert {each["outcome"] for each in told["items"]} == {"opened", "refused"}


@pytest.mark.parametrize("person", [ASH, LENA], ids=lambda each: each.staff_id)
async def test_nobody_else_does(site: Site, person: StaffMember) -> None:
    browser = await site.as_person(person)
    assert (await browser.get("/clients/c-1/looked")).status_code == 403
    assert "/looked" not in (await browser.get("/clients/c-1")).text
    assert (await site.memory.as_person(person).get("/clients/c-1/looks")).status_code == 403
