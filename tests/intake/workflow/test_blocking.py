"""Somebody who is not a client yet asks for help: may the firm go on?"""

from services.intake.domain.roles import Adversity
from services.intake.ports import INQUIRIES
from shared.contracts.intake import ConflictDetected
from tests.intake.office import (
    CLEARED,
    OFFICER,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    party,
)


def test_a_prospect_who_asked_before_is_a_hit_as_an_opponent() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann"))
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-2"))
    (hit,) = last_check(office, "party:m-2.p-1").claimed
    assert (hit.inquiry_id, hit.adversity) == ("i-1", Adversity.ADVERSE)


def test_an_opponent_named_in_an_inquiry_is_a_hit_as_a_client() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann", "Acme Ltd"))
    office.hear(onboarded(name="Acme Limited"))
    (hit,) = last_check(office, "client:c-1").claimed
    assert (hit.inquiry_id, hit.known_role) == ("i-1", "adverse")


def test_each_opponent_of_an_inquiry_is_checked() -> None:
    office = intake()
    office.hear(onboarded(name="Acme Limited"))
    office.hear(inquiry("Erika Mustermann", "Nobody Known", "ACME Ltd."))
    (hit,) = last_check(office, "inquiry:i-1").hits
    assert (hit.searched, hit.ref, hit.role) == (1, "client:c-1", "adverse")


def test_an_inquiry_with_a_hit_is_blocked() -> None:
    office = intake()
    office.hear(party("Erika Mustermann", "adverse", matter_id="m-7"))
    office.hear(inquiry("Erika Mustermann"))
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert (kept.state, kept.may_go_on) == ("blocked", False)


def test_an_inquiry_without_a_hit_may_go_on() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann"))
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.may_go_on


def test_a_client_who_asks_again_is_no_conflict_but_is_noted() -> None:
    office = intake()
    office.hear(onboarded(name="Erika Mustermann"))
    office.hear(inquiry("Erika Mustermann"))
    check = last_check(office, "inquiry:i-1")
    assert (check.state, [hit.ref for hit in check.same_side]) == ("no-hits", ["client:c-1"])


def test_an_inquirer_who_becomes_a_client_is_no_conflict() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann"))
    office.hear(onboarded(name="Erika Mustermann"))
    assert office.announced_of(ConflictDetected) == []


def test_an_inquiry_is_blocked_again_when_its_opponent_turns_out_to_be_a_client() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann", "Acme Ltd"))
    office.hear(onboarded(name="Acme Limited"))
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.state == "blocked"


def test_such_an_inquiry_may_go_on_once_that_is_decided() -> None:
    office = intake()
    office.hear(inquiry("Erika Mustermann", "Acme Ltd"))
    office.hear(onboarded(name="Acme Limited"))
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.may_go_on
