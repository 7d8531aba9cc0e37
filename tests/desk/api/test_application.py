"""Who gets in, how the API says no, and how it describes itself."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from openapi_spec_validator import validate

from services.desk.api.application import PREFIX, add_api, build_api
from services.desk.api.request_size import SmallRequests
from services.desk.domain.staff import Seed, hash_of
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.seeding import seed, seed_needs
from shared.contracts.envelope import Cause
from tests.desk.facts import ASH, LEO, NOON, created
from tests.desk.memory import MemoryDesk, key_of

ROUTES = [
    ("GET", "/tasks"),
    ("POST", "/tasks"),
    ("GET", "/tasks/t-1"),
    ("POST", "/tasks/t-1/decisions"),
    ("POST", "/tasks/t-1/claim"),
    ("POST", "/tasks/t-1/assign"),
    ("POST", "/tasks/t-1/release"),
    ("POST", "/tasks/t-1/snooze"),
    ("POST", "/tasks/t-1/note"),
    ("GET", "/clients/c-1"),
    ("GET", "/clients/c-1/timeline"),
    ("GET", "/clients/c-1/outgoing"),
    ("POST", "/clients/c-1/outgoing"),
    ("GET", "/clearances/c-1"),
    ("GET", "/clients/c-1/refusals"),
    ("GET", "/clients/c-1/looks"),
    ("GET", "/clients/c-1/restrictions"),
    ("POST", "/clients/c-1/contacts"),
    ("GET", "/incidents"),
    ("POST", "/incidents"),
    ("GET", "/incidents/i-1"),
    ("POST", "/incidents/i-1/resolve"),
    ("GET", "/search"),
    ("GET", "/me"),
    ("GET", "/staff"),
]


IDS = {"t-1": "{task_id}", "c-1": "{client_id}", "i-1": "{incident_id}"}


def in_general(path: str) -> str:
    return "/".join(IDS.get(part, part) for part in path.split("/"))


def is_problem(answer: httpx.Response) -> bool:
    content = answer.json()
    return (
        answer.headers["Content-Type"] == "application/problem+json"
        and content["status"] == answer.status_code
        and content["type"].startswith("urn:clientele:problem:")
        and {"title", "detail", "code"} <= content.keys()
    )


def description(desk: MemoryDesk) -> dict[str, Any]:
    return build_api("desk", "1", desk.desk).openapi()


def test_every_route_there_is_is_tried_here(desk: MemoryDesk) -> None:
    described = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in description(desk)["paths"].items()
        for method in operations
    }
    tried = {(method, in_general(path)) for method, path in ROUTES}
    assert described == tried


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_nobody_gets_in_without_a_key(desk: MemoryDesk, method: str, path: str) -> None:
    answer = await desk.as_person(None).request(method, path)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert is_problem(answer)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic bGVvOng=", f"bearer{key_of(LEO)}", f"Bearer {' ' * 3}"]
)
async def test_a_key_nobody_has_opens_nothing(desk: MemoryDesk, header: str) -> None:
    answer = await desk.as_person(None).get("/me", headers={"Authorization": header})
    assert answer.status_code == 401


async def test_a_key_that_left_the_file_opens_nothing(desk: MemoryDesk) -> None:
    leave(desk, LEO.staff_id)
    assert (await desk.as_person(LEO).get("/me")).status_code == 401


async def test_a_person_who_left_is_still_named(desk: MemoryDesk) -> None:
    leave(desk, LEO.staff_id)
    staff = (await desk.as_person(ASH).get("/staff")).json()["items"]
    assert [each["active"] for each in staff if each["staff_id"] == "leo"] == [False]


async def test_no_answer_is_kept_in_a_cache(desk: MemoryDesk) -> None:
    answers = [await desk.as_person(LEO).get(path) for path in ("/me", "/tasks/t-9")]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


async def test_me_says_whose_key_it_is(desk: MemoryDesk) -> None:
    assert (await desk.as_person(LEO).get("/me")).json() == {
        "staff_id": "leo",
        "roles": ["lawyer"],
        "active": True,
    }


async def test_a_path_nobody_made_is_a_problem(desk: MemoryDesk) -> None:
    answer = await desk.as_person(LEO).get("/nothing/here")
    assert (answer.status_code, is_problem(answer)) == (404, True)


async def test_a_method_nobody_made_is_a_problem_that_says_which_there_are(
    desk: MemoryDesk,
) -> None:
    answer = await desk.as_person(LEO).delete("/tasks/t-1")
    assert (answer.status_code, is_problem(answer), answer.headers["Allow"]) == (405, True, "GET")


async def test_what_is_not_json_is_400(desk: MemoryDesk) -> None:
    answer = await desk.as_person(LEO).post(
        "/tasks", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, is_problem(answer)) == (400, True)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "asleep"}, "state"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"due": "someday"}, "due"),
        ({"due_before": "noon"}, "due_before"),
        ({"next": "x"}, "next"),
    ],
)
async def test_a_refused_parameter_is_named(
    desk: MemoryDesk, query: dict[str, str], field: str
) -> None:
    answer = await desk.as_person(LEO).get("/tasks", params=query)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (
        422,
        [field],
    )


async def test_a_refusal_does_not_repeat_what_was_sent(desk: MemoryDesk) -> None:
    body = {"decision": {"canary": "Canary Name"}, "fields": "Canary Name", "version": "Canary"}
    desk.office.hear(created())
    answer = await desk.as_person(LEO).post("/tasks/t-1/decisions", json=body)
    assert "Canary" not in answer.text


async def test_a_large_body_is_refused_unread(desk: MemoryDesk) -> None:
    api = SmallRequests(build_api("desk", "1", desk.desk))
    transport = httpx.ASGITransport(api)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        answer = await client.post("/api/v1/tasks", content=b"x" * 300_000)
    assert (answer.status_code, is_problem(answer)) == (413, True)


async def test_an_unexpected_failure_is_a_problem_without_details(
    desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError("Canary Name")

    monkeypatch.setattr(desk.desk.runtime, "look", fail)
    answer = await desk.as_person(LEO).get("/me")
    assert (answer.status_code, is_problem(answer), "Canary" in answer.text) == (500, True, False)


def test_the_description_is_valid_openapi(desk: MemoryDesk) -> None:
    validate(description(desk))


def test_the_description_is_of_openapi_3_1(desk: MemoryDesk) -> None:
    assert description(desk)["openapi"].startswith("3.1.")


def test_every_operation_describes_its_refusals(desk: MemoryDesk) -> None:
    refusals = [
        operation["responses"]["4XX"]["content"].keys()
        for path in description(desk)["paths"].values()
        for operation in path.values()
    ]
    assert all(media == {"application/problem+json"} for media in refusals)


def test_a_key_is_kept_as_a_hash_only(desk: MemoryDesk) -> None:
    kept = desk.office.all(API_KEYS)
    assert hash_of(key_of(LEO)) in {key.key_hash for key in kept}
    assert key_of(LEO) not in str(kept)


def leave(desk: MemoryDesk, staff_id: str) -> None:
    """The file is read again, without this person."""
    staff, keys = desk.office.all(STAFF), desk.office.all(API_KEYS)
    seeds = [Seed(p.staff_id, p.roles, key_of(p)) for p in staff if p.staff_id != staff_id]
    cause = Cause("urn:clientele:desk", "start", "start", "start", None, NOON)
    desk.office.act(seed(seeds, staff, keys), seed_needs(seeds, staff, keys), cause)


@pytest.mark.parametrize("place", ["/tasks/a%0Ab", "/nothing/%0A/there", "/tasks/a%0Ab/claim"])
async def test_an_end_of_line_in_a_path_is_answered_by_the_api_too(
    desk: MemoryDesk, place: str
) -> None:
    web = FastAPI()
    add_api(web, desk.desk)
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        answer = await client.get(f"{PREFIX}{place}")
    assert answer.headers["content-type"] == "application/problem+json"
