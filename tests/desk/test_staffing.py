"""Somebody known is let in again by command: what of them stays?"""

from datetime import timedelta

from services.desk.domain.absences import Absence
from services.desk.domain.staff import Seed, StaffMember
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.seeding import account_needs, open_accounts, seed, seed_needs
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


def test_who_was_taken_out_of_the_file_of_staff_is_said_at_the_desk_from_then_on() -> None:
    office = MemoryService("desk")
    cause = Cause("urn:clientele:desk", "c", "request", "c", None, office.now)
    told = Seed("zoe", ("lawyer",), user="zoe", name="Zoe", title="Solicitor")
    for seeds in ([told], []):
        known, keys = office.all(STAFF), office.all(API_KEYS)
        office.act(seed(seeds, known, keys), seed_needs(seeds, known, keys), cause)
        office.act(open_accounts(seeds, {}), account_needs(seeds), cause)
    before = office.get(ACCOUNTS, "zoe")
    joining = Joining(staff_id="zoe", roles=("lawyer",), user="zoe", phone="+49 30 1")
    office.act(join(joining, NOON, "Europe/Berlin"), join_needs(joining), cause)
    after = office.get(ACCOUNTS, "zoe")
    assert before is not None
    assert after is not None
    assert (before.from_file, after.from_file) == (("name", "title"), ())
    assert (after.name, after.title, after.phone) == ("Zoe", "Solicitor", "+49 30 1")


def test_who_had_left_is_let_in_again() -> None:
    before = StaffMember(staff_id="zoe", roles=("assistant",), active=False, by_command=True)
    assert let_in_again(before, "assistant").active
