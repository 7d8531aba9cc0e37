"""Is every route closed to whoever it is not for? Generated from the routes themselves."""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from fastapi.routing import APIRoute

from services.desk.domain.staff import StaffMember
from services.desk.pages.application import PARTS
from services.desk.pages.task_actions import ACTIONS
from services.desk.ports.accesses import ACCESSES
from services.desk.ports.presence import PRESENCES
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.envelope import Cause
from tests.desk.browsing import URL, Browser, Site, form_fields, site_at
from tests.desk.facts import ASH, CLARA, CLIENT, EVERYBODY, INQUIRY, LEO, NOON, OSKAR, PAT, created

TASKS: dict[str, dict[str, Any]] = {
    "t-check": {"kind": "conflict-check", "service": "intake", "role": "conflicts-officer"},
    "t-call": {"kind": "call-client"},
    "t-recovery": {"kind": "service-recovery", "service": "feedback", "role": "partner",
                   "roles": ("partner",)},
    "t-firms": {"kind": "conflict-check", "service": "intake", "role": "lawyer",
                "roles": ("lawyer",)},  # where the firm says so, not those of the kind
    "t-barred": {"kind": "call-client", "barred": ("ash", "leo", "lena", "pat")},
}  # fmt: skip
FOREIGN = {
    "t-check": (ASH, LEO, OSKAR),
    "t-call": (CLARA, OSKAR),
    "t-recovery": (ASH, CLARA, LEO, OSKAR),
    "t-firms": (ASH, CLARA, OSKAR, PAT),
    "t-barred": (ASH, CLARA, LEO, OSKAR, PAT),
    "t-none": (ASH, CLARA, LEO, OSKAR, PAT),
}
OBJECTS = {  # every part of an address, and what stands there in these tests
    "task_id": "t-call", "name": "claim", "slug": "x", "token": "x", "client_id": "c-1",
    "contact_id": "m-1", "inquiry_id": "i-1", "do": "replay", "check_id": "chk-1",
    "incident_id": "i-1", "line": "mail", "decision_id": "d-1",
    "rule_id": "survey-due", "edition": "draft", "staff_id": "leo",
    "list_id": "li-1"}  # fmt: skip
FIELDS = {"staff_id": "pat", "until": "tomorrow", "due_day": "2026-03-20", "text": "x",
          "decision": "clear", "version": "1"}  # fmt: skip
NOT_WITH_CLIENTS = (OSKAR,)
OPEN_TO_ALL = {"/login", "/login/code", "/login/set-up", "/login/sso", "/auth/callback",
               "/welcome/{token}", "/static/{digest}/{name}", "/", "/accessibility",
               "/c/{token}.ics"}  # fmt: skip


@pytest.fixture
async def crowded() -> Site:
    """Tasks of several kinds."""
    site = await site_at(NOON)
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(INQUIRY)
    for task_id, changes in TASKS.items():
        site.memory.office.hear(created(task_id, **changes), id=f"e-{task_id}")
    return site


def routes(site: Site) -> list[APIRoute]:
    found = [each for part in PARTS for each in part.router.routes if isinstance(each, APIRoute)]
    assert found
    return found


def methods(route: APIRoute) -> set[str]:
    return set(route.methods or ())


def address(route: APIRoute) -> str:
    return route.path.format(**OBJECTS)


def about(site: Site, task_id: str) -> list[tuple[str, str]]:
    """Every way to look at a task or to do something to it: method and address."""
    return [
        (method, route.path.format(task_id=task_id, name=name))
        for route in routes(site)
        if "{task_id}" in route.path
        for method in sorted(methods(route) & {"GET", "POST"})
        for name in (sorted(ACTIONS) if "{name}" in route.path else [""])
    ]


def changing(site: Site) -> list[str]:
    return [address(route) for route in routes(site) if "POST" in methods(route)]


async def kept(site: Site) -> str:
    """Everything that is kept, without what a sign-in itself leaves, who looked, and looks now."""
    apart = ("sessions", ACCESSES.collection, PRESENCES.collection)
    office = site.memory.office._kept
    return str({name: rows for name, rows in office.items() if name not in apart})


