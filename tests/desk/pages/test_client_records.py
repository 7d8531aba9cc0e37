"""Can a client's wish about their records be taken down, and two clients be said to be one?"""

from typing import Any

import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.records import AccessRequested, ClientMerged, ErasureRequested
from tests.desk.browsing import Site, site_at
from tests.desk.facts import ASH, CLARA, LEO, NOON, PAT, created
from tests.desk.walls import peopled, wall

ACCESS = {"what": "access", "day": "2026-03-01"}
MERGE = {"merged_id": "c-2", "sure": "yes"}


@pytest.fixture
async def site() -> Site:
    """The pages, with two clients."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


def merged(site: Site) -> list[Any]:
    return site.memory.office.announced_of(ClientMerged)


@pytest.mark.parametrize(
    ("what", "kind"), [("access", AccessRequested), ("erasure", ErasureRequested)]
)
async def test_a_lawyer_takes_down_what_a_client_asks(site: Site, what: str, kind: Any) -> None:
    browser = await site.as_person(LEO)
    assert "/clients/c-1/records" in (await browser.get("/clients/c-1")).text
    form = {**ACCESS, "what": what, "once": "1"}
    for _ in range(2):
        assert (await browser.do("/clients/c-1/records", form)).status_code == 303
    said = {(e.request_id, e.client_id, e.by, f"{e.at:%Y-%m-%d}") for e in
            site.memory.office.announced_of(kind)}  # fmt: skip
    ((_, client_id, by, day),) = said
    assert (client_id, by, day) == ("c-1", "leo", "2026-03-01")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"what": ""}, "what"), ({"day": ""}, "day"), ({"day": "2026-03-20"}, "day")],
)
async def test_what_is_missing_stands_at_its_field(
    site: Site, changes: dict[str, str], field: str
) -> None:
    answer = await (await site.as_person(LEO)).do("/clients/c-1/records", ACCESS | changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


async def test_where_the_firm_says_who_answers_requests_they_take_them_down() -> None:
    site = await site_at(NOON, firm_roles={"records-request": ("conflicts-officer",)})
    peopled(site.memory)
    browser = await site.as_person(CLARA)
    assert "/clients/c-1/records" in (await browser.get("/clients/c-1")).text
    assert (await browser.do("/clients/c-1/records", ACCESS)).status_code == 303
    assert (await (await site.as_person(LEO)).get("/clients/c-1/records")).status_code == 403


@pytest.mark.parametrize("person", [ASH, CLARA], ids=lambda each: each.staff_id)
async def test_others_take_nothing_down(site: Site, person: StaffMember) -> None:
    browser = await site.as_person(person)
    assert (await browser.get("/clients/c-1/records")).status_code == 403
    assert (await browser.do("/clients/c-1/records", ACCESS)).status_code == 403
    assert (await browser.do("/clients/c-1/records/merge", MERGE)).status_code == 403
    assert "/clients/c-1/records" not in (await browser.get("/clients/c-1")).text


def asked(site: Site) -> list[tuple[str | None, str | None, str]]:
    """Which two intake was told are one, and by whom."""
    checks = site.memory.checks
    told = zip(checks.asked, checks.by, strict=True)
    return [(each.client_id, each.other_id, by) for each, by in told if each.ask == "merge"]


@pytest.mark.parametrize("person", [LEO, PAT], ids=lambda each: each.staff_id)
async def test_whoever_says_that_two_are_one_has_a_second_person_asked(
    site: Site, person: StaffMember
) -> None:
    browser = await site.as_person(person)
    page = (await browser.get("/clients/c-1/records?merge=c-2")).text
    assert 'value="c-2"' in page
    answer = await browser.do("/clients/c-1/records/merge", MERGE)
    assert asked(site) == [("c-1", "c-2", person.staff_id)]
    assert "a second person is asked" in (await browser.get(answer.headers["location"])).text
    assert merged(site) == []  # the desk merges nobody


async def test_who_practises_alone_is_told_when_to_look_again(site: Site) -> None:
    site.memory.checks.alone = "2026-03-03T13:00:00+01:00"
    browser = await site.as_person(PAT)
    answer = await browser.do("/clients/c-1/records/merge", MERGE)
    page = (await browser.get(answer.headers["location"])).text
    assert "look at both again from Tue 3 Mar 2026, 12:00 on" in page


@pytest.mark.parametrize(
    ("changes", "refused", "field"),
    [
        ({"sure": ""}, None, "sure"),
        ({}, Refused("same", "Give the other client's id.", "other_id"), "merged_id"),
    ],
)
async def test_nobody_is_merged_by_mistake(
    site: Site, changes: dict[str, str], refused: Refused | None, field: str
) -> None:
    site.memory.checks.refused = refused
    answer = await (await site.as_person(PAT)).do("/clients/c-1/records/merge", MERGE | changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "c-2" in answer.text


async def test_while_intake_is_away_nothing_is_said_and_nothing_lost(site: Site) -> None:
    browser = await site.as_person(PAT)
    site.memory.checks.away = True
    answer = await browser.do("/clients/c-1/records/merge", MERGE)
    assert (answer.status_code, 'value="c-2"' in answer.text) == (503, True)


async def test_who_a_wall_keeps_from_the_other_one_says_nothing_of_them(site: Site) -> None:
    site.memory.office.hear(wall("client", "pat"))
    answer = await (await site.as_person(PAT)).do("/clients/c-2/records/merge",
                                                  MERGE | {"merged_id": "c-1"})  # fmt: skip
    assert answer.status_code == 403
    assert asked(site) == []


async def test_a_conflict_task_with_a_possible_duplicate_leads_to_saying_so(site: Site) -> None:
    check = created("t-check", kind="conflict-check", service="intake", role="conflicts-officer",
                    roles=("conflicts-officer", "partner"))  # fmt: skip
    site.memory.office.hear(check, id="e-check")
    hit = {"ref": "client:c-2", "client_id": "c-2", "new_name": "Anna", "known_name": "Anna",
           "new_role": "client", "known_role": "client", "known_role_now": "client",
           "adversity": "unknown", "score": 99, "matter_id": None, "disposition": "open",
           "reasons": ["possibly one client under two numbers"]}  # fmt: skip
    site.memory.owners.by_task["t-check"] = {"name": "Anna", "hits": [hit], "claimed": []}
    page = (await (await site.as_person(PAT)).get("/tasks/t-check")).text
    assert "/clients/c-1/records?merge=c-2#merge" in page
    page = (await (await site.as_person(CLARA)).get("/tasks/t-check")).text
    assert "a lawyer or partner says so" in page
