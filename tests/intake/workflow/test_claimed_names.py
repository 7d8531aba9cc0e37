"""What do names do that a stranger typed, before anybody of the firm has taken the inquiry?"""

from datetime import timedelta

import pytest

from services.intake.domain.known import CORPUS_KEY
from services.intake.ports import CONFLICT_INDEX, CORPUS, INQUIRIES, MOST_READ
from services.intake.storage import MAPPINGS
from shared.contracts.intake import ConflictCleared
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.filled_in import usual
from tests.intake.office import (
    CLEARED,
    LONG_AGO,
    OFFICER,
    inquiry,
    intake,
    last_check,
    onboarded,
    only_task,
    party,
)

LAWYER = Actor(id="s-lawyer", roles=("lawyer", "partner"))


def named_by_a_stranger() -> MemoryService:
    """A stranger named our client to be as their opponent."""
    office = intake()
    office.hear(inquiry("Zoe Bauer", "Karl Koch"))
    return office


def take(office: MemoryService) -> None:
    (task,) = office.tasks("inquiry-ready")
    office.decide(task.task_id, "contacted", usual("inquiry-ready", "contacted"), actor=LAWYER)


def test_a_real_client_waits_for_nothing_that_a_stranger_typed() -> None:
    office = named_by_a_stranger()
    office.hear(onboarded(name="Karl Koch"))
    assert last_check(office, "client:c-1").state == "no-hits"
    assert [each.client_id for each in office.announced_of(ConflictCleared)][-1] == "c-1"


def test_the_inquiry_itself_is_looked_at_before_anybody_hears_it() -> None:
    office = named_by_a_stranger()
    office.hear(onboarded(name="Karl Koch"))
    kept = office.get(INQUIRIES, "i-1")
    assert kept is not None
    assert kept.state == "blocked"
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert (row["new_name"], row["known_name"], row["client_id"]) == (
        "Karl Koch",
        "Karl Koch",
        "c-1",
    )


def test_however_many_strangers_name_a_client_none_of_them_crowds_out_whom_the_firm_knows() -> None:
    office = intake()
    for n in range(MOST_READ + 20):
        office.hear(inquiry("Somebody Else", "Karl Koch", inquiry_id=f"i-{n}"))
    office.hear(party("Karl Koch", "adverse", matter_id="m-7"))
    office.hear(onboarded("c-9", name="Karl Koch"))
    check = last_check(office, "client:c-9")
    assert ([hit.ref for hit in check.hits], check.more) == (["party:m-7.p-1"], False)


def test_a_claimed_name_is_not_counted_among_those_known() -> None:
    office = named_by_a_stranger()
    assert office.get(CORPUS, CORPUS_KEY) is None or office.all(CORPUS)[0].entries == 0


def test_two_strangers_keep_each_other_from_nothing_and_the_officer_sees_both() -> None:
    office = named_by_a_stranger()
    office.hear(party("Karl Koch", "client", matter_id="m-3"))
    office.hear(inquiry("Karl Koch", "Zoe Bauer", inquiry_id="i-2"))
    assert {hit.inquiry_id for hit in last_check(office, "inquiry:i-2").claimed} == {"i-1"}


def test_after_some_weeks_nobody_finds_a_name_that_only_a_stranger_told() -> None:
    office = named_by_a_stranger()
    office.now += timedelta(weeks=8, seconds=1)
    office.hear(onboarded(name="Karl Koch"))
    assert last_check(office, "client:c-1").claimed == ()


def test_the_database_forgets_such_a_name_by_itself() -> None:
    office = named_by_a_stranger()
    (mapping,) = [each for each in MAPPINGS if each.kind is CONFLICT_INDEX]
    assert mapping.expire is not None
    assert {mapping.expire(known) for known in office.all(CONFLICT_INDEX)} == {
        office.now + timedelta(weeks=8)
    }


def test_once_a_person_takes_the_inquiry_its_names_are_known_for_good() -> None:
    office = named_by_a_stranger()
    take(office)
    assert {known.claimed_until for known in office.all(CONFLICT_INDEX)} == {None}
    office.now += timedelta(weeks=60)
    office.hear(onboarded(name="Karl Koch"))
    assert last_check(office, "client:c-1").state == "pending"


def test_whoever_took_an_inquiry_does_not_clear_a_check_of_it() -> None:
    office = named_by_a_stranger()
    take(office)
    office.hear(onboarded(name="Acme Ltd"))
    more = inquiry("Zoe Bauer", "Karl Koch", "Acme Ltd")
    office.hear(more, time=office.now.replace(hour=10))
    task = only_task(office)
    with pytest.raises(RuleError) as refused:
        office.decide(task, "clear", CLEARED, actor=LAWYER)
    assert refused.value.code == "barred"


def test_when_one_of_two_opposed_inquiries_is_taken_the_other_waits_for_a_decision() -> None:
    office = named_by_a_stranger()
    office.hear(inquiry("Karl Koch", "Zoe Bauer", inquiry_id="i-2"))
    first = next(each for each in office.tasks("inquiry-ready") if each.ref == "i-1")
    office.decide(first.task_id, "contacted", usual("inquiry-ready", "contacted"), actor=LAWYER)
    states = {each.inquiry_id: each.state for each in office.all(INQUIRIES)}
    assert states == {"i-1": "cleared", "i-2": "blocked"}


def test_of_somebody_the_firm_does_not_take_only_their_own_name_stays_known() -> None:
    office = named_by_a_stranger()
    (task,) = office.tasks("inquiry-ready")
    office.decide(task.task_id, "not-taken", {"reason": "No capacity."}, actor=LAWYER)
    kept = {known.ref: known.claimed_until for known in office.all(CONFLICT_INDEX)}
    assert kept["inquiry:i-1"] is None
    assert kept["inquiry:i-1.adverse"] is not None


def test_an_import_of_past_inquiries_is_known() -> None:
    office = intake()
    office.hear(inquiry("Zoe Bauer", "Karl Koch"), history=True, time=LONG_AGO)
    assert {known.claimed_until for known in office.all(CONFLICT_INDEX)} == {None}
