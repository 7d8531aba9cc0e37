"""Does the API say whether the firm may act for a client, to whom it is for?"""

import pytest

from services.desk.domain.staff import StaffMember
from tests.desk.facts import ASH, CLARA, LEO, OSKAR
from tests.desk.memory import MemoryDesk


@pytest.mark.parametrize("person", [ASH, LEO, CLARA], ids=lambda each: each.staff_id)
async def test_whoever_works_with_clients_hears_how_their_checks_stand(
    desk: MemoryDesk, person: StaffMember
) -> None:
    desk.checks.cleared = "unchecked"
    answer = await desk.as_person(person).get("/clearances/c-1")
    assert answer.json() == {"client_id": "c-1", "state": "unchecked"}


async def test_others_do_not(desk: MemoryDesk) -> None:
    assert (await desk.as_person(OSKAR).get("/clearances/c-1")).status_code == 403
    assert desk.checks.asked == []


async def test_where_intake_is_away_it_is_said(desk: MemoryDesk) -> None:
    desk.checks.away = True
    assert (await desk.as_person(LEO).get("/clearances/c-1")).status_code == 503
