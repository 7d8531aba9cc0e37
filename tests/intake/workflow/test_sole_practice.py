"""Can a lawyer who is the whole firm decide a conflict check, and nobody alone elsewhere?"""

from datetime import timedelta

import pytest

from services.intake.domain.sole_practice import SolePractice
from shared.contracts.tasks import TaskCompleted
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.intake.office import CLEARED, OFFICER, intake, onboarded, only_task, opened, party

LAWYER = Actor(id="s-lawyer", roles=("lawyer", "partner"))
ALONE = SolePractice(timedelta(hours=24))


def own_matter(sole_practice: SolePractice | None) -> MemoryService:
    """A client of this lawyer may be an opponent of another client."""
    office = intake(sole_practice=sole_practice)
    office.hear(party("Bob Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith", owner_id=LAWYER.id))
    office.hear(opened("m-1", "c-1", owner_id=LAWYER.id))
    return office


def refused(office: MemoryService, fields: dict[str, str]) -> RuleError:
    with pytest.raises(RuleError) as no:
        office.decide(only_task(office), "clear", fields, actor=LAWYER)
    return no.value


def test_elsewhere_whoever_brings_it_is_barred_however_long_they_wait() -> None:
    office = own_matter(None)
    office.now += timedelta(days=30)
    assert refused(office, CLEARED).code == "barred"


def test_the_only_lawyer_has_to_wait() -> None:
    office = own_matter(ALONE)
    office.now += timedelta(hours=23)
    no = refused(office, CLEARED)
    assert (no.code, "in 1 hour." in no.message) == ("cooling-off", True)


def test_the_only_lawyer_needs_a_reason_in_words() -> None:
    office = own_matter(ALONE)
    office.now += timedelta(hours=24)
    assert refused(office, CLEARED | {"reason": " "}).field == "reason"


def test_after_that_they_decide_and_it_is_said_that_they_were_alone() -> None:
    office = own_matter(ALONE)
    office.now += timedelta(hours=24)
    office.decide(only_task(office), "clear", CLEARED, actor=LAWYER)
    assert office.announced_of(TaskCompleted)[-1].sole_practice is True


def test_a_second_person_decides_at_once_and_is_not_said_to_be_alone() -> None:
    office = own_matter(ALONE)
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    assert office.announced_of(TaskCompleted)[-1].sole_practice is None