@pytest.mark.parametrize(
    ("task_id", "person"),
    [(task_id, person) for task_id, people in FOREIGN.items() for person in people],
    ids=lambda each: each if isinstance(each, str) else each.staff_id,
)
async def test_a_foreign_task_is_neither_shown_nor_changed(
    crowded: Site, task_id: str, person: StaffMember
) -> None:
    browser = await crowded.as_person(person)
    before = await kept(crowded)
    for method, place in about(crowded, task_id):
        look = browser.get(place) if method == "GET" else browser.do(place, FIELDS)
        assert (await look).status_code in (403, 404), place
    assert await kept(crowded) == before
    assert crowded.memory.owners.decided == []
    assert crowded.memory.owners.asked == []


def test_what_names_an_object_is_tried_here(crowded: Site) -> None:
    """A page with another kind of object in its address needs a test of who may not open it."""
    named = {part for r in routes(crowded) for part in re.findall(r"{(\w+)}", r.path)}
    assert named == OBJECTS.keys()


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda each: each.staff_id)
async def test_foreign_tasks_are_left_alone_among_others(
    crowded: Site, person: StaffMember
) -> None:
    foreign = [task_id for task_id, people in FOREIGN.items() if person in people]
    browser = await crowded.as_person(person)
    before = {task_id: crowded.memory.office.get(LISTED, task_id) for task_id in foreign}
    for name in ACTIONS:
        await browser.do(f"/tasks/bulk/{name}", {**FIELDS, "task": [*TASKS, "t-none"]})
    after = {task_id: crowded.memory.office.get(LISTED, task_id) for task_id in foreign}
    assert after == before


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda each: each.staff_id)
async def test_what_belongs_to_a_colleague_is_not_there(crowded: Site, person: StaffMember) -> None:
    owner = next(each for each in (LEO, PAT) if each != person)
    colleague = await crowded.as_person(owner)
    await colleague.do("/inbox/views", {"name": "Mine", "query": "view=team"})
    browser = await crowded.as_person(person)
    statuses = {
        (await browser.get("/inbox/views/mine")).status_code,
        (await browser.do("/inbox/views/mine/drop")).status_code,
        (await browser.do("/undo", {"did": "o-foreign"})).status_code,
    }
    assert statuses == {404}


@pytest.mark.parametrize(
    "person", [each for each in EVERYBODY if each != OSKAR], ids=lambda each: each.staff_id
)
async def test_who_does_not_keep_the_machines_running_sees_and_settles_nothing(
    crowded: Site, person: StaffMember
) -> None:
    browser = await crowded.as_person(person)
    before = await kept(crowded)
    operations = [each for each in routes(crowded) if each.path.startswith(("/ops", "/systems"))]
    assert operations
    for route in operations:
        opens = "GET" in methods(route)
        answer = await (browser.get if opens else browser.do)(address(route))
        assert answer.status_code == 403, route.path
    assert crowded.memory.services.settled == []
    assert await kept(crowded) == before


@pytest.mark.parametrize("person", NOT_WITH_CLIENTS, ids=lambda each: each.staff_id)
async def test_who_does_not_work_with_clients_neither_sees_nor_changes_one(
    crowded: Site, person: StaffMember
) -> None:
    browser = await crowded.as_person(person)
    before = await kept(crowded)
    places = ("/clients", "/inquiries", "/promised", "/deadlines", "/restrictions")
    about_clients = [each for each in routes(crowded) if each.path.startswith(places)]
    assert about_clients
    for route in about_clients:
        opens = "GET" in methods(route)
        answer = await (browser.get if opens else browser.do)(address(route))
        assert answer.status_code == 403, route.path
        assert "Anna" not in answer.text
        assert "Zoe" not in answer.text
    assert await kept(crowded) == before


async def test_whoever_is_not_signed_in_sees_nothing(crowded: Site) -> None:
    for route in routes(crowded):
        if route.path in OPEN_TO_ALL or "GET" not in methods(route):
            continue
        answer = await crowded.browser().get(address(route))
        assert answer.status_code == 303, route.path
        assert answer.headers["location"].startswith("/login?next="), route.path


