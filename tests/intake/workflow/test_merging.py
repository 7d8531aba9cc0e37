"""Are two clients that may be one looked at by two persons, once, and merged only then?"""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.consents import Consent
from services.intake.domain.duplicates import stricter
from services.intake.domain.sole_practice import SolePractice
from services.intake.ports import DUPLICATES
from shared.contracts.records import ClientMerged
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import START, MemoryService
from tests.intake.office import CLEARED, OFFICER, PARTNER, intake, onboarded, only_task, opened

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
SAME = {"survivor_id": "c-1"}


@pytest.fixture
def office() -> MemoryService:
    """Intake that has met one name twice."""
    return twice(intake())


def twice(office: MemoryService) -> MemoryService:
    office.hear(onboarded("c-1", "Erika Mustermann", birth_date="1960-01-01"))
    office.hear(opened(client_id="c-1"))
    office.hear(onboarded("c-2", "Mustermann, Erika"))
    return office


def task_of(office: MemoryService) -> Any:
    """The one task about the pair."""
    (task,) = office.tasks("merge-clients")
    return task


def merges(office: MemoryService) -> list[Any]:
    """What was said of merges."""
    return [each.data for each in office.announced if isinstance(each.data, ClientMerged)]


def decide(office: MemoryService, decision: str, actor: Actor, **fields: Any) -> None:
    office.decide(task_of(office).task_id, decision, fields, actor=actor)


def test_a_conflict_check_that_finds_a_possible_duplicate_asks_about_the_two(
    office: MemoryService,
) -> None:
    task = task_of(office)
    assert (task.about, task.title) == (
        {"client_id": "c-2"},
        "Say whether two clients are one person",
    )


def test_both_cards_stand_side_by_side_with_what_differs(office: MemoryService) -> None:
    shown = office.view(task_of(office).task_id, LAWYER)
    lines = {each["label"]: each for each in shown["cards"]}
    assert lines["Born"] == {
        "label": "Born", "first": "1960-01-01", "second": "", "differs": True,
    }  # fmt: skip
    assert lines["Language"]["differs"] is False
    assert [each["matters"] for each in shown["more"]] == [["m-1 (open)"], []]
    assert shown["open_decisions"] == ["same", "different"]


def test_one_person_alone_merges_nobody(office: MemoryService) -> None:
    decide(office, "same", LAWYER, **SAME)
    assert merges(office) == []
    with pytest.raises(RuleError, match="not to deal with this"):
        decide(office, "confirm", LAWYER)


def test_a_second_person_confirms_and_it_is_said_to_every_service(office: MemoryService) -> None:
    decide(office, "same", LAWYER, **SAME)
    decide(office, "confirm", PARTNER)
    (said,) = merges(office)
    assert (said.survivor_id, said.merged_id, said.by) == ("c-1", "c-2", "s-partner")
    assert office.tasks("merge-clients") == []


def test_nobody_confirms_what_nobody_proposed(office: MemoryService) -> None:
    with pytest.raises(RuleError, match="First somebody says"):
        decide(office, "confirm", PARTNER)


def test_which_id_stays_is_one_of_the_two(office: MemoryService) -> None:
    with pytest.raises(RuleError) as no:
        decide(office, "same", LAWYER, survivor_id="c-9")
    assert no.value.field == "survivor_id"


def test_two_persons_are_never_offered_again(office: MemoryService) -> None:
    decide(office, "different", LAWYER, reason="Mother and daughter.")
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    office.hear(onboarded("c-2", "Erika Mustermann"))
    office.hear(onboarded("c-1", "Mustermann Erika"))
    assert office.tasks("merge-clients") == []
    assert [each.state for each in office.all(DUPLICATES)] == ["different"]


def test_a_wall_around_either_keeps_whom_it_names(office: MemoryService) -> None:
    walled = Actor(id="s-lawyer", roles=("lawyer",), screened=("client:c-1",))
    with pytest.raises(RuleError) as no:
        office.view(task_of(office).task_id, walled)
    assert no.value.code == "screened"
    with pytest.raises(RuleError):
        decide(office, "same", walled, **SAME)


def test_merged_elsewhere_nobody_is_asked_any_more(office: MemoryService) -> None:
    office.hear(ClientMerged(survivor_id="c-2", merged_id="c-1", at=START))
    assert office.tasks("merge-clients") == []


def test_a_practice_of_one_person_has_no_second() -> None:
    office = twice(intake(sole_practice=SolePractice(timedelta(hours=24))))
    decide(office, "same", PARTNER, **SAME)
    assert len(merges(office)) == 1


def word(granted: bool, stamp: str) -> Consent:
    """A word on one purpose."""
    return Consent(client_id="c-1", purpose="feedback", granted=granted, stamps={"granted": stamp})


@pytest.mark.parametrize(("first", "second"), [("2", "1"), ("1", "2")])
def test_of_two_words_on_a_consent_the_no_holds(first: str, second: str) -> None:
    for there, moved in ((True, False), (False, True), (False, False)):
        held = stricter(word(there, first), word(moved, second))
        assert (held.granted, held.stamp) == (False, "2")
    assert stricter(word(True, first), word(True, second)).granted
