"""Does the key file decide who may call the API, from the next start on?"""

from services.desk.domain.staff import ApiKey, Seed, StaffMember, hash_of
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.seeding import seed, seed_needs
from shared.contracts.envelope import Cause
from tests.fakes.memory import MemoryService

LEO = Seed("leo", ("lawyer",), "leo-key")
ASH = Seed("ash", ("assistant",), "ash-key")


def read(office: MemoryService, *seeds: Seed) -> None:
    staff, keys = office.all(STAFF), office.all(API_KEYS)
    cause = Cause("urn:clientele:desk", "start", "start", "start", None, office.now)
    office.act(seed(seeds, staff, keys), seed_needs(seeds, staff, keys), cause)


def active_keys(office: MemoryService) -> set[str]:
    return {key.key_hash for key in office.all(API_KEYS) if key.active}


def test_everybody_in_the_file_is_let_in() -> None:
    office = MemoryService("desk")
    read(office, LEO, ASH)
    assert active_keys(office) == {hash_of("leo-key"), hash_of("ash-key")}


def test_a_key_that_is_no_longer_in_the_file_is_revoked() -> None:
    office = MemoryService("desk")
    read(office, LEO)
    read(office, Seed("leo", ("lawyer",), "new-key"))
    assert active_keys(office) == {hash_of("new-key")}


def test_a_person_who_is_no_longer_in_the_file_is_inactive() -> None:
    office = MemoryService("desk")
    read(office, LEO, ASH)
    read(office, LEO)
    assert office.get(STAFF, "ash") == StaffMember(
        staff_id="ash", roles=("assistant",), active=False
    )


def test_a_person_who_comes_back_is_active_again() -> None:
    office = MemoryService("desk")
    for seeds in ((LEO,), (), (LEO,)):
        read(office, *seeds)
    assert office.get(API_KEYS, hash_of("leo-key")) == ApiKey(
        key_hash=hash_of("leo-key"), staff_id="leo"
    )


def test_changed_roles_are_taken_over() -> None:
    office = MemoryService("desk")
    read(office, LEO)
    read(office, Seed("leo", ("partner",), "leo-key"))
    assert office.get(STAFF, "leo") == StaffMember(staff_id="leo", roles=("partner",))


def test_several_keys_of_one_person_add_up_their_roles() -> None:
    office = MemoryService("desk")
    read(office, LEO, Seed("leo", ("partner",), "other-key"))
    assert office.get(STAFF, "leo") == StaffMember(staff_id="leo", roles=("lawyer", "partner"))
