"""Does a wall hold on every page, in every form, list and file? Made from the routes themselves."""

import re
from itertools import permutations

import pytest
from fastapi.routing import APIRoute

from services.desk.domain.staff import StaffMember
from services.desk.pages.application import PARTS
from services.desk.pages.task_actions import ACTIONS
from services.desk.ports.accesses import ACCESSES
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.finds import FindTold
from shared.contracts.firm import MatterOpened
from shared.contracts.records import ClientMerged
from shared.contracts.tasks import About
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import ASH, CLARA, LENA, LEO, NOON, OSKAR, PAT, created
from tests.desk.walls import ABOUT, BEHIND, SUBJECT, no_wall, peopled, wall

PEOPLE = (ASH, CLARA, LENA, LEO, PAT)
SCOPES = tuple(BEHIND)
FIELDS = {"direction": "in", "channel": "phone", "day": "2026-03-02", "time": "09:00",
          "todo": "x", "due_day": "2026-03-20", "do": "hold", "of": "client:", "why": "x",
          "staff_id": "lena", "until": "tomorrow", "text": "x", "decision": "reached",
          "version": "1", "words": "x"}  # fmt: skip


@pytest.fixture
async def site() -> Site:
    """The pages, with a client and an inquiry and tasks about both."""
    found = await site_at(NOON)
    peopled(found.memory)
    return found


def routes() -> list[APIRoute]:
    return [each for part in PARTS for each in part.router.routes if isinstance(each, APIRoute)]


def places(name: str, id: str) -> list[tuple[str, str]]:
    """Every way to what is named so: method and address."""
    return [
        (method, route.path.replace("{" + name + "}", id).replace("{name}", action))
        for route in routes()
        if "{" + name + "}" in route.path
        for method in sorted(set(route.methods or ()) & {"GET", "POST"})
        for action in (sorted(ACTIONS) if "{name}" in route.path else [""])
    ]


async def asked(browser: Browser, way: tuple[str, str]) -> int:
    method, place = way
    look = browser.get(place) if method == "GET" else browser.do(place, FIELDS)
    answer = await look
    assert "Anna" not in answer.text
    assert "Zoe" not in answer.text
    return answer.status_code


def kept(site: Site) -> str:
    apart = ("sessions", ACCESSES.collection)
    return str({n: rows for n, rows in site.memory.office._kept.items() if n not in apart})


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.staff_id)
async def test_who_a_wall_keeps_from_a_client_is_refused_every_way_to_them(
    site: Site, person: StaffMember
) -> None:
    site.memory.office.hear(wall("client", person.staff_id))
    before, ways = kept(site), places("client_id", "c-1")
    browser = await site.as_person(person)
    assert len(ways) >= 4
    for way in ways:
        assert await asked(browser, way) == 403, way
    assert kept(site) == before
    rows = site.memory.office.all(ACCESSES)
    assert {row.outcome for row in rows} == {"refused"}
    assert {(row.staff_id, row.subject) for row in rows} == {(person.staff_id, "client:c-1")}
    assert len(rows) == len(ways)
    assert all("c-1" not in row.way for row in rows)


@pytest.mark.parametrize("person", [ASH, CLARA, LEO, PAT], ids=lambda each: each.staff_id)
async def test_who_a_wall_keeps_from_an_inquiry_is_refused_its_page(
    site: Site, person: StaffMember
) -> None:
    site.memory.office.hear(wall("inquiry", person.staff_id))
    browser = await site.as_person(person)
    for way in places("inquiry_id", "i-1"):
        assert await asked(browser, way) == 403, way
    assert {row.subject for row in site.memory.office.all(ACCESSES)} == {"inquiry:i-1"}


@pytest.mark.parametrize("scope", SCOPES)
async def test_no_task_behind_a_wall_is_shown_or_changed(site: Site, scope: str) -> None:
    site.memory.office.hear(wall(scope, "leo"))
    before, browser = kept(site), await site.as_person(LEO)
    for task_id in BEHIND[scope]:
        for way in places("task_id", task_id):
            assert await asked(browser, way) == 403, way
    assert kept(site) == before
    assert site.memory.owners.decided == []
    assert site.memory.owners.asked == []
    assert {row.subject for row in site.memory.office.all(ACCESSES)} == {SUBJECT[scope]}


