"""A decided check is looked at again: who may ask for it, and what waits from then on?"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from services.intake.domain.checks import Check
from services.intake.domain.sole_practice import SolePractice
from services.intake.ports import CHECKS, INQUIRIES, SETTLED
from services.intake.workflow.reopening import needs_of_reopening, reopen
from shared.contracts.intake import ConflictCheckReopened
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    CLEARED,
    CONFIG,
    DECLINED,
    OFFICER,
    OWNER,
    PARTNER,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    party,
)

WHY = "The mother's name is the same, too."


@pytest.fixture
def office() -> MemoryService:
    """A client whose possible conflict was cleared by the officer."""
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith", owner_id=OWNER))
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.announced.clear()
    return office


def check_of(office: MemoryService, subject: str = "client:c-1") -> Check:
    return last_check(office, subject)


def again(
    office: MemoryService, by: Actor = PARTNER, why: str = WHY, subject: str = "client:c-1",
    id: str = "r-1",
) -> Check:  # fmt: skip
    check_id = check_of(office, subject).check_id
    step = partial(reopen, CONFIG, check_id, by, why, id)
    return office.ask(step, partial(needs_of_reopening, check_id), id)


def refusal(office: MemoryService, **more: Actor | str) -> RuleError:
    with pytest.raises(RuleError) as refused:
        again(office, **more)  # type: ignore[arg-type]
    return refused.value


def test_it_waits_for_a_decision_again_and_every_hit_with_it(office: MemoryService) -> None:
    again(office)
    check = check_of(office)
    assert (check.state, [hit.disposition for hit in check.hits]) == ("pending", ["open"])
    assert only_task(office) in {task.task_id for task in office.tasks("conflict-check")}


def test_who_reopened_it_and_why_is_kept_beside_the_decision_that_holds_no_longer(
    office: MemoryService,
) -> None:
    again(office)
    (round,) = check_of(office).rounds
    assert (round.state, round.decided_by, round.reason) == (
        "cleared", OFFICER.id, "Another date of birth.",
    )  # fmt: skip
    assert (round.reopened_by, round.why, round.verdicts[0].grounds) == (
        PARTNER.id, WHY, "another-person",
    )  # fmt: skip


def test_it_is_announced_and_messages_wait_again(office: MemoryService) -> None:
    again(office)
    (said,) = office.announced_of(ConflictCheckReopened)
    assert (said.client_id, said.occasion, said.by) == ("c-1", "person", PARTNER.id)
    (placed,) = office.announced_of(RestrictionPlaced)
    assert (placed.kind, placed.effect, placed.by) == ("conflict", "wait", PARTNER.id)


def test_what_was_remembered_of_the_pair_is_forgotten(office: MemoryService) -> None:
    assert office.all(SETTLED)
    again(office)
    assert office.all(SETTLED) == []


def test_decided_anew_it_is_lifted_and_both_decisions_are_kept(office: MemoryService) -> None:
    again(office)
    office.decide(only_task(office), "clear", CLEARED, actor=PARTNER)
    check = check_of(office)
    assert (check.state, check.decided_by, len(check.rounds)) == ("cleared", PARTNER.id, 1)
    assert office.announced_of(RestrictionLifted)


def test_it_may_be_reopened_more_than_once(office: MemoryService) -> None:
    again(office)
    office.decide(only_task(office), "clear", CLEARED, actor=PARTNER)
    again(office, by=OFFICER, id="r-2")
    assert (check_of(office).reopened, len(office.tasks("conflict-check"))) == (2, 1)


def test_asking_twice_under_one_id_reopens_once(office: MemoryService) -> None:
    again(office)
    again(office)
    assert check_of(office).reopened == 1


def test_whoever_decided_it_does_not_reopen_it_themselves(office: MemoryService) -> None:
    assert refusal(office, by=OFFICER).code == "barred"


def test_in_a_sole_practice_nobody_else_could(office: MemoryService) -> None:

    alone = replace(CONFIG, sole_practice=SolePractice(timedelta(hours=1)))
    check_id = check_of(office).check_id
    step = partial(reopen, alone, check_id, OFFICER, WHY, "r-1")
    assert office.ask(step, partial(needs_of_reopening, check_id)).state == "pending"


@pytest.mark.parametrize("role", ["assistant", "lawyer", "ops"])
def test_others_do_not_reopen_it(office: MemoryService, role: str) -> None:
    assert refusal(office, by=Actor(id="s-9", roles=(role,))).code == "wrong-role"


def test_whoever_brings_the_client_is_kept_from_it(office: MemoryService) -> None:
    owner = Actor(id=OWNER, roles=("partner",))
    assert refusal(office, by=owner).code == "barred"


def test_the_new_task_is_not_for_whoever_brings_the_client(office: MemoryService) -> None:
    again(office)
    (task,) = office.tasks("conflict-check")
    assert task.barred == (OWNER,)


@pytest.mark.parametrize("why", ["", "   ", "x" * 2_001])
def test_a_reason_is_needed(office: MemoryService, why: str) -> None:
    assert refusal(office, why=why).field == "why"


def test_what_waits_already_is_not_reopened(office: MemoryService) -> None:
    again(office)
    assert refusal(office, id="r-2").code == "not-decided"


def test_a_check_that_found_nothing_can_be_reopened_and_cleared_in_words() -> None:
    office = intake()
    office.hear(onboarded())
    again(office, by=OFFICER)
    office.decide(only_task(office), "clear", CLEARED, actor=PARTNER)
    assert check_of(office).state == "cleared"


def test_a_declined_inquiry_is_blocked_again_and_its_letter_is_held_back() -> None:
    office = intake()
    office.hear(onboarded("c-5", "Robert Smith"))
    office.hear(inquiry("Anna Weber", "Robert Smith"))
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    assert len(office.tasks("decline-letter")) == 1
    again(office, subject="inquiry:i-1")
    found = office.get(INQUIRIES, "i-1")
    assert found is not None
    assert (found.state, office.tasks("decline-letter")) == ("blocked", [])


def test_declined_again_the_letter_is_asked_for_again() -> None:
    office = intake()
    office.hear(onboarded("c-5", "Robert Smith"))
    office.hear(inquiry("Anna Weber", "Robert Smith"))
    for by in (OFFICER, PARTNER):
        office.decide(only_task(office), "decline", DECLINED, actor=by)
        other = PARTNER if by is OFFICER else OFFICER
        if by is OFFICER:
            again(office, by=other, subject="inquiry:i-1")
    assert len(office.tasks("decline-letter")) == 1


def test_no_other_check_of_the_client_says_clear_meanwhile(office: MemoryService) -> None:
    again(office)
    assert not all(each.is_clear for each in office.all(CHECKS) if each.client_id == "c-1")
