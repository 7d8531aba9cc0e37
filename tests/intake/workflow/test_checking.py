"""New names have reached the firm: who is a conflict, and who is not?"""

from datetime import date

import pytest

from services.intake.domain.roles import Adversity
from services.intake.ports import CHECKS, CONFLICT_INDEX
from services.intake.workflow.searching import MOST_LISTED
from shared.contracts.intake import ConflictCleared, ConflictDetected
from shared.contracts.tasks import TaskCreated
from tests.intake.office import (
    LONG_AGO,
    OWNER,
    closed,
    intake,
    last_check,
    onboarded,
    opened,
    party,
    updated,
)


def test_a_client_nobody_knows_is_cleared_at_once() -> None:
    office = intake()
    office.hear(onboarded())
    (cleared,) = office.announced_of(ConflictCleared)
    assert (cleared.client_id, cleared.hit_count, cleared.basis) == ("c-1", 0, "no-hits")


def test_a_client_without_a_hit_gives_nobody_work() -> None:
    office = intake()
    office.hear(onboarded())
    assert office.tasks() == []


def test_a_client_who_is_an_opponent_elsewhere_is_detected() -> None:
    office = intake()
    office.hear(party("Robert J. Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith"))
    (detected,) = office.announced_of(ConflictDetected)
    assert (detected.client_id, detected.hit_count) == ("c-1", 1)


def test_a_party_may_have_whatever_id_its_system_gives_it() -> None:
    office = intake()
    other = party("Robert J. Smith", "adverse", matter_id="m-7")
    office.hear(other.model_copy(update={"party_id": "0123/26-7: Gegner"}))
    office.hear(onboarded(name="Bob Smith"))
    assert len(office.tasks("conflict-check")) == 1


def test_a_client_with_an_undecided_hit_is_not_cleared() -> None:
    office = intake()
    office.hear(party("Bob Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith"))
    assert [each.client_id for each in office.announced_of(ConflictCleared)] == [None]


def test_a_hit_asks_a_conflicts_officer() -> None:
    office = intake()
    office.hear(party("Bob Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith"))
    (task,) = office.announced_of(TaskCreated)
    assert (task.kind, task.role, task.about.client_id) == (
        "conflict-check",
        "conflicts-officer",
        "c-1",
    )


@pytest.mark.parametrize("role", ["client", "prospect"])
@pytest.mark.parametrize("times", [1, 2])
def test_the_same_contact_in_another_role_matches_however_often_it_was_seen(
    role: str, times: int
) -> None:
    """The hole of j-lawyer #2179: known from one matter only, or in other roles, it was missed."""
    office = intake()
    for matter in range(times):
        office.hear(party("Erika Mustermann", role, matter_id=f"m-{matter}"))
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-9"))
    check = last_check(office, "party:m-9.p-1")
    assert [hit.adversity for hit in check.hits] == [Adversity.ADVERSE] * times


@pytest.mark.parametrize("known", ["client", "prospect", "adverse", "related"])
@pytest.mark.parametrize("new", ["client", "prospect", "adverse", "related"])
def test_no_role_keeps_a_name_from_being_compared(known: str, new: str) -> None:
    office = intake()
    office.hear(party("Erika Mustermann", known, matter_id="m-1"))
    office.hear(party("Erika Mustermann", new, matter_id="m-2"))
    check = last_check(office, "party:m-2.p-1")
    assert len(check.hits) + len(check.same_side) == 1


def test_a_new_opponent_who_is_a_client_is_detected() -> None:
    office = intake()
    office.hear(onboarded(name="Acme Limited"))
    office.hear(opened("m-2", "c-2"))
    office.hear(party("ACME Ltd.", "adverse", matter_id="m-2"))
    (detected,) = office.announced_of(ConflictDetected)
    assert (detected.client_id, detected.matter_id, detected.trigger) == ("c-2", "m-2", "party")


def test_an_opponent_in_a_matter_nobody_opened_yet_is_told_by_its_matter() -> None:
    office = intake()
    office.hear(onboarded(name="Acme Limited"))
    office.hear(party("ACME Ltd.", "adverse", matter_id="m-2"))
    (detected,) = office.announced_of(ConflictDetected)
    assert (detected.client_id, detected.matter_id) == (None, "m-2")


