"""Is every part of the API closed to whoever it is not for? Generated from its description."""

import re
from typing import Any

import httpx
import pytest

from services.desk.api.application import build_api
from services.desk.domain.staff import StaffMember
from tests.desk.facts import ASH, CLARA, EVERYBODY, LENA, LEO, NOON, OSKAR, PAT, created
from tests.desk.memory import MemoryDesk, memory_desk

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
    "t-check": (ASH, LEO, LENA, OSKAR),
    "t-call": (CLARA, OSKAR),
    "t-recovery": (ASH, CLARA, LEO, LENA, OSKAR),
    "t-firms": (ASH, CLARA, OSKAR, PAT),
    "t-barred": EVERYBODY,
    "t-none": EVERYBODY,
}
PAIRS = [(task_id, person) for task_id, people in FOREIGN.items() for person in people]
BODIES: dict[str, Any] = {
    "decisions": {"decision": "clear", "fields": {}, "version": 1},
    "assign": {"staff_id": "pat"},
    "snooze": {"until": "2026-03-05T09:00:00Z"},
    "note": {"text": "x"},
    "claim": None,
    "release": None,
}


@pytest.fixture
def crowded() -> MemoryDesk:
    """A desk with tasks of several kinds."""
    desk = memory_desk(NOON)
    for task_id, changes in TASKS.items():
        desk.office.hear(created(task_id, **changes), id=f"e-{task_id}")
    return desk


def routes(desk: MemoryDesk) -> list[tuple[str, str]]:
    paths = build_api("desk", "1", desk.desk).openapi()["paths"]
    return [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in paths.items()
        for method in operations
    ]


async def call(api: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    last = path.rsplit("/", 1)[1]
    return await api.request(method, path, json=BODIES[last] if method == "POST" else None)


def test_what_names_an_object_is_tried_here(crowded: MemoryDesk) -> None:
    named = {name for _, path in routes(crowded) for name in re.findall(r"{(\w+)}", path)}
    # every role may see a client's timeline, and an incident
    assert named == {"task_id", "client_id", "incident_id"}


@pytest.mark.parametrize(
    ("task_id", "person"), PAIRS, ids=lambda each: each if isinstance(each, str) else each.staff_id
)
async def test_a_foreign_task_is_neither_shown_nor_changed(
    crowded: MemoryDesk, task_id: str, person: StaffMember
) -> None:
    before = str(crowded.office._kept)
    api = crowded.as_person(person)
    for method, path in routes(crowded):
        if "{task_id}" in path:
            answer = await call(api, method, path.format(task_id=task_id))
            assert answer.status_code in (403, 404), (method, path, answer.text)
    assert str(crowded.office._kept) == before
    assert (crowded.owners.decided, crowded.owners.asked) == ([], [])


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda each: each.staff_id)
async def test_a_list_holds_no_foreign_task(crowded: MemoryDesk, person: StaffMember) -> None:
    foreign = {task_id for task_id, people in FOREIGN.items() if person in people}
    for query in ("", "?state=open", "?owner=none", "?client_id=c-1", "?kind=call-client"):
        items = (await crowded.as_person(person).get(f"/tasks{query}")).json()["items"]
        assert not foreign & {each["task_id"] for each in items}


@pytest.mark.parametrize("person", [LEO, PAT, CLARA], ids=lambda each: each.staff_id)
async def test_what_is_not_foreign_is_shown(crowded: MemoryDesk, person: StaffMember) -> None:
    own = {task_id for task_id in TASKS if person not in FOREIGN[task_id]}
    items = (await crowded.as_person(person).get("/tasks")).json()["items"]
    assert {each["task_id"] for each in items} == own
    for task_id in own:
        assert (await crowded.as_person(person).get(f"/tasks/{task_id}")).status_code == 200
