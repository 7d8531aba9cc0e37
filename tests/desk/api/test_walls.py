"""Does a wall hold for programs too: each route of the API, its lists, feeds and digests?"""

import re
from typing import Any

import pytest

from services.desk.api.application import build_api
from services.desk.api.digests import AgendaAsked, AgendaTold, agendas
from services.desk.domain.accounts import Account
from services.desk.domain.staff import StaffMember
from services.desk.ports.accesses import ACCESSES
from services.desk.ports.signing_in import ACCOUNTS
from shared.contracts.envelope import Cause
from tests.desk.facts import ASH, CLARA, LENA, LEO, PAT
from tests.desk.memory import LONDON, MemoryDesk, MemoryTaskList
from tests.desk.walls import BEHIND, SUBJECT, no_wall, peopled, wall

PEOPLE = (ASH, CLARA, LENA, LEO, PAT)
BODIES: dict[str, Any] = {
    "decisions": {"decision": "reached", "fields": {}, "version": 1},
    "assign": {"staff_id": "lena"},
    "snooze": {"until": "2026-03-05T09:00:00Z"},
    "note": {"text": "x"},
    "contacts": {"direction": "in", "channel": "phone", "at": "2026-03-02T09:00:00Z"},
    "outgoing": {"do": "hold", "scope": "client", "why": "x"},
}


@pytest.fixture
def desk(desk: MemoryDesk) -> MemoryDesk:
    """A desk with a client, an inquiry and tasks about both."""
    peopled(desk)
    return desk


def routes(desk: MemoryDesk, name: str, id: str) -> list[tuple[str, str]]:
    """Every way to what is named so."""
    paths = build_api("desk", "1", desk.desk).openapi()["paths"]
    return [
        (method.upper(), path.removeprefix("/api/v1").format(**{name: id}))
        for path, operations in paths.items()
        if re.findall(r"{(\w+)}", path) == [name]
        for method in operations
    ]


async def refused(desk: MemoryDesk, person: StaffMember, ways: list[tuple[str, str]]) -> None:
    assert ways
    for method, path in ways:
        body = BODIES.get(path.rsplit("/", 1)[1]) if method == "POST" else None
        answer = await desk.as_person(person).request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "screened"), (method, path)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.staff_id)
async def test_every_way_to_a_client_behind_a_wall_is_refused(
    desk: MemoryDesk, person: StaffMember
) -> None:
    desk.office.hear(wall("client", person.staff_id))
    ways = routes(desk, "client_id", "c-1")
    await refused(desk, person, ways)
    rows = desk.office.all(ACCESSES)
    assert len(rows) == len(ways)
    assert {(row.staff_id, row.subject) for row in rows} == {(person.staff_id, "client:c-1")}
    assert (desk.checks.asked, desk.cards.asked, desk.outgoing.asked) == ([], [], [])


@pytest.mark.parametrize("scope", list(BEHIND))
async def test_every_way_to_a_task_behind_a_wall_is_refused(desk: MemoryDesk, scope: str) -> None:
    desk.office.hear(wall(scope, "leo"))
    for task_id in BEHIND[scope]:
        await refused(desk, LEO, routes(desk, "task_id", task_id))
    assert {row.subject for row in desk.office.all(ACCESSES)} == {SUBJECT[scope]}
    assert (desk.owners.decided, desk.owners.asked) == ([], [])


@pytest.mark.parametrize("scope", list(BEHIND))
async def test_a_list_holds_nothing_from_behind_a_wall(desk: MemoryDesk, scope: str) -> None:
    desk.office.hear(wall(scope, "leo"))
    for query in ("", "?state=open", "?owner=none", "?client_id=c-1", "?matter_id=m-1"):
        items = (await desk.as_person(LEO).get(f"/tasks{query}")).json()["items"]
        assert not BEHIND[scope] & {each["task_id"] for each in items}


async def test_a_timeline_leaves_out_the_matter_behind_a_wall(desk: MemoryDesk) -> None:
    desk.office.hear(wall("matter", "leo"))
    seen = (await desk.as_person(LEO).get("/clients/c-1/timeline")).json()["items"]
    assert {each.get("task_id") for each in seen} == {None, "t-client"}
    assert "m-1" not in {each.get("matter_id") for each in seen}
    all_of_it = (await desk.as_person(LENA).get("/clients/c-1/timeline")).json()["items"]
    assert "t-matter" in {each.get("task_id") for each in all_of_it}


async def test_nobody_asks_for_something_about_what_a_wall_keeps_them_from(
    desk: MemoryDesk,
) -> None:
    desk.office.hear(wall("matter", "leo"))
    body = {"title": "x", "about": {"matter_id": "m-1"}, "due_at": "2026-03-05T09:00:00Z"}
    assert (await desk.as_person(LEO).post("/tasks", json=body)).status_code == 403
    for_leo = body | {"owner_id": "leo"}
    answer = await desk.as_person(LENA).post("/tasks", json=for_leo)
    assert (answer.status_code, answer.json()["code"]) == (422, "screened")


async def test_a_digest_counts_nothing_from_behind_a_wall(desk: MemoryDesk) -> None:
    counted, url = desk.desk.reports, "http://desk"
    answer = agendas(
        lambda _: MemoryTaskList(desk.office), lambda _: counted, lambda _: url, LONDON
    )
    asked = AgendaAsked(staff_id="leo", new_since="2026-03-01T00:00:00Z")
    _account(desk)
    before = await answer(desk.desk.runtime, asked)
    desk.office.hear(wall("client", "leo"))
    after = await answer(desk.desk.runtime, asked)
    assert isinstance(before, AgendaTold)
    assert isinstance(after, AgendaTold)
    assert sum(before.new.kinds.values()) - sum(after.new.kinds.values()) == 2


async def test_who_is_behind_no_wall_is_answered_as_ever(desk: MemoryDesk) -> None:
    desk.office.hear(wall("client", "leo"))
    desk.office.hear(no_wall())
    for person in (LEO, LENA):
        assert (await desk.as_person(person).get("/clients/c-1")).status_code == 200


def _account(desk: MemoryDesk) -> None:
    account = Account(staff_id="leo", user="leo", name="Leo", email="leo@firm.example")
    cause = Cause("urn:clientele:desk", "x", "start", "x", None, desk.office.now)
    desk.office.act(lambda u: u.put(ACCOUNTS, account), lambda _: [ACCOUNTS.one("leo")], cause)