def test_a_former_client_is_still_a_hit() -> None:
    office = intake()
    office.hear(onboarded(name="Acme Limited"))
    office.hear(opened())
    office.hear(closed(), time=office.now.replace(hour=10))
    office.hear(party("ACME Ltd.", "adverse", matter_id="m-2"))
    (hit,) = last_check(office, "party:m-2.p-1").hits
    assert (hit.known_role, hit.status) == ("client", "closed")


def test_two_clients_of_one_name_may_be_one_and_are_looked_at() -> None:
    office = intake()
    office.hear(onboarded("c-1", "Erika Mustermann"))
    office.hear(onboarded("c-2", "Mustermann, Erika"))
    (hit,) = last_check(office, "client:c-2").hits
    assert (hit.adversity, hit.reasons[-1]) == (Adversity.UNKNOWN, "possible-duplicate")


def test_two_clients_of_similar_names_are_two_clients() -> None:
    office = intake()
    office.hear(onboarded("c-1", "Robert Smith"))
    office.hear(onboarded("c-2", "R. Smith"))
    assert last_check(office, "client:c-2").state == "no-hits"


def test_the_same_opponent_again_is_no_conflict() -> None:
    office = intake()
    office.hear(party("Acme Ltd", "adverse", matter_id="m-1"))
    office.hear(party("Acme Limited", "adverse", matter_id="m-2"))
    assert last_check(office, "party:m-2.p-1").state == "no-hits"


def test_a_related_person_of_an_opponent_is_looked_at_as_a_client() -> None:
    office = intake()
    office.hear(party("Acme Holdings Ltd", "related", matter_id="m-1"))
    office.hear(onboarded(name="Acme Holdings"))
    (hit,) = last_check(office, "client:c-1").hits
    assert hit.adversity is Adversity.UNKNOWN


def test_a_related_person_of_the_clients_own_matter_is_no_hit() -> None:
    office = intake()
    office.hear(opened("m-1", "c-1"))
    office.hear(party("Erika Mustermann", "related", matter_id="m-1"))
    office.hear(onboarded(name="Erika Mustermann"))
    assert last_check(office, "client:c-1").state == "no-hits"


def test_the_client_as_a_party_of_their_own_matter_is_no_hit() -> None:
    office = intake()
    office.hear(onboarded(name="Erika Mustermann"))
    office.hear(opened())
    office.hear(party("Erika Mustermann", "client", matter_id="m-1"))
    assert last_check(office, "party:m-1.p-1").state == "no-hits"


def test_a_client_published_twice_is_checked_once() -> None:
    office = intake()
    office.hear(onboarded())
    office.hear(onboarded())
    assert len(office.all(CHECKS)) == 1


def test_a_new_name_of_a_client_is_checked() -> None:
    office = intake()
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Erika Schulz"))
    office.hear(updated(name="Erika Mustermann"), time=office.now.replace(hour=10))
    assert last_check(office, "client:c-1").state == "pending"


def test_a_new_address_of_a_client_is_not_checked() -> None:
    office = intake()
    office.hear(onboarded())
    office.hear(updated(email="new@example.com"), time=office.now.replace(hour=10))
    assert len(office.all(CHECKS)) == 1


def test_a_client_is_found_under_a_former_name() -> None:
    office = intake()
    office.hear(onboarded(name="Erika Gabler"))
    office.hear(updated(name="Erika Mustermann"), time=office.now.replace(hour=10))
    office.hear(party("Erika Gabler", "adverse", matter_id="m-2"))
    (hit,) = last_check(office, "party:m-2.p-1").hits
    assert "former-name" in hit.reasons


def test_a_client_found_under_a_maiden_name_is_a_hit() -> None:
    office = intake()
    office.hear(onboarded(name="Erika Mustermann geb. Gabler"))
    office.hear(party("Erika Gabler", "adverse", matter_id="m-2"))
    assert last_check(office, "party:m-2.p-1").state == "pending"


