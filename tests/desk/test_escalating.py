"""Does what nobody does reach somebody, by name, at the desk and in their digest?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.absences import Absence
from services.desk.domain.escalating import SeesToIt, lawyer_of, sees_to_it
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import KnownMatter
from services.desk.ports.tasks import LISTED
from shared.contracts.firm import MatterOpened
from shared.contracts.handovers import HandoverCompleted
from tests.desk.api.test_digests import ask, with_address
from tests.desk.browsing import site_at
from tests.desk.facts import (
    ASH,
    DUE,
    EVERYBODY,
    LENA,
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
    found = sees_to_it(listed(owner_id=held_by), staff, NOON)
    assert (found.staff_id if found else None) == expected


def test_nobody_who_left_is_to_see_to_it() -> None:
    gone = StaffMember(staff_id="aaron", roles=("partner",), active=False)
    assert sees_to_it(listed(), (*EVERYBODY, gone), NOON) == SeesToIt("pat", "partner")


def away(person: StaffMember, substitute: str | None = None) -> StaffMember:
    """The same person, away today."""
    absence = Absence(
        since=NOON - timedelta(days=1), until=NOON + timedelta(days=1), substitute=substitute
    )
    return replace(person, absences=(absence,))


@pytest.mark.parametrize(
    ("lawyer_id", "staff", "expected"),
    [
        ("leo", EVERYBODY, SeesToIt("leo", "leads-matter")),
        ("leo", (away(LEO, "lena"), LENA, PAT), SeesToIt("lena", "acts-for", "leo")),
        ("leo", (away(LEO), LENA, PAT), None),
        ("leo", (away(LEO, "oskar"), OSKAR, PAT), None),
        ("oskar", EVERYBODY, None),
        (None, EVERYBODY, None),
    ],
)
def test_first_it_goes_to_who_leads_the_matter_or_acts_for_them(
    lawyer_id: str | None, staff: tuple[StaffMember, ...], expected: SeesToIt | None
) -> None:
    assert sees_to_it(listed(), staff, NOON, level=1, lawyer_id=lawyer_id) == expected


def test_then_it_goes_to_somebody_else() -> None:
    with_pat = replace(listed(owner_id="leo"), escalated_to="pat")
    assert sees_to_it(with_pat, EVERYBODY, NOON) == SeesToIt("ash", "may-decide")


def matter(id: str, owner_id: str | None) -> KnownMatter:
    """A matter of the client of the tests."""
    return KnownMatter(matter_id=id, client_id="c-1", owner_id=owner_id)


def test_of_a_client_with_two_lawyers_nobody_is_the_one() -> None:
    task = replace(listed(), about={"client_id": "c-1"})
    assert lawyer_of(task, [matter("m-1", "leo"), matter("m-2", "leo")]) == "leo"
    assert lawyer_of(task, [matter("m-1", "leo"), matter("m-2", "lena")]) is None
    assert lawyer_of(task, []) is None


async def test_the_inbox_says_why_it_came_to_whom() -> None:
    site = await site_at(NOON)
    office = site.memory.office
    said = {"client_id": "c-1", "matter_id": "m-1", "practice_area": "tenancy"}
    office.hear(MatterOpened(**said, owner_id="leo"), id="opened")
    office.hear(created(owner_id="ash"), id="made")
    office.now = LATE
    office.hear(escalated(), id="first")
    leo, pat = await site.as_person(LEO), await site.as_person(PAT)
    assert "Escalated to you because you lead this matter" in (await leo.get("/inbox")).text
    office.hear(escalated(level=2), id="second")
    office.hear(escalated(), id="first-again")
    assert "because you are a partner" in (await pat.get("/inbox")).text
    assert "because" not in (await leo.get("/inbox?view=team")).text


def test_a_matter_that_was_handed_over_is_who_leads_it_now(desk: MemoryDesk) -> None:
    office = desk.office
    said = {"client_id": "c-1", "matter_id": "m-1", "practice_area": "tenancy"}
    over = HandoverCompleted(client_id="c-1", matter_id="m-1", from_="leo", to="lena", at=NOON)
    office.hear(over, id="over", time=NOON)
    office.hear(MatterOpened(**said, owner_id="leo"), id="opened", time=NOON - timedelta(days=9))
    office.hear(created(), id="made")
    office.now = LATE
    office.hear(escalated(), id="first")
    task = office.get(LISTED, "t-1")
    assert task is not None
    assert (task.escalated_to, task.escalated_because) == ("lena", "leads-matter")


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
