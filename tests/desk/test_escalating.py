"""Does what nobody does reach somebody, by name, at the desk and in their digest?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.escalating import sees_to_it
from services.desk.domain.staff import StaffMember
from services.desk.ports.tasks import LISTED
from tests.desk.api.test_digests import ask, with_address
from tests.desk.browsing import site_at
from tests.desk.facts import (
    ASH,
    DUE,
    EVERYBODY,
    LEO,
    NOON,
    OSKAR,
    PAT,
    created,
    escalated,
    listed,
    updated,
)
from tests.desk.memory import MemoryDesk

LEAD = StaffMember(staff_id="zoe", roles=("assistant",), leads=("assistant",))
LATE = DUE + timedelta(days=1)


def overdue(office: Any, **said: Any) -> None:
    office.hear(created(**said), id="made")
    office.now = LATE
    office.hear(escalated(), id="first")
    office.hear(escalated(level=2), id="second")


@pytest.mark.parametrize(
    ("staff", "held_by", "expected"),
    [
        (EVERYBODY, None, "pat"),
        ((*EVERYBODY, LEAD), None, "zoe"),
        ((*EVERYBODY, LEAD), "zoe", "pat"),
        ((ASH, LEO, OSKAR), "ash", "leo"),
        ((ASH, OSKAR), "ash", "ash"),
        ((OSKAR,), None, None),
    ],
)
def test_one_person_is_to_see_to_it(
    staff: tuple[StaffMember, ...], held_by: str | None, expected: str | None
) -> None:
    assert sees_to_it(listed(owner_id=held_by), staff, NOON) == expected


def test_nobody_who_left_is_to_see_to_it() -> None:
    gone = StaffMember(staff_id="aaron", roles=("partner",), active=False)
    assert sees_to_it(listed(), (*EVERYBODY, gone), NOON) == "pat"


async def test_what_is_overdue_with_somebody_else_is_in_the_inbox_of_who_sees_to_it() -> None:
    site = await site_at(NOON)
    overdue(site.memory.office, owner_id="leo")
    pat, leo = await site.as_person(PAT), await site.as_person(LEO)
    page = (await pat.get("/inbox")).text
    assert "Escalated to you" in page
    assert "Nothing is with you" not in page
    assert "Still overdue: Pat is to see to it." in (await pat.get("/tasks/t-1")).text
    assert "Escalated to Pat" in (await leo.get("/inbox")).text


async def test_the_api_names_who_sees_to_it(desk: MemoryDesk) -> None:
    overdue(desk.office, owner_id="leo")
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert (task["escalation"], task["escalated_to"]) == (2, "pat")


async def test_the_digest_tells_whoever_sees_to_it(desk: MemoryDesk) -> None:
    overdue(desk.office, owner_id="ash", role="assistant")
    desk.office.hear(created("t-2", owner_id="pat", due_at=DUE), id="other")
    with_address(desk)
    assert await ask(desk, "leo") == {"nothing": "nothing-to-do"}
    with_address(desk, staff_id="pat")
    answer = await ask(desk, "pat")
    assert answer["escalated"] == {"kinds": {"Call the client": 1}, "unowned": 0}
    assert answer["overdue"] == {"kinds": {"Call the client": 1}, "unowned": 0}


async def test_a_task_that_is_due_later_again_is_escalated_no_more(desk: MemoryDesk) -> None:
    overdue(desk.office, owner_id="leo")
    desk.office.hear(updated(owner_id="leo", due_at=LATE + timedelta(days=3)), id="later")
    task = (await desk.as_person(LEO).get("/tasks/t-1")).json()
    assert task["escalation"] == 0
    assert "escalated_to" not in task


def test_what_is_offered_to_nobody_who_works_here_is_everybodys(desk: MemoryDesk) -> None:
    desk.office.hear(created(owner_id="somebody-long-gone"))
    task = desk.office.get(LISTED, "t-1")
    assert task is not None
    assert task.owner_id is None