def test_a_party_whose_role_changes_is_checked_again() -> None:
    office = intake()
    office.hear(onboarded("c-9", "Erika Mustermann"))
    office.hear(party("Erika Mustermann", "client", matter_id="m-2"))
    changed = party("Erika Mustermann", "adverse", matter_id="m-2")
    office.hear(changed, time=office.now.replace(hour=10))
    assert {check.state for check in office.all(CHECKS)} == {"no-hits", "pending"}


def test_an_import_of_the_past_is_known_but_not_checked() -> None:
    office = intake()
    office.hear(onboarded("c-1", "Erika Mustermann"), history=True, time=LONG_AGO)
    office.hear(onboarded("c-2", "Erika Mustermann"), history=True, time=LONG_AGO)
    assert len(office.all(CONFLICT_INDEX)) == 2
    assert office.all(CHECKS) == []


def test_a_check_says_how_much_was_known_when_it_was_made() -> None:
    office = intake()
    office.hear(onboarded("c-1", "Erika Mustermann"))
    office.hear(onboarded("c-2", "Peter Weber"))
    check = last_check(office, "client:c-2")
    assert (check.known_entries, check.known_revision) == (1, 1)


def test_a_check_records_the_names_searched_and_their_forms() -> None:
    office = intake()
    office.hear(onboarded(name="Dr. José Núñez"))
    (searched,) = last_check(office, "client:c-1").searched
    assert (searched.name, searched.forms) == ("Dr. José Núñez", ("jose nunez",))


def test_the_owner_of_the_client_may_not_decide() -> None:
    office = intake()
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Erika Mustermann", owner_id=OWNER))
    assert office.tasks()[0].barred == (OWNER,)


def test_a_partys_clean_check_does_not_clear_a_client_who_is_not_clear() -> None:
    office = intake()
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Erika Mustermann"))
    office.hear(opened())
    office.hear(party("Nobody Known", "adverse", matter_id="m-1", n=2))
    assert "c-1" not in [each.client_id for each in office.announced_of(ConflictCleared)]


def test_a_clean_new_name_does_not_clear_a_client_who_is_not_clear() -> None:
    office = intake()
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Erika Mustermann"))
    office.hear(updated(name="Zoe Unknown"), time=office.now.replace(hour=10))
    assert "c-1" not in [each.client_id for each in office.announced_of(ConflictCleared)]


def test_more_namesakes_than_a_check_lists_are_left_to_a_person() -> None:
    office = intake()
    for n in range(205):
        office.hear(onboarded(f"c-{n}", "Hans Meier"), history=True, time=LONG_AGO)
    office.hear(onboarded("c-x", "Hans Meier"))
    check = last_check(office, "client:c-x")
    assert (check.more, check.state, len(check.hits)) == (True, "pending", MOST_LISTED)


def test_what_else_is_known_of_both_is_weighed_and_said() -> None:
    office = intake()
    born = {"birth_date": date(1958, 11, 2)}
    office.hear(party("Robert Smith", "adverse", matter_id="m-7").model_copy(update=born))
    office.hear(onboarded(name="Robert Smith", birth_date="1971-04-30"))
    (hit,) = last_check(office, "client:c-1").hits
    assert hit.score < 80
    assert "other-birth-date" in hit.reasons


def test_a_company_under_another_name_is_found_by_its_number() -> None:
    office = intake()
    number = {"company_number": "HRB 4711"}
    office.hear(party("Alpenbau GmbH", "adverse", matter_id="m-7").model_copy(update=number))
    office.hear(onboarded(name="Tauern Holding AG", company_number="hrb 4711"))
    (hit,) = last_check(office, "client:c-1").hits
    assert (hit.adversity, hit.reasons) == (Adversity.ADVERSE, ("same-company-number",))


def test_a_relative_of_an_opponent_is_not_called_the_opponent() -> None:
    office = intake()
    office.hear(party("Familie Klein", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Peter Klein"))
    (hit,) = last_check(office, "client:c-1").hits
    assert hit.adversity is Adversity.UNKNOWN
