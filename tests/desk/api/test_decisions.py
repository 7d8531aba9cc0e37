"""Does a decision over the API reach its owner, and every answer the person?"""

from typing import Any

import httpx
import pytest

from services.desk.ports.answers import Answer, Refused
from tests.desk.facts import CLARA, LEO, NOON, PAT, completed, created
from tests.desk.memory import MemoryDesk

BODY = {"decision": "reached", "fields": {"note": "She will come."}, "version": 1}


async def decide(
    desk: MemoryDesk, body: dict[str, Any] | None = None, key: str | None = None, who: Any = LEO
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    client = desk.as_person(who)
    return await client.post("/tasks/t-1/decisions", json=body or BODY, headers=headers)


def refuse(desk: MemoryDesk, code: str, field: str | None = None) -> None:
    desk.owners.answer = Answer("open", 3, Refused(code, "No, because.", field))


@pytest.fixture
def desk(desk: MemoryDesk) -> MemoryDesk:
    """A desk with one task on it."""
    desk.office.hear(created())
    return desk


async def test_an_accepted_decision_answers_with_the_task(desk: MemoryDesk) -> None:
    answer = await decide(desk)
    assert (answer.status_code, answer.json()["task_id"]) == (200, "t-1")


async def test_an_accepted_decision_shows_at_once(desk: MemoryDesk) -> None:
    task = (await decide(desk)).json()
    assert (task["state"], task["version"]) == ("done", 2)


async def test_the_event_that_follows_changes_nothing_more(desk: MemoryDesk) -> None:
    before = (await decide(desk)).json()
    desk.office.hear(completed(at=NOON))
    after = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert {**after, "history": before["history"]} == before


async def test_the_owner_hears_who_decided_what_and_which_version_they_saw(
    desk: MemoryDesk,
) -> None:
    await decide(desk)
    service, decision = desk.owners.decided[0]
    assert (service, {**decision, "decision_id": ""}) == (
        "reminders",
        {
            "decision_id": "",
            "task_id": "t-1",
            "actor": {"id": "leo", "roles": ["lawyer"]},
            **BODY,
        },
    )


async def test_a_stale_decision_is_409_with_both_versions(desk: MemoryDesk) -> None:
    refuse(desk, "stale-version")
    answer = await decide(desk)
    problem = answer.json()
    assert (answer.status_code, problem["version_seen"], problem["version_now"]) == (409, 1, 3)


async def test_a_refused_decision_is_409_with_the_reason(desk: MemoryDesk) -> None:
    refuse(desk, "blocked")
    answer = await decide(desk)
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
        409,
        "blocked",
        "No, because.",
    )


async def test_a_refused_field_is_422_and_named(desk: MemoryDesk) -> None:
    refuse(desk, "missing", "note")
    answer = await decide(desk)
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"field": "note", "message": "No, because."}],
    )


@pytest.mark.parametrize("code", ["barred", "wrong-role"])
async def test_whom_the_owner_does_not_allow_gets_403(desk: MemoryDesk, code: str) -> None:
    refuse(desk, code)
    assert (await decide(desk)).status_code == 403


async def test_a_refused_decision_leaves_the_task_as_it_was(desk: MemoryDesk) -> None:
    refuse(desk, "blocked")
    await decide(desk)
    assert (await desk.as_person(LEO).get("/tasks/t-1")).json()["state"] == "open"


async def test_while_the_owner_is_away_the_answer_is_503_with_a_time_to_try_again(
    desk: MemoryDesk,
) -> None:
    desk.owners.away = True
    answer = await decide(desk)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_barred_staff_are_refused_before_the_owner_is_asked(desk: MemoryDesk) -> None:
    desk.office.hear(created("t-2", barred=("leo",)))
    answer = await desk.as_person(LEO).post("/tasks/t-2/decisions", json=BODY)
    assert (answer.status_code, answer.json()["code"], desk.owners.decided) == (403, "barred", [])


async def test_a_person_of_another_role_is_refused(desk: MemoryDesk) -> None:
    answer = await decide(desk, who=CLARA)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role")


async def test_a_repeat_under_one_key_is_one_decision_with_one_answer(desk: MemoryDesk) -> None:
    first = (await decide(desk, key="k-1")).json()
    again = (await decide(desk, key="k-1")).json()
    asked = {decision["decision_id"] for _, decision in desk.owners.decided}
    assert (first == again, len(asked)) == (True, 1)


async def test_without_a_key_every_request_is_a_decision_of_its_own(desk: MemoryDesk) -> None:
    await decide(desk)
    await decide(desk)
    assert len({decision["decision_id"] for _, decision in desk.owners.decided}) == 2


async def test_a_key_used_for_another_decision_is_refused(desk: MemoryDesk) -> None:
    await decide(desk, key="k-1")
    answer = await decide(desk, {**BODY, "decision": "not-reached"}, key="k-1")
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")


async def test_one_key_of_two_persons_is_two_decisions(desk: MemoryDesk) -> None:
    await decide(desk, key="k-1")
    await decide(desk, key="k-1", who=PAT)
    assert len({decision["decision_id"] for _, decision in desk.owners.decided}) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"fields": {}, "version": 1}, "decision"),
        ({"decision": "reached", "fields": {}}, "version"),
        ({"decision": "reached", "fields": {}, "version": "1"}, "version"),
        ({"decision": "reached", "fields": [], "version": 1}, "fields"),
        ({"decision": "reached", "version": 1, "force": True}, "force"),
        ({"decision": "reached", "version": 1, "fields": {"note": "x" * 100_001}}, "fields"),
    ],
)
async def test_a_malformed_decision_names_the_field(
    desk: MemoryDesk, body: dict[str, Any], field: str
) -> None:
    answer = await decide(desk, body)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (
        422,
        [field],
    )


async def test_a_decision_on_no_task_is_404(desk: MemoryDesk) -> None:
    answer = await desk.as_person(LEO).post("/tasks/t-9/decisions", json=BODY)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-task")
