"""Somebody known is let in again by command: what of them stays?"""

from datetime import timedelta

from services.desk.domain.absences import Absence
from services.desk.domain.staff import StaffMember
from services.desk.ports.staff import STAFF
from services.desk.workflow.staffing import Joining, join, join_needs
from shared.contracts.envelope import Cause
from tests.desk.facts import NOON
from tests.fakes.memory import MemoryService

AWAY = Absence(since=NOON, until=NOON + timedelta(days=5), substitute="leo")


def let_in_again(person: StaffMember, *roles: str) -> StaffMember:
    """The person, once a command named these roles for them."""
    office = MemoryService("desk")
    cause = Cause("urn:clientele:desk", "c", "request", "c", None, office.now)
    office.act(lambda unit: unit.put(STAFF, person), lambda _: [STAFF.one("zoe")], cause)
    joining = Joining(staff_id="zoe", roles=roles, user="zoe")
    office.act(join(joining, NOON, "Europe/Berlin"), join_needs(joining), cause)
    found = office.get(STAFF, "zoe")
    assert found is not None
    return found


def test_whom_they_lead_and_when_they_are_away_stays() -> None:
    before = StaffMember(
        staff_id="zoe", roles=("assistant",), leads=("assistant",), absences=(AWAY,)
    )
    after = let_in_again(before, "assistant", "lawyer")
    assert (after.leads, after.absences) == (("assistant",), (AWAY,))
    assert after.roles == ("assistant", "lawyer")


def test_they_lead_nobody_of_a_role_they_have_no_more() -> None:
    before = StaffMember(staff_id="zoe", roles=("assistant",), leads=("assistant",))
    assert let_in_again(before, "lawyer").leads == ()


def test_who_had_left_is_let_in_again() -> None:
    before = StaffMember(staff_id="zoe", roles=("assistant",), active=False, by_command=True)
    assert let_in_again(before, "assistant").active
