"""Do claim, assign, release, snooze and note over the API keep the rules?"""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.notes import NOTES
from tests.desk.facts import ASH, CLARA, LENA, LEO, NOON, PAT, completed, created
from tests.desk.memory import MemoryDesk

LATER = (NOON + timedelta(hours=3)).isoformat()


@pytest.fixture
def desk(desk: MemoryDesk) -> MemoryDesk:
    """A desk with a task anybody may have, and one from which leo is barred."""
    desk.office.hear(created())
    desk.office.hear(created("t-barred", barred=("leo",)))
    return desk


async def post(
    desk: MemoryDesk, who: StaffMember, path: str, body: Any = None, key: str = ""
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await desk.as_person(who).post(f"/tasks/{path}", json=body, headers=headers)


async def test_a_claimed_task_names_who_has_it(desk: MemoryDesk) -> None:
    assert (await post(desk, LEO, "t-1/claim")).json()["owner_id"] == "leo"


async def test_claiming_does_not_change_the_version(desk: MemoryDesk) -> None:
    assert (await post(desk, LEO, "t-1/claim")).json()["version"] == 1


async def test_a_task_somebody_has_is_refused_with_409(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/claim")
    answer = await post(desk, LENA, "t-1/claim")
    assert (answer.status_code, answer.json()["code"]) == (409, "held")


async def test_barred_staff_are_refused_a_claim_with_the_reason(desk: MemoryDesk) -> None:
    answer = await post(desk, LEO, "t-barred/claim")
    assert (answer.status_code, answer.json()["code"]) == (403, "barred")
    assert "own work" in answer.json()["detail"]


async def test_barred_staff_cannot_be_given_the_task(desk: MemoryDesk) -> None:
    answer = await post(desk, PAT, "t-barred/assign", {"staff_id": "leo"})
    assert (answer.status_code, answer.json()["code"]) == (409, "barred")


async def test_another_person_can_be_given_the_task(desk: MemoryDesk) -> None:
    answer = await post(desk, PAT, "t-barred/assign", {"staff_id": "lena"})
    assert answer.json()["owner_id"] == "lena"


async def test_assigning_somebody_unknown_is_422_and_names_the_field(desk: MemoryDesk) -> None:
    answer = await post(desk, PAT, "t-1/assign", {"staff_id": "nobody"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "staff_id")


async def test_a_released_task_belongs_to_nobody(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/claim")
    assert "owner_id" not in (await post(desk, LEO, "t-1/release")).json()


async def test_somebody_elses_task_is_not_released(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/claim")
    assert (await post(desk, ASH, "t-1/release")).status_code == 403


async def test_a_snoozed_task_says_until_when(desk: MemoryDesk) -> None:
    task = (await post(desk, LEO, "t-1/snooze", {"until": LATER})).json()
    assert (task["state"], task["snoozed_until"]) == ("snoozed", "2026-03-02T15:00:00.000Z")


async def test_a_snoozed_task_is_woken_with_null(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/snooze", {"until": LATER})
    assert (await post(desk, LEO, "t-1/snooze", {"until": None})).json()["state"] == "open"


@pytest.mark.parametrize("until", ["2026-03-02T12:00:00Z", "tomorrow", "2026-03-02T13:00:00", 7])
async def test_a_snooze_that_cannot_be_names_the_field(desk: MemoryDesk, until: Any) -> None:
    answer = await post(desk, LEO, "t-1/snooze", {"until": until})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "until")


async def test_a_note_stands_in_the_history(desk: MemoryDesk) -> None:
    history = (await post(desk, LEO, "t-1/note", {"text": "Rings at noon."})).json()["history"]
    assert (history[-1]["by"], history[-1]["note"]) == ("leo", "Rings at noon.")


async def test_a_note_is_kept_under_the_clients_key(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/note", {"text": "Rings at noon."})
    assert [note.person for note in desk.office.all(NOTES)] == ["client:c-1"]


async def test_a_note_sent_twice_under_one_key_stands_there_once(desk: MemoryDesk) -> None:
    await post(desk, LEO, "t-1/note", {"text": "Rings at noon."}, key="n-1")
    answer = await post(desk, LEO, "t-1/note", {"text": "Rings at noon."}, key="n-1")
    assert [line["kind"] for line in answer.json()["history"]] == ["task-created", "note"]


async def test_barred_staff_do_not_read_the_notes(desk: MemoryDesk) -> None:
    await post(desk, LENA, "t-barred/note", {"text": "About leo."})
    assert "About leo." not in (await desk.as_person(LEO).get("/tasks/t-barred")).text


async def test_the_list_shows_no_notes(desk: MemoryDesk) -> None:
    await post(desk, LENA, "t-1/note", {"text": "Rings at noon."})
    assert "Rings at noon." not in (await desk.as_person(LENA).get("/tasks")).text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("claim", None),
        ("release", None),
        ("assign", {"staff_id": "lena"}),
        ("snooze", {"until": LATER}),
    ],
)
async def test_a_done_task_changes_hands_no_more(desk: MemoryDesk, path: str, body: Any) -> None:
    desk.office.hear(completed())
    answer = await post(desk, LEO, f"t-1/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "not-open")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("claim", None),
        ("release", None),
        ("assign", {"staff_id": "lena"}),
        ("snooze", {"until": LATER}),
        ("note", {"text": "x"}),
    ],
)
async def test_a_task_that_is_not_there_is_404(desk: MemoryDesk, path: str, body: Any) -> None:
    assert (await post(desk, LEO, f"t-9/{path}", body)).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [("claim", None), ("snooze", {"until": LATER}), ("note", {"text": "x"})],
)
async def test_a_person_of_another_role_does_none_of_it(
    desk: MemoryDesk, path: str, body: Any
) -> None:
    answer = await post(desk, CLARA, f"t-1/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role")