@pytest.mark.parametrize("scope", SCOPES)
async def test_many_at_once_leave_alone_what_is_behind_a_wall(site: Site, scope: str) -> None:
    site.memory.office.hear(wall(scope, "leo"))
    browser = await site.as_person(LEO)
    await browser.do("/tasks/bulk/claim", {"task": [*ABOUT]})
    mine = {each.task_id for each in site.memory.office.all(LISTED) if each.owner_id == "leo"}
    assert mine == {*ABOUT} - BEHIND[scope]
    assert site.memory.office.all(ACCESSES)


LISTS = ("/inbox?view=team", "/inbox.csv?view=team", "/inbox?view=team&q=mül", "/inbox?client=c-1",
         "/inbox?view=team&q=bau", "/inbox?view=unassigned", "/inquiries", "/promised",
         "/deadlines",
         "/clients?q=mül", "/clients?q=c-1", "/search", "/search?q=mül", "/search?q=c-1",
         "/search?q=zo", "/search?q=i-1", "/search?q=call")  # fmt: skip
TELLING = re.compile(r"Anna|Zoe|t-client|t-matter|t-inquiry|/clients/c-1|/inquiries/i-1")


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.staff_id)
async def test_no_list_file_or_search_tells_of_what_is_behind_a_wall(
    site: Site, person: StaffMember
) -> None:
    for number, scope in enumerate(("client", "inquiry")):
        site.memory.office.hear(wall(scope, person.staff_id, id=f"w-{number}"))
    browser = await site.as_person(person)
    for place in LISTS:
        answer = await browser.get(place)
        assert answer.status_code == 200, place
        assert not TELLING.findall(answer.text), place
    looked_for = [row for row in site.memory.office.all(ACCESSES) if row.outcome == "left-out"]
    assert {row.subject for row in looked_for} == {"client:c-1", "inquiry:i-1"}


@pytest.mark.parametrize("person", [*PEOPLE, OSKAR], ids=lambda each: each.staff_id)
async def test_no_page_at_all_whose_address_names_nobody_tells_of_what_is_behind_a_wall(
    site: Site, person: StaffMember
) -> None:
    for number, scope in enumerate(("client", "inquiry")):
        site.memory.office.hear(wall(scope, person.staff_id, id=f"w-{number}"))
    browser = await site.as_person(person)
    named = [
        each.path for each in routes() if "GET" in (each.methods or ()) and "{" not in each.path
    ]
    assert {"/reports/learning", "/studio/values", "/studio/files", "/handovers"} <= set(named)
    for place in named:
        answer = await browser.get(place)
        assert answer.status_code < 500, place
        assert not TELLING.findall(answer.text), place


async def test_what_intake_leaves_out_for_a_wall_leaves_a_row_too(site: Site) -> None:
    site.memory.office.hear(wall("client", "leo"))
    site.memory.finds.told["030 1234567"] = FindTold(items=[], left_out=["client:c-1"])
    await (await site.as_person(LEO)).get("/search?q=030+1234567")
    (row,) = site.memory.office.all(ACCESSES)
    assert (row.staff_id, row.subject, row.outcome) == ("leo", "client:c-1", "left-out")


async def test_what_was_opened_before_a_wall_stands_no_more_among_the_recent(site: Site) -> None:
    browser = await site.as_person(LEO)
    await browser.get("/clients/c-1")
    assert "Anna" in (await browser.get("/search")).text
    site.memory.office.hear(wall("client", "leo"))
    assert "Anna" not in (await browser.get("/search")).text


async def test_a_colleague_who_is_not_behind_the_wall_sees_all_of_it(site: Site) -> None:
    site.memory.office.hear(wall("client", "leo"))
    browser = await site.as_person(LENA)
    assert "Anna" in (await browser.get("/clients/c-1")).text
    assert "t-client" in (await browser.get("/inbox?view=team")).text
    assert {row.outcome for row in site.memory.office.all(ACCESSES)} == {"opened"}


