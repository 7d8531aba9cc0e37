"""Who may decide a conflict check, how, and what follows?"""

from typing import Any

import pytest

from services.intake.domain.checks import Check
from services.intake.ports import CHECKS, INQUIRIES
from shared.contracts.intake import ConflictCleared, ConflictDetected
from shared.contracts.tasks import TaskCompleted
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    CLEARED,
    DECLINED,
    OFFICER,
    OWNER,
    PARTNER,
    WAIVED,
    closed,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    opened,
    party,
    updated,
)


@pytest.fixture
def office() -> MemoryService:
    """A new client who may be an opponent of another client."""
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith"))
    office.announced.clear()
    return office


def check_of(office: MemoryService) -> Check:
    return last_check(office, "client:c-1")


def refusal(office: MemoryService, decision: str, **more: Any) -> RuleError:
    with pytest.raises(RuleError) as refused:
        office.decide(only_task(office), decision, **{"actor": OFFICER, **more})
    return refused.value


def test_clear_clears(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    (cleared,) = office.announced_of(ConflictCleared)
    assert (cleared.client_id, cleared.hit_count, cleared.basis) == ("c-1", 1, "false-positive")


def test_who_decided_and_why_is_recorded(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    check = check_of(office)
    assert (check.decided_by, check.decided_at, check.reason) == (
        OFFICER.id,
        office.now,
        "Another date of birth.",
    )


def test_each_hit_keeps_what_was_decided(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    assert [hit.disposition for hit in check_of(office).hits] == ["cleared"]


def test_a_waiver_needs_its_document(office: MemoryService) -> None:
    assert refusal(office, "clear-with-waiver").field == "document_ref"


@pytest.mark.parametrize("value", ["   ", 7, "x" * 201])
def test_a_waivers_document_must_be_a_reference(office: MemoryService, value: Any) -> None:
    no = refusal(office, "clear-with-waiver", fields=WAIVED | {"document_ref": value})
    assert no.field == "document_ref"


def test_a_reason_must_be_a_text(office: MemoryService) -> None:
    assert refusal(office, "clear", fields=CLEARED | {"reason": ["no"]}).field == "reason"


@pytest.mark.parametrize("decision", ["clear", "decline"])
@pytest.mark.parametrize("missing", ["grounds", "reason"])
def test_no_outcome_without_grounds_and_words(
    office: MemoryService, decision: str, missing: str
) -> None:
    given = CLEARED if decision == "clear" else DECLINED
    assert refusal(office, decision, fields={**given, missing: ""}).field == missing


@pytest.mark.parametrize(("decision", "fields"), [("clear", DECLINED), ("decline", CLEARED)])
def test_the_grounds_fit_the_outcome(
    office: MemoryService, decision: str, fields: dict[str, str]
) -> None:
    assert refusal(office, decision, fields=fields).field == "grounds"


@pytest.mark.parametrize("day", ["2026-03-03", "yesterday", "2026-02-30"])
def test_a_waiver_was_signed_on_a_day_that_has_come(office: MemoryService, day: str) -> None:
    no = refusal(office, "clear-with-waiver", fields=WAIVED | {"signed_on": day})
    assert no.field == "signed_on"


def test_a_waiver_names_each_client_it_concerns(office: MemoryService) -> None:
    office.hear(opened("m-7", "c-5"))
    office.hear(updated(name="Robert Smith"), time=office.now.replace(hour=10))
    task = next(
        each.task_id
        for each in office.tasks("conflict-check")
        if {hit.client_id for check in office.all(CHECKS) for hit in check.hits
            if check.check_id == each.ref} == {"c-5"}
    )  # fmt: skip
    with pytest.raises(RuleError) as refused:
        office.decide(task, "clear-with-waiver", WAIVED | {"affected": "x"}, actor=OFFICER)
    assert refused.value.field == "affected"


def test_a_waiver_with_its_document_clears(office: MemoryService) -> None:
    office.decide(only_task(office), "clear-with-waiver", WAIVED, actor=OFFICER)
    (cleared,) = office.announced_of(ConflictCleared)
    assert (cleared.basis, check_of(office).document_ref) == ("waiver", "D-1")


def test_decline_clears_nothing(office: MemoryService) -> None:
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    assert office.announced_of(ConflictCleared) == []
    assert check_of(office).state == "declined"


def test_every_decision_completes_the_task(office: MemoryService) -> None:
    office.decide(only_task(office), "decline", DECLINED, actor=PARTNER)
    (done,) = office.announced_of(TaskCompleted)
    assert (done.decision, done.actor_id) == ("decline", PARTNER.id)


def test_an_unknown_decision_is_refused(office: MemoryService) -> None:
    assert refusal(office, "perhaps").field == "decision"


def test_a_lawyer_without_the_role_may_not_decide(office: MemoryService) -> None:
    assert refusal(office, "clear", actor=Actor(id="s-1", roles=("lawyer",))).code == "wrong-role"


def test_whoever_brings_the_matter_may_not_clear_it(office: MemoryService) -> None:
    office.hear(opened("m-1", "c-1", owner_id=PARTNER.id))
    assert refusal(office, "clear", actor=PARTNER).code == "barred"


def test_an_owner_who_becomes_known_later_is_barred_from_the_open_task(
    office: MemoryService,
) -> None:
    office.hear(opened("m-1", "c-1", owner_id=OWNER))
    assert office.tasks()[0].barred == (OWNER,)


def test_a_new_owner_of_the_client_is_barred_from_the_open_task(office: MemoryService) -> None:
    office.hear(updated(owner_id=OWNER), time=office.now.replace(hour=10))
    assert office.tasks()[0].barred == (OWNER,)


def test_nobody_decides_about_a_task_they_have_not_seen(office: MemoryService) -> None:
    office.hear(opened("m-1", "c-1", owner_id=OWNER))
    assert refusal(office, "clear", version=1).code == "stale-version"


def test_what_was_cleared_once_is_not_asked_again(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.hear(updated(name="Bobby Smith"), time=office.now.replace(hour=10))
    assert office.tasks() == []
    assert check_of(office).hits[0].settled_by is not None


def test_what_was_cleared_once_is_cleared_again_at_once(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.hear(updated(name="Bobby Smith"), time=office.now.replace(hour=10))
    assert len(office.announced_of(ConflictCleared)) == 2


def test_a_closer_name_than_the_one_cleared_is_asked_about(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.hear(updated(name="Robert Smith"), time=office.now.replace(hour=10))
    assert check_of(office).state == "pending"


def test_another_opponent_of_that_name_is_asked_about(office: MemoryService) -> None:
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.hear(party("Robert Smith", "adverse", matter_id="m-8"))
    assert len(office.announced_of(ConflictDetected)) == 1


def test_an_inquiry_goes_on_once_its_check_is_cleared() -> None:
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(inquiry("Bob Smith"))
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.may_go_on


def test_an_inquiry_is_declined_with_its_check() -> None:
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(inquiry("Bob Smith"))
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.state == "declined"


def test_an_inquiry_with_two_open_checks_stays_blocked_until_both_are_decided() -> None:
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded("c-9", "Acme Ltd"))
    office.hear(inquiry("Bob Smith"))
    office.hear(inquiry("Bob Smith", "Acme Limited"), time=office.now.replace(hour=10))
    office.announced.clear()
    office.decide(office.tasks()[0].task_id, "clear", CLEARED, actor=OFFICER)
    assert office.announced_of(ConflictCleared) == []


def test_somebody_declined_before_is_looked_at_as_a_client() -> None:
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(inquiry("Zoe Bauer", "Bob Smith"))
    office.hear(onboarded("c-7", "Zoe Bauer"))
    assert last_check(office, "client:c-7").state == "no-hits"
    office.hear(inquiry("Robert Smith", inquiry_id="i-2"))
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    office.hear(inquiry("Robert Smith", inquiry_id="i-3"))
    reasons = {why for hit in last_check(office, "inquiry:i-3").hits for why in hit.reasons}
    assert "declined-before" in reasons


def test_a_decided_check_is_decided(office: MemoryService) -> None:
    task_id = only_task(office)
    office.decide(task_id, "clear", CLEARED, actor=OFFICER)
    with pytest.raises(RuleError) as refused:
        office.decide(task_id, "decline", DECLINED, actor=OFFICER)
    assert refused.value.code == "not-open"


def test_the_officer_sees_both_names_side_by_side(office: MemoryService) -> None:
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert (row["new_name"], row["known_name"], row["known_role_then"]) == (
        "Bob Smith",
        "Robert Smith",
        "adverse party",
    )


def test_somebody_who_was_a_former_client_when_checked_is_not_said_to_have_changed() -> None:
    office = intake()
    office.hear(onboarded("c-7", "Thomas Okafor"))
    office.hear(opened(matter_id="m-7", client_id="c-7"))
    office.hear(closed(matter_id="m-7", client_id="c-7"))
    office.hear(inquiry("Erika Sommer", "Thomas Okafor"))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert (row["known_role_then"], row["known_role_now"]) == ("former client", "former client")


def test_the_officer_sees_why_and_how_close(office: MemoryService) -> None:
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert (row["score"], row["reasons"], row["adversity"]) == (
        92,
        ["a short form of the same given name, or one of another language"],
        "adverse",
    )


def test_the_officer_sees_whether_the_matter_is_open_today(office: MemoryService) -> None:
    office.hear(opened("m-7", "c-5"))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert (row["matter_id"], row["matter_status"]) == ("m-7", "open")


def test_every_check_is_kept(office: MemoryService) -> None:
    assert {check.state for check in office.all(CHECKS)} == {"no-hits", "pending"}
