"""Do the other services hear how clients read of the firm's lawyers?"""

from dataclasses import replace

import pytest

from services.desk.domain.staff import Seed, StaffMember
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.naming import name_all, naming_needs
from services.desk.workflow.people import change_roles, change_roles_needs
from services.desk.workflow.seeding import account_needs, open_accounts, seed, seed_needs
from services.desk.workflow.staffing import disable, disable_needs
from shared.contracts.desk import StaffNamed
from shared.contracts.envelope import Cause
from tests.fakes.memory import MemoryService

EVA = Seed("eva", ("lawyer",), name="Dr. Eva Berg", phone="+49 30 1234568", title="Rechtsanwältin")


def start(office: MemoryService, *seeds: Seed) -> list[StaffNamed]:
    """The desk starts with this file of staff; what it says of their names."""
    staff, keys = office.all(STAFF), office.all(API_KEYS)
    cause = Cause("urn:clientele:desk", "start", "start", "start", None, office.now)
    before = len(office.announced_of(StaffNamed))
    office.act(seed(seeds, staff, keys), seed_needs(seeds, staff, keys), cause)
    office.act(open_accounts(seeds, {}), account_needs(seeds), cause)
    everybody = [each.staff_id for each in office.all(STAFF)]
    office.act(name_all(everybody), naming_needs(*everybody), cause)
    return office.announced_of(StaffNamed)[before:]


def test_a_lawyer_is_named_as_the_file_of_staff_does() -> None:
    (said,) = start(MemoryService("desk"), EVA)
    assert said == StaffNamed(
        staff_id="eva", name="Dr. Eva Berg", phone="+49 30 1234568", title="Rechtsanwältin"
    )


def test_who_leads_no_matters_is_named_below_their_letters_and_never_as_in_charge() -> None:
    ash = Seed("ash", ("assistant",), name="Ash Lane", title="Paralegal")
    (said,) = start(MemoryService("desk"), ash)
    assert said == StaffNamed(
        staff_id="ash", name="Ash Lane", title="Paralegal", leads_matters=False
    )


def test_of_who_only_keeps_the_machines_running_no_name_is_told() -> None:
    (said,) = start(MemoryService("desk"), Seed("oskar", ("ops",), name="Oskar", phone="+49 30 1"))
    assert said == StaffNamed(staff_id="oskar", leads_matters=False)


def test_who_is_a_lawyer_no_more_is_nobodys_lawyer() -> None:
    office = MemoryService("desk")
    start(office, EVA)
    pat = StaffMember(staff_id="pat", roles=("partner",))
    cause = Cause("urn:clientele:desk", "roles", "request", "roles", None, office.now)
    step = change_roles("eva", ("assistant",), pat, "UTC")
    office.act(step, change_roles_needs("eva"), cause)
    said = office.announced_of(StaffNamed)[-1]
    assert (said.name, said.leads_matters) == ("Dr. Eva Berg", False)


@pytest.mark.parametrize("name", [None, "Eva@Firm.example", "eva"])
def test_a_log_in_name_is_never_told_as_a_name(name: str | None) -> None:
    user = "eva" if name == "eva" else "eva@firm.example"
    (said,) = start(MemoryService("desk"), Seed("eva", ("partner",), user=user, name=name))
    assert said == StaffNamed(staff_id="eva")


def test_who_is_not_in_the_file_any_more_works_here_no_more() -> None:
    office = MemoryService("desk")
    start(office, EVA)
    (said,) = start(office)
    assert said == StaffNamed(staff_id="eva", works_here=False)


def test_who_is_disabled_is_named_to_nobody_at_once() -> None:
    office = MemoryService("desk")
    start(office, replace(EVA, user="eva@firm.example"))
    cause = Cause("urn:clientele:desk", "bye", "ops", "bye", None, office.now)
    office.act(disable("eva", (), "UTC"), disable_needs("eva", ()), cause)
    assert office.announced_of(StaffNamed)[-1] == StaffNamed(staff_id="eva", works_here=False)
