"""At night checks that stand are searched again: what reopens one, and what leaves it alone?"""

from functools import partial

import pytest

from services.intake.domain.screening import Screening
from services.intake.ports import CHECKS, SCREENINGS
from services.intake.workflow.rescreening import needs_of_rescreening, rescreen
from shared.contracts.intake import ConflictCheckReopened
from shared.contracts.restrictions import RestrictionPlaced
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    CLEARED,
    CONFIG,
    DECLINED,
    LONG_AGO,
    OFFICER,
    OWNER,
    closed,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    opened,
    party,
)

NAME = "Erika Mustermann"


@pytest.fixture
def office() -> MemoryService:
    """A client of whom nothing was found."""
    office = intake()
    office.hear(opened("m-1", owner_id=OWNER))
    office.hear(onboarded(name=NAME))
    return office


def night(office: MemoryService) -> Screening:
    """Every check that stands is searched again."""
    ids = [check.check_id for check in office.all(CHECKS) if check.is_clear]
    step = partial(rescreen, CONFIG, Screening(night="2026-03-02"), ids)
    return office.ask(step, partial(needs_of_rescreening, ids))


def test_an_opponent_known_only_by_an_import_reopens_the_check_of_the_client(
    office: MemoryService,
) -> None:
    office.hear(party(NAME, "adverse", matter_id="m-7"), history=True, time=LONG_AGO)
    assert night(office).reopened == 1
    check = last_check(office, "client:c-1")
    assert (check.state, [hit.ref for hit in check.open_hits]) == ("pending", ["party:m-7.p-1"])
    assert check.rounds[0].reopened_by is None


def test_it_is_said_messages_wait_and_who_brings_the_client_is_kept_from_it(
    office: MemoryService,
) -> None:
    office.hear(party(NAME, "adverse", matter_id="m-7"), history=True, time=LONG_AGO)
    night(office)
    (said,) = office.announced_of(ConflictCheckReopened)
    assert (said.occasion, said.by, said.hit_count) == ("re-screening", None, 1)
    assert [placed.kind for placed in office.announced_of(RestrictionPlaced)] == ["conflict"]
    (task,) = office.tasks("conflict-check")
    assert task.barred == (OWNER,)


def test_a_second_night_finds_nothing_new(office: MemoryService) -> None:
    office.hear(party(NAME, "adverse", matter_id="m-7"), history=True, time=LONG_AGO)
    night(office)
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    assert night(office).reopened == 0


def test_what_is_asked_from_the_other_side_is_not_asked_twice(office: MemoryService) -> None:
    office.hear(party(NAME, "adverse", matter_id="m-7"))
    assert (night(office).reopened, len(office.tasks("conflict-check"))) == (0, 1)


@pytest.mark.parametrize("decision", ["clear", "decline"])
def test_what_was_decided_from_the_other_side_is_decided(
    office: MemoryService, decision: str
) -> None:
    office.hear(party(NAME, "adverse", matter_id="m-7"))
    fields = CLEARED if decision == "clear" else DECLINED
    office.decide(only_task(office), decision, fields, actor=OFFICER)
    assert night(office).reopened == 0


def test_a_party_that_was_cleared_in_one_role_is_new_in_another(office: MemoryService) -> None:
    office.hear(party(NAME, "related", matter_id="m-7"))
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    later = office.now.replace(hour=12)
    office.hear(party(NAME, "adverse", matter_id="m-7"), time=later)
    assert len(office.tasks("conflict-check")) == 1


def test_names_that_are_only_claimed_reopen_nothing(office: MemoryService) -> None:
    office.hear(inquiry("Paul Lang", NAME))
    before = len(office.tasks("conflict-check"))
    assert (night(office).reopened, len(office.tasks("conflict-check"))) == (0, before)


def test_a_client_whose_matters_are_all_closed_is_left_alone(office: MemoryService) -> None:
    office.hear(closed("m-1"), time=office.now.replace(hour=12))
    office.hear(party(NAME, "adverse", matter_id="m-7"), history=True, time=LONG_AGO)
    assert night(office).reopened == 0


def test_how_far_the_night_has_come_is_kept_with_what_it_did(office: MemoryService) -> None:
    office.hear(onboarded("c-2", "Peter Weber"))
    ids = [check.check_id for check in office.all(CHECKS) if check.is_clear]
    night(office)
    kept = office.get(SCREENINGS, "nightly")
    assert kept is not None
    assert (kept.after, kept.screened, kept.done) == (ids[-1], len(ids), False)
