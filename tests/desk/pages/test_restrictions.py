"""Does staff see what stands in the way, and may lawyers and partners place and lift it?"""

from typing import Any

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.restrictions import RestrictionPlaced
from shared.contracts.restrictions_asked import RestrictionTold
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, LENA, LEO, NOON, PAT
from tests.desk.walls import no_wall, peopled, wall

PLACE = "/clients/c-1/restrictions"
WHY = "They acted for the other side."
ROW = RestrictionTold(
    restriction_id="w-1", kind="wall", scope="client", effect="bar", at="2026-03-01T09:00:00Z",
    client_id="c-1", staff_ids=["lena"], by="pat", why=WHY, may_lift=True,
    screened_on="2026-02-01", notice_on="2026-02-02", certified_on="2026-02-03",
)  # fmt: skip


@pytest.fixture
async def site() -> Site:
    found = await site_at(NOON)
    peopled(found.memory)
    return found


@pytest.mark.parametrize("place", ["/clients/c-1", "/tasks/t-client", PLACE])
async def test_a_wall_stands_on_top_of_the_client_and_of_each_task(site: Site, place: str) -> None:
    site.memory.office.hear(wall("client", "lena"))
    site.memory.restrictions.rows = [ROW]
    page = (await (await site.as_person(LEO)).get(place)).text
    assert "Ethical wall" in page
    assert "Do not speak about it with Lena" in page


async def test_what_stops_the_whole_firm_stands_everywhere_and_what_is_lifted_nowhere(
    site: Site,
) -> None:
    office = site.memory.office
    for id in ("f-1", "f-2"):
        frozen = RestrictionPlaced(restriction_id=id, kind="freeze", scope="firm", effect="wait",
                                   classes=("review-ask",), at=NOON)  # fmt: skip
        office.hear(frozen)
    office.hear(no_wall("f-2"), time=NOON.replace(hour=13))
    browser = await site.as_person(LEO)
    page = (await browser.get("/inquiries/i-1")).text
    assert page.count("Messages are stopped (the whole firm)") == 1
    assert "Only: review ask." in page


async def test_what_ended_by_itself_is_said_no_more(site: Site) -> None:
    said: dict[str, Any] = {"kind": "sensitivity", "effect": "person-first", "until": NOON}
    site.memory.office.hear(wall("client", **said))
    page = (await (await site.as_person(LEO)).get("/clients/c-1")).text
    assert "Talk to them first" not in page


async def test_a_lawyer_reads_why_and_what_the_rule_wants_known(site: Site) -> None:
    site.memory.restrictions.rows = [ROW]
    page = (await (await site.as_person(LEO)).get(PLACE)).text
    for each in (WHY, "2026-02-01", "2026-02-02", "2026-02-03", "Lift it"):
        assert each in page


async def test_an_assistant_sees_what_stands_and_no_form(site: Site) -> None:
    site.memory.restrictions.rows = [ROW.model_copy(update={"why": None, "may_lift": False})]
    page = (await (await site.as_person(ASH)).get(PLACE)).text
    assert "Ethical wall" in page
    assert "Place a restriction" not in page
    assert "Kept away by a wall" not in page


async def test_a_wall_is_placed_with_whom_it_keeps_away_and_why(site: Site) -> None:
    browser = await site.as_person(LEO)
    page = await browser.get(PLACE)
    answer = await browser.post(
        PLACE, page, {"kind": "wall", "scope": "matter", "matter_id": "m-1",
                      "staff_ids": ["lena", "ash"], "why": WHY},
    )  # fmt: skip
    assert answer.status_code == 303
    (asked,) = site.memory.restrictions.asked
    assert (asked.ask, asked.kind, asked.scope, asked.client_id, asked.matter_id) == (
        "place", "wall", "matter", "c-1", "m-1",
    )  # fmt: skip
    assert (asked.staff_ids, asked.why) == (["lena", "ash"], WHY)
    assert WHY not in answer.headers["location"]


async def test_it_is_lifted_with_its_reason(site: Site) -> None:
    site.memory.restrictions.rows = [ROW]
    browser = await site.as_person(PAT)
    page = await browser.get(PLACE)
    await browser.post(f"{PLACE}/lift", page, {"restriction_id": "w-1", "why": "They left."})
    (asked,) = site.memory.restrictions.asked
    assert (asked.ask, asked.restriction_id, asked.why) == ("lift", "w-1", "They left.")


async def test_what_intake_refuses_stands_at_its_field_with_what_was_typed(site: Site) -> None:
    refused = Refused("missing", "Say whom the wall keeps away.", "staff_ids")
    site.memory.restrictions.refused = refused
    browser = await site.as_person(LEO)
    page = await browser.get(PLACE)
    answer = await browser.post(PLACE, page, {"kind": "wall", "why": WHY})
    assert answer.status_code == 422
    assert 'href="#staff_ids"' in answer.text
    assert WHY in answer.text


async def test_where_intake_is_away_the_page_says_so(site: Site) -> None:
    site.memory.restrictions.away = True
    answer = await (await site.as_person(LEO)).get(PLACE)
    assert answer.status_code == 200
    assert "cannot be told just now" in answer.text


async def test_whom_a_wall_kept_away_is_told_to_whoever_may_build_one(site: Site) -> None:
    site.memory.office.hear(wall("client", "lena"))
    lena = await site.as_person(LENA)
    await lena.get("/clients/c-1")
    page = (await (await site.as_person(LEO)).get(PLACE)).text
    assert "Kept away by a wall" in page
    assert "Lena" in page
    told = (await site.memory.as_person(PAT).get("/clients/c-1/refusals")).json()["items"]
    assert [(each["staff_id"], each["way"]) for each in told] == [
        ("lena", "GET /clients/{client_id}")
    ]
    assert (await site.memory.as_person(ASH).get("/clients/c-1/refusals")).status_code == 403


async def test_a_program_hears_what_stands(site: Site) -> None:
    site.memory.restrictions.rows = [ROW]
    told = (await site.memory.as_person(LEO).get("/clients/c-1/restrictions")).json()
    assert told["rows"][0]["staff_ids"] == ["lena"]


async def test_a_partner_stops_messages_of_the_whole_firm_and_anybody_sees_who(site: Site) -> None:
    browser = await site.as_person(PAT)
    form = {"kind": "freeze", "classes": "marketing", "why": "A mistake in the newsletter."}
    assert (await browser.do("/restrictions", form)).status_code == 303
    (asked,) = site.memory.restrictions.asked
    assert (asked.ask, asked.kind, asked.scope, asked.classes) == (
        "place", "freeze", "firm", ["marketing"],
    )  # fmt: skip
    site.memory.restrictions.rows.append(
        RestrictionTold(restriction_id="r-9", kind="freeze", scope="firm", effect="wait",
                        at="2026-03-02T12:00:00Z", by="pat", may_lift=True)
    )  # fmt: skip
    page = (await browser.get("/restrictions")).text
    assert "Messages are stopped" in page
    assert "Pat" in page
    assert (await browser.do("/restrictions/lift", {"restriction_id": "r-9", "why": "Mended."})
            ).status_code == 303  # fmt: skip
    assert site.memory.restrictions.asked[-1].ask == "lift"


async def test_a_lawyer_sees_what_the_whole_firm_must_not_do_and_places_none(site: Site) -> None:
    page = (await (await site.as_person(LEO)).get("/restrictions")).text
    assert "Restrictions of the whole firm" in page
    assert "Place a restriction" not in page
