"""Are two clients that may be one looked at by two persons, once, and merged only then?"""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.intake.domain.consents import Consent
from services.intake.domain.duplicates import stricter
from services.intake.domain.sole_practice import SolePractice
from services.intake.ports import DUPLICATES
from services.intake.workflow.merging import needs_of_proposing, propose_by_hand
from shared.contracts.envelope import Cause
from shared.contracts.records import ClientMerged
from shared.contracts.tasks import TaskCompleted
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import START, MemoryService
from tests.intake.office import (
    CLEARED,
    CONFIG,
    OFFICER,
    PARTNER,
    intake,
    onboarded,
    only_task,
    opened,
)

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))
SAME = {"survivor_id": "c-1", "seen": "Born on the same day, at the same address."}


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
    assert [each["matters"] for each in shown["more"]] == [
        [{"matter_id": "m-1", "state": "open"}], [],
    ]  # fmt: skip
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
        decide(office, "same", LAWYER, survivor_id="c-9", seen="born the same day")
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


@pytest.fixture
def alone() -> MemoryService:
    """The same in a practice of one person."""
    return twice(intake(sole_practice=SolePractice(timedelta(hours=24))))


def test_a_practice_of_one_person_waits_and_says_why(alone: MemoryService) -> None:
    decide(alone, "same", PARTNER, **SAME)
    assert merges(alone) == []
    shown = alone.view(task_of(alone).task_id, PARTNER)
    assert (shown["alone"], shown["not_asked"]) == (
        (START + timedelta(hours=24)).isoformat(), ["survivor_id", "seen"],
    )  # fmt: skip
    with pytest.raises(RuleError, match="again in 24 hours"):
        decide(alone, "confirm", PARTNER, why="One birth date.")
    alone.now += timedelta(hours=24)
    with pytest.raises(RuleError) as no:
        decide(alone, "confirm", PARTNER, why=" ")
    assert no.value.field == "why"
    decide(alone, "confirm", PARTNER, why="One birth date.")
    assert [(each.survivor_id, each.merged_id) for each in merges(alone)] == [("c-1", "c-2")]
    (pair,) = alone.all(DUPLICATES)
    assert (pair.alone, pair.reason) == (True, "One birth date.")
    assert alone.announced_of(TaskCompleted)[-1].sole_practice is True


def test_a_second_lawyer_in_such_a_practice_confirms_at_once(alone: MemoryService) -> None:
    decide(alone, "same", PARTNER, **SAME)
    decide(alone, "confirm", LAWYER)
    assert len(merges(alone)) == 1
    assert alone.announced_of(TaskCompleted)[-1].sole_practice is None


def by_hand(office: MemoryService, actor: Actor, survivor: str, other: str) -> str:
    """Somebody names two clients on the client's page."""
    cause = Cause("urn:clientele:desk", "asked", "request", "asked", None, office.now)
    return office.act(
        lambda unit: propose_by_hand(CONFIG, survivor, other, actor, unit),
        partial(needs_of_proposing, survivor, other),
        cause,
    )


def test_named_by_hand_they_need_a_second_person_too() -> None:
    office = intake()
    office.hear(onboarded("c-1", "Erika Mustermann"))
    office.hear(onboarded("c-2", "Ariadne Weber"))
    assert office.tasks("merge-clients") == []
    task_id = by_hand(office, PARTNER, "c-1", "c-2")
    assert merges(office) == []
    assert by_hand(office, PARTNER, "c-1", "c-2") == task_id
    with pytest.raises(RuleError, match="not to deal with this"):
        decide(office, "confirm", PARTNER)
    decide(office, "confirm", LAWYER)
    assert [(each.survivor_id, each.by) for each in merges(office)] == [("c-1", "s-lawyer")]


def test_named_by_hand_it_is_the_task_of_the_check_that_offered_them(
    office: MemoryService,
) -> None:
    assert by_hand(office, LAWYER, "c-2", "c-1") == task_of(office).task_id
    assert office.view(task_of(office).task_id, PARTNER)["survivor_id"] == "c-2"


def test_who_was_said_to_be_two_may_be_named_again(office: MemoryService) -> None:
    decide(office, "different", LAWYER, reason="Mother and daughter.")
    assert office.all(DUPLICATES)[0].reason == "Mother and daughter."
    by_hand(office, PARTNER, "c-1", "c-2")
    decide(office, "confirm", LAWYER)
    assert len(merges(office)) == 1


@pytest.mark.parametrize(("ids", "code"), [(("c-1", "c-1"), "same"), (("c-1", ""), "same"),
                                           (("c-1", "c-9"), "unknown-client")])  # fmt: skip
def test_by_hand_two_are_named_whom_the_firm_knows(
    office: MemoryService, ids: tuple[str, str], code: str
) -> None:
    with pytest.raises(RuleError) as no:
        by_hand(office, PARTNER, *ids)
    assert no.value.code == code


def test_by_hand_a_wall_around_either_holds(office: MemoryService) -> None:
    walled = Actor(id="s-lawyer", roles=("lawyer",), screened=("client:c-2",))
    with pytest.raises(RuleError) as no:
        by_hand(office, walled, "c-1", "c-2")
    assert no.value.code == "screened"


def test_a_second_word_on_another_id_is_refused(office: MemoryService) -> None:
    by_hand(office, PARTNER, "c-1", "c-2")
    with pytest.raises(RuleError, match="confirm it"):
        by_hand(office, LAWYER, "c-2", "c-1")


def test_whoever_else_may_be_the_one_that_went_is_asked_about_anew(office: MemoryService) -> None:
    office.hear(onboarded("c-9", "Somebody Else"))
    office.hear(ClientMerged(survivor_id="c-9", merged_id="c-2", at=START))
    pairs = {each.client_ids: each.state for each in office.all(DUPLICATES)}
    assert pairs[("c-1", "c-9")] == "offered"
    (task,) = office.tasks("merge-clients")
    assert office.view(task.task_id, LAWYER)["first_id"] == "c-1"


def word(granted: bool, stamp: str) -> Consent:
    """A word on one purpose."""
    return Consent(client_id="c-1", purpose="feedback", granted=granted, stamps={"granted": stamp})


@pytest.mark.parametrize(("first", "second"), [("2", "1"), ("1", "2")])
def test_of_two_words_on_a_consent_the_no_holds(first: str, second: str) -> None:
    for there, moved in ((True, False), (False, True), (False, False)):
        held = stricter(word(there, first), word(moved, second))
        assert (held.granted, held.stamp) == (False, "2")
    assert stricter(word(True, first), word(True, second)).granted