async def test_a_wall_holds_for_what_comes_later_unless_it_was_lifted_before() -> None:
    site = await site_at(NOON)
    site.memory.office.hear(no_wall("w-9"), time=NOON.replace(hour=13))
    site.memory.office.hear(wall("inquiry", "leo", id="w-9"))
    site.memory.office.hear(wall("client", "leo", "new"))
    peopled(site.memory)
    leo = site.memory.office.get(STAFF, "leo")
    assert leo is not None
    assert leo.screened == {"client:c-1"}
    assert await asked(await site.as_person(LEO), ("GET", "/clients/c-1")) == 403


async def test_what_was_taken_on_before_goes_back_to_everybody(site: Site) -> None:
    browser = await site.as_person(LEO)
    await browser.do("/tasks/t-client/claim")
    site.memory.office.hear(created("t-new", owner_id="leo"))
    site.memory.office.hear(wall("client", "leo"))
    site.memory.office.hear(created("t-newer", owner_id="leo"))
    for task_id in ("t-client", "t-new", "t-newer"):
        task = site.memory.office.get(LISTED, task_id)
        assert task is not None
        assert task.owner_id is None, task_id


async def test_once_a_wall_is_lifted_everything_is_there_again(site: Site) -> None:
    site.memory.office.hear(wall("client", "leo"))
    site.memory.office.hear(no_wall(), time=NOON.replace(hour=13))
    browser = await site.as_person(LEO)
    assert "Anna" in (await browser.get("/clients/c-1")).text
    assert "t-client" in (await browser.get("/inbox?view=team")).text


async def test_a_wall_said_anew_frees_whom_it_names_no_more(site: Site) -> None:
    site.memory.office.hear(wall("client", "leo"))
    site.memory.office.hear(wall("client", "lena"), time=NOON.replace(hour=13))
    assert await asked(await site.as_person(LENA), ("GET", "/clients/c-1")) == 403
    assert (await (await site.as_person(LEO)).get("/clients/c-1")).status_code == 200


MATTER_ALONE = created("t-alone", about=About(matter_id="m-9"), owner_id="leo")
OPENED = MatterOpened(matter_id="m-9", client_id="c-1", practice_area="x", owner_id="leo")


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))), ids=str)
async def test_what_names_only_a_matter_is_behind_the_wall_around_its_client(
    site: Site, order: tuple[int, ...]
) -> None:
    said = (wall("client", "leo"), OPENED, MATTER_ALONE)
    for number in order:
        site.memory.office.hear(said[number], id=f"e-said-{number}")
    browser = await site.as_person(LEO)
    assert (await browser.get("/tasks/t-alone")).status_code == 403
    assert "t-alone" not in (await browser.get("/inbox?view=team")).text
    task = site.memory.office.get(LISTED, "t-alone")
    assert task is not None
    assert task.owner_id is None
    site.memory.office.hear(no_wall(), time=NOON.replace(hour=13))
    assert (await browser.get("/tasks/t-alone")).status_code == 200


async def test_a_wall_around_a_client_who_is_merged_stands_around_the_survivor(site: Site) -> None:
    site.memory.office.hear(wall("client", "leo"))
    site.memory.office.hear(created("t-mine", about=About(client_id="c-2"), owner_id="leo"))
    merged = ClientMerged(survivor_id="c-2", merged_id="c-1", by="pat", at=NOON)
    site.memory.office.hear(merged, id="e-merged")
    browser = await site.as_person(LEO)
    assert (await browser.get("/clients/c-2")).status_code == 403
    assert "t-other" not in (await browser.get("/inbox?view=team")).text
    task = site.memory.office.get(LISTED, "t-mine")
    assert task is not None
    assert task.owner_id is None
    site.memory.office.hear(no_wall(), time=NOON.replace(hour=13))
    assert (await browser.get("/clients/c-2")).status_code == 200


async def test_operations_see_no_dead_letter_from_behind_a_wall(site: Site) -> None:
    site.memory.office.hear(wall("client", "oskar"))
    browser = await site.as_person(OSKAR)
    await browser.get("/ops/dead-letters?service=intake&fingerprint=f-1")
    assert site.memory.services.hidden == [["client:c-1"]]
