"""Does the API list tasks completely, quickly and in stable pages?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.tasks import About
from tests.desk.facts import ASH, CLARA, DUE, LENA, LEO, NOON, PAT, completed, created, updated
from tests.desk.memory import MemoryDesk


async def ids(desk: MemoryDesk, person: StaffMember = LEO, **query: str | int) -> list[str]:
    answer = await desk.as_person(person).get("/tasks", params=query)
    return [task["task_id"] for task in answer.json()["items"]]


def three(desk: MemoryDesk) -> None:
    """One due yesterday, one tomorrow that leo has, one next month for another client."""
    desk.office.hear(created("t-1", due_at=NOON - timedelta(days=1)))
    desk.office.hear(created("t-2", owner_id="leo"))
    far = NOON + timedelta(days=30)
    desk.office.hear(created("t-3", due_at=far, about=About(client_id="c-2"), kind="contact-gap"))


async def test_a_task_has_the_shape_other_tools_are_built_against(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    desk.owners.shown = {"name": "Ada", "phone": "+44"}
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert {name: task[name] for name in task if name not in ("fields", "history")} == {
        "task_id": "t-1",
        "kind": "call-client",
        "title": "Call the client about appointment a-1",
        "about": {"client_id": "c-1", "matter_id": "m-1"},
        "why": {"event_id": "e-0", "rule_id": "appointment", "rule_version": 3,
                "text": "No channel."},
        "due_at": "2026-03-03T12:00:00.000Z",
        "priority": "normal",
        "role": "assistant",
        "state": "open",
        "version": 1,
        "escalation": 0,
        "decisions": [
            {"name": "reached", "label": "Reached"},
            {"name": "not-reached", "label": "Not reached"},
            {"name": "no-more-calls", "label": "Call no more"},
        ],
    }  # fmt: skip


async def test_fields_come_with_the_owners_values(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    desk.owners.shown = {"name": "Ada", "phone": "+44", "unheard-of": 1}
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert [(each["name"], each.get("value")) for each in task["fields"]] == [
        ("name", "Ada"),
        ("phone", "+44"),
        ("message", None),
        ("tries", None),
        ("note", None),
        ("spoke_with", None),
        ("next_try", None),
        ("reason", None),
    ]


async def test_the_owner_is_asked_for_the_person_who_looks(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    await desk.as_person(LEO).get("/tasks/t-1")
    assert desk.owners.asked == ["reminders t-1 leo"]


async def test_while_its_owner_is_away_a_task_says_that_details_are_unavailable(
    desk: MemoryDesk,
) -> None:
    desk.office.hear(created())
    desk.owners.away = True
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert task["details_unavailable"] is True


async def test_barred_staff_hear_only_that_it_is_not_theirs(desk: MemoryDesk) -> None:
    desk.office.hear(created(barred=("leo",)))
    desk.owners.shown = {"name": "Ada"}
    answer = await desk.as_person(LEO).get("/tasks/t-1")
    assert (answer.status_code, answer.json()["code"]) == (403, "barred")
    assert "own work" in answer.json()["detail"]


async def test_the_owner_is_not_even_asked_for_barred_staff(desk: MemoryDesk) -> None:
    desk.office.hear(created(barred=("leo",)))
    await desk.as_person(LEO).get("/tasks/t-1")
    assert desk.owners.asked == []


async def test_what_the_owner_withholds_stays_withheld(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    desk.owners.shown = Refused("wrong-role", "This is decided by: partner.")
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert (task["details_withheld"], task["decisions"]) == ("This is decided by: partner.", [])


@pytest.mark.parametrize(
    ("person", "counts"), [(ASH, [3]), (LEO, [3]), (PAT, [3]), (CLARA, [])], ids=str
)
async def test_only_tasks_open_to_the_person_are_listed_with_their_decisions(
    desk: MemoryDesk, person: StaffMember, counts: list[int]
) -> None:
    desk.office.hear(created())
    tasks = (await desk.as_person(person).get("/tasks")).json()["items"]
    assert [len(task["decisions"]) for task in tasks] == counts


async def test_a_done_task_offers_no_decision(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    desk.office.hear(completed())
    assert (await desk.as_person(LEO).get("/tasks/t-1")).json()["decisions"] == []


async def test_tasks_come_by_due_instant(desk: MemoryDesk) -> None:
    three(desk)
    assert await ids(desk) == ["t-1", "t-2", "t-3"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "open"}, ["t-1", "t-2", "t-3"]),
        ({"state": "done"}, []),
        ({"kind": "contact-gap"}, ["t-3"]),
        ({"owner": "me"}, ["t-2"]),
        ({"owner": "none"}, ["t-1", "t-3"]),
        ({"owner": "leo"}, ["t-2"]),
        ({"owner": "lena"}, []),
        ({"due": "overdue"}, ["t-1"]),
        ({"due": "today"}, []),
        ({"due": "week"}, ["t-2"]),
        ({"due_before": "2026-03-03T13:00:00+01:00"}, ["t-1"]),
        ({"due_before": "2026-03-03T12:00:01Z"}, ["t-1", "t-2"]),
        ({"client_id": "c-2"}, ["t-3"]),
        ({"matter_id": "m-1"}, ["t-1", "t-2"]),
    ],
)
async def test_tasks_are_filtered(
    desk: MemoryDesk, query: dict[str, Any], expected: list[str]
) -> None:
    three(desk)
    assert await ids(desk, **query) == expected


async def test_a_done_task_is_not_overdue(desk: MemoryDesk) -> None:
    three(desk)
    desk.office.hear(completed("t-1"))
    assert await ids(desk, due="overdue") == []


async def test_a_sleeping_task_leaves_the_open_list(desk: MemoryDesk) -> None:
    three(desk)
    until = (NOON + timedelta(hours=1)).isoformat()
    await desk.as_person(LEO).post("/tasks/t-2/snooze", json={"until": until})
    assert (await ids(desk, state="open"), await ids(desk, state="snoozed")) == (
        ["t-1", "t-3"],
        ["t-2"],
    )


async def test_a_sleeping_task_is_back_when_its_instant_has_come(desk: MemoryDesk) -> None:
    three(desk)
    until = NOON + timedelta(hours=1)
    await desk.as_person(LEO).post("/tasks/t-2/snooze", json={"until": until.isoformat()})
    desk.office.now = until
    assert "t-2" in await ids(desk, state="open")


async def test_a_task_of_which_only_the_end_was_heard_is_not_found(desk: MemoryDesk) -> None:
    desk.office.hear(completed())
    assert (await desk.as_person(LEO).get("/tasks/t-1")).status_code == 404


async def test_pages_show_every_task_once(desk: MemoryDesk) -> None:
    for number in range(25):
        desk.office.hear(created(f"t-{number:02}", due_at=DUE + timedelta(hours=number // 5)))
    seen: list[str] = []
    query: dict[str, str | int] = {"limit": 4}
    while True:
        page = (await desk.as_person(LENA).get("/tasks", params=query)).json()
        seen += [task["task_id"] for task in page["items"]]
        if "next" not in page:
            break
        query["next"] = page["next"]
    assert seen == [f"t-{number:02}" for number in range(25)]


async def test_a_task_that_comes_meanwhile_neither_hides_nor_repeats_another(
    desk: MemoryDesk,
) -> None:
    for number in range(6):
        desk.office.hear(created(f"t-{number}", due_at=DUE + timedelta(hours=number)))
    first = (await desk.as_person(LEO).get("/tasks", params={"limit": 3})).json()
    desk.office.hear(created("t-early", due_at=NOON))
    assert await ids(desk, limit=3, next=first["next"]) == ["t-3", "t-4", "t-5"]


async def test_a_changed_task_shows_what_its_owner_says_now(desk: MemoryDesk) -> None:
    desk.office.hear(created())
    desk.office.hear(updated(title="Call about appointment a-2"))
    (task,) = (await desk.as_person(LEO).get("/tasks")).json()["items"]
    assert (task["title"], task["version"]) == ("Call about appointment a-2", 2)
