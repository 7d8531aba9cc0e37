"""Can staff ask each other for something without its words leaving the desk?"""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.desk.ports.notes import FOLLOW_UPS, NOTES
from shared.contracts.tasks import TaskCompleted, TaskCreated
from shared.requests.decisions import Actor
from tests.desk.facts import LEO, NOON, OSKAR, PAT
from tests.desk.memory import MemoryDesk

BODY: dict[str, Any] = {
    "title": "Ask Mrs Canary for the deed",
    "about": {"client_id": "c-1"},
    "due_at": (NOON + timedelta(days=1)).isoformat(),
}
ASH_ACTS = Actor(id="ash", roles=("assistant",))


async def ask(desk: MemoryDesk, key: str = "", **changes: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await desk.as_person(PAT).post("/tasks", json=BODY | changes, headers=headers)


async def test_what_is_asked_for_is_on_the_list_at_once(desk: MemoryDesk) -> None:
    answer = await ask(desk, owner_id="ash")
    assert (answer.status_code, answer.json()["owner_id"]) == (201, "ash")


async def test_the_words_are_in_no_event_and_in_no_row(desk: MemoryDesk) -> None:
    task = (await ask(desk)).json()
    (said,) = desk.office.announced_of(TaskCreated)
    assert "Canary" not in json.dumps(task) + said.model_dump_json()


async def test_the_words_are_kept_under_the_clients_key(desk: MemoryDesk) -> None:
    await ask(desk)
    assert [(each.person, each.words) for each in desk.office.all(FOLLOW_UPS)] == [
        ("client:c-1", "Ask Mrs Canary for the deed")
    ]


async def test_the_owner_shows_the_words_to_who_opens_the_task(desk: MemoryDesk) -> None:
    task = (await ask(desk)).json()
    assert desk.office.view(task["task_id"], ASH_ACTS) == {"words": "Ask Mrs Canary for the deed"}


async def test_hearing_its_own_event_changes_nothing(desk: MemoryDesk) -> None:
    task = (await ask(desk)).json()
    desk.office.hear_event(desk.office.announced[-1])
    assert (await desk.as_person(PAT).get(f"/tasks/{task['task_id']}")).json() == task


async def test_asking_twice_under_one_key_asks_once(desk: MemoryDesk) -> None:
    first, second = await ask(desk, key="k"), await ask(desk, key="k")
    assert first.json()["task_id"] == second.json()["task_id"]
    assert len(desk.office.announced_of(TaskCreated)) == 1


async def test_what_was_done_is_announced(desk: MemoryDesk) -> None:
    task = (await ask(desk)).json()
    desk.office.decide(task["task_id"], "done", actor=ASH_ACTS)
    assert [each.actor_id for each in desk.office.announced_of(TaskCompleted)] == ["ash"]


async def test_what_the_person_adds_is_kept_as_a_note(desk: MemoryDesk) -> None:
    task = (await ask(desk)).json()
    desk.office.decide(task["task_id"], "done", {"note": "She brings it."}, actor=ASH_ACTS)
    assert [note.text for note in desk.office.all(NOTES)] == ["She brings it."]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_at": NOON.isoformat()}, "due_at"),
        ({"role": "gardener"}, "role"),
        ({"owner_id": "nobody"}, "owner_id"),
        ({"title": ""}, "title"),
        ({"about": {"review_id": "r-1"}}, "about.review_id"),
    ],
)
async def test_what_cannot_be_asked_names_the_field(
    desk: MemoryDesk, changes: dict[str, Any], field: str
) -> None:
    answer = await ask(desk, **changes)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (
        422,
        [field],
    )


async def test_a_lawyer_may_ask_too(desk: MemoryDesk) -> None:
    assert (await desk.as_person(LEO).post("/tasks", json=BODY)).status_code == 201


async def test_what_is_about_a_client_is_asked_of_those_who_work_with_clients(
    desk: MemoryDesk,
) -> None:
    by_role, by_name = await ask(desk, role="ops"), await ask(desk, owner_id="oskar")
    assert [each.status_code for each in (by_role, by_name)] == [422, 422]
    task_id = (await ask(desk)).json()["task_id"]
    given = await desk.as_person(PAT).post(f"/tasks/{task_id}/assign", json={"staff_id": "oskar"})
    assert given.status_code == 422
    oskar = desk.as_person(OSKAR)
    assert (await oskar.get(f"/tasks/{task_id}")).status_code == 403
    assert (await oskar.get("/tasks")).json()["items"] == []
    assert (await oskar.post("/tasks", json=BODY)).status_code == 403


async def test_what_is_about_no_client_may_be_asked_of_operations(desk: MemoryDesk) -> None:
    assert (await ask(desk, about={}, role="ops", owner_id="oskar")).status_code == 201