async def test_whoever_is_not_signed_in_changes_nothing(crowded: Site) -> None:
    before = await kept(crowded)
    for place in changing(crowded):
        answer = await crowded.browser().client.post(place, data=FIELDS)
        assert answer.status_code in (401, 403, 404), place
    assert await kept(crowded) == before


async def test_opening_an_address_changes_nothing(crowded: Site) -> None:
    browser = await crowded.as_person(PAT)
    before = await kept(crowded)
    for route in routes(crowded):
        await browser.get(address(route), params={**FIELDS, "task": "t-call"})
    assert await kept(crowded) == before


async def test_what_changes_something_does_not_answer_to_get(crowded: Site) -> None:
    browser = await crowded.as_person(PAT)
    shown = {route.path for route in routes(crowded) if "GET" in methods(route)}
    for route in routes(crowded):
        if "POST" in methods(route) and route.path not in shown:
            assert (await browser.get(address(route))).status_code in (404, 405), route.path


FORGED: tuple[tuple[str, dict[str, str]], ...] = (
    ("no token", {"csrf": ""}),
    ("a token of nobody", {"csrf": "0" * 64}),
    ("another session's token", {}),
)
SITES: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": URL},
    {"Sec-Fetch-Site": "same-site", "Origin": URL},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
)


async def all_forms(
    browser: Browser, crowded: Site, fields: dict[str, str], headers: dict[str, str] | None = None
) -> set[int]:
    statuses = set()
    for place in changing(crowded):
        answer = await browser.client.post(place, data=FIELDS | fields, headers=headers)
        statuses.add(answer.status_code)
    return statuses


@pytest.mark.parametrize(("what", "fields"), FORGED, ids=[what for what, _ in FORGED])
async def test_a_form_with_a_missing_or_foreign_token_is_refused(
    crowded: Site, what: str, fields: dict[str, str]
) -> None:
    browser, other = await crowded.as_person(PAT), await crowded.as_person(PAT)
    if not fields:
        fields = form_fields((await other.get("/settings")).text, "/logout")
    before = await kept(crowded)
    assert await all_forms(browser, crowded, fields) == {403}
    assert await kept(crowded) == before


@pytest.mark.parametrize("headers", SITES, ids=str)
async def test_another_sites_form_is_refused_even_with_a_good_token(
    crowded: Site, headers: dict[str, str]
) -> None:
    browser = await crowded.as_person(PAT)
    fields = form_fields((await browser.get("/settings")).text, "/logout")
    assert await all_forms(browser, crowded, fields, headers=headers) == {403}


async def test_what_is_no_form_or_too_large_is_refused(crowded: Site) -> None:
    browser = await crowded.as_person(PAT)
    places = [place for place in changing(crowded) if place not in ("/login", "/welcome/x")]
    for place in places:
        assert (await browser.client.post(place, json=FIELDS)).status_code == 415
        huge = {"text": "x" * 100_000}
        assert (await browser.client.post(place, data=huge)).status_code == 413


async def test_every_page_carries_the_safe_headers(crowded: Site) -> None:
    browser = await crowded.as_person(PAT)
    for route, visitor in product(routes(crowded), (browser, crowded.browser())):
        answer = await visitor.get(address(route))
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "style=" not in answer.text
        assert "://" not in answer.text.replace("http://www.w3.org", "")


async def test_an_unknown_address_is_a_page_that_leads_on(crowded: Site) -> None:
    answer = await (await crowded.as_person(PAT)).get("/nowhere/at/all")
    assert answer.status_code == 404
    assert "To the inbox" in answer.text


async def test_a_role_taken_away_counts_at_once(crowded: Site) -> None:
    browser = await crowded.as_person(LEO)
    assert (await browser.get("/tasks/t-call")).status_code == 200
    cause = Cause("urn:clientele:desk", "c", "request", "c", None, NOON)
    ops = replace(LEO, roles=("ops",))
    crowded.memory.office.act(lambda u: u.put(STAFF, ops), lambda _: [STAFF.one("leo")], cause)
    assert (await browser.get("/tasks/t-call")).status_code == 403
