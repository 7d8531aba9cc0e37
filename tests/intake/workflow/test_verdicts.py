"""What is said of each hit of a conflict check, and what holds for a pair from then on?"""

from typing import Any

import pytest

from services.intake.domain.checks import Check
from services.intake.ports import SETTLED
from shared.errors import RuleError
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    CLEARED,
    DECLINED,
    OFFICER,
    WAIVED,
    intake,
    last_check,
    onboarded,
    only_task,
    opened,
    party,
)

FIRST, SECOND = "party:m-7.p-1", "party:m-8.p-1"
OTHER_PERSON = {"grounds": "another-person", "words": "Born in 1950."}


@pytest.fixture
def office() -> MemoryService:
    """A new client who may be an opponent in two matters of other clients."""
    office = intake()
    office.hear(opened("m-7", "c-7"))
    office.hear(opened("m-8", "c-8"))
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(party("Robert Smith", "adverse", matter_id="m-8"))
    office.hear(onboarded(name="Robert Smith"))
    return office


def check_of(office: MemoryService) -> Check:
    return last_check(office, "client:c-1")


def decide(office: MemoryService, decision: str, fields: dict[str, Any], **verdicts: Any) -> None:
    refs = {"first": FIRST, "second": SECOND}
    given = {refs[name]: said for name, said in verdicts.items()}
    office.decide(only_task(office), decision, {**fields, "verdicts": given}, actor=OFFICER)


def refusal(office: MemoryService, decision: str, fields: Any, **verdicts: Any) -> RuleError:
    with pytest.raises(RuleError) as refused:
        decide(office, decision, fields, **verdicts)
    return refused.value


def test_each_of_several_hits_has_its_own_verdict(office: MemoryService) -> None:
    said = {"grounds": "no-opposed-interests", "words": "The claim was settled in 2019."}
    decide(office, "clear", CLEARED, first=OTHER_PERSON, second=said)
    kept = {each.ref: (each.grounds, each.words) for each in check_of(office).verdicts}
    assert kept == {
        FIRST: ("another-person", "Born in 1950."),
        SECOND: ("no-opposed-interests", "The claim was settled in 2019."),
    }


@pytest.mark.parametrize("decision", ["clear", "clear-with-waiver", "decline"])
def test_no_outcome_without_a_verdict_on_every_hit(office: MemoryService, decision: str) -> None:
    fields = {"clear": CLEARED, "clear-with-waiver": WAIVED, "decline": DECLINED}[decision]
    no = refusal(office, decision, fields, first=OTHER_PERSON)
    assert (no.field, no.message) == (f"verdicts.{SECOND}.grounds", "Say of match 2 what it is.")


@pytest.mark.parametrize("words", ["", "  ", 7, "x" * 2_001])
def test_a_verdict_is_said_in_words(office: MemoryService, words: Any) -> None:
    said = {"grounds": "another-person", "words": words}
    no = refusal(office, "clear", CLEARED, first=OTHER_PERSON, second=said)
    assert no.field == f"verdicts.{SECOND}.words"


@pytest.mark.parametrize("grounds", ["former-client", "informed-consent", "whatever"])
def test_grounds_that_do_not_clear_clear_nothing(office: MemoryService, grounds: str) -> None:
    said = {"grounds": grounds, "words": "x"}
    no = refusal(office, "clear", CLEARED, first=OTHER_PERSON, second=said)
    assert no.field == f"verdicts.{SECOND}.grounds"


def test_the_rest_may_be_judged_together_and_the_record_says_so(office: MemoryService) -> None:
    decide(office, "clear", CLEARED | {"for_the_rest": True}, first=OTHER_PERSON)
    assert [each.together for each in check_of(office).verdicts] == [False, True]


def test_a_verdict_on_what_is_no_hit_is_refused(office: MemoryService) -> None:
    with pytest.raises(RuleError) as refused:
        fields = {**CLEARED, "verdicts": {"client:c-99": OTHER_PERSON}}
        office.decide(only_task(office), "clear", fields, actor=OFFICER)
    assert refused.value.field == "verdicts"


def test_a_waiver_covers_only_the_hits_it_is_for(office: MemoryService) -> None:
    said = {"grounds": "informed-consent", "words": "Letter of the 1st."}
    decide(office, "clear-with-waiver", WAIVED, first=OTHER_PERSON, second=said)
    dispositions = {hit.ref: hit.disposition for hit in check_of(office).hits}
    assert dispositions == {FIRST: "cleared", SECOND: "waived"}


def test_a_waiver_names_the_clients_of_the_hits_it_covers_and_no_others(
    office: MemoryService,
) -> None:
    said = {"grounds": "informed-consent", "words": "Letter of the 1st."}
    both = WAIVED | {"affected": "one only"}
    no = refusal(office, "clear-with-waiver", both, first=said, second=said)
    assert (no.field, no.message[:9]) == ("affected", "3 clients")


def test_a_waiver_that_covers_nothing_is_no_waiver(office: MemoryService) -> None:
    no = refusal(office, "clear-with-waiver", WAIVED, first=OTHER_PERSON, second=OTHER_PERSON)
    assert no.field == "verdicts"


def test_declining_says_of_which_hit(office: MemoryService) -> None:
    no = refusal(office, "decline", DECLINED, first=OTHER_PERSON, second=OTHER_PERSON)
    assert no.field == "verdicts"


def test_who_is_another_person_stays_so_although_the_firm_declines(office: MemoryService) -> None:
    said = {"grounds": "opposed-interests", "words": "Sued our client."}
    decide(office, "decline", DECLINED, first=OTHER_PERSON, second=said)
    assert [(each.pair, each.decision) for each in office.all(SETTLED)] == [
        (f"client:c-1~{FIRST}", "cleared")
    ]


def test_a_lone_hit_takes_the_grounds_and_words_of_the_decision() -> None:
    office = intake()
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Robert Smith"))
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    (said,) = check_of(office).verdicts
    assert (said.grounds, said.words, said.together) == (
        "another-person", "Another date of birth.", False,
    )  # fmt: skip


def test_whoever_looks_later_sees_each_verdict(office: MemoryService) -> None:
    task_id = only_task(office)
    decide(office, "clear", CLEARED | {"for_the_rest": True}, first=OTHER_PERSON)
    shown = [hit["verdict"] for hit in office.view(task_id, OFFICER)["hits"]]
    assert shown == [
        "Another person: Born in 1950.",
        "Another person (said of several at once): Another date of birth.",
    ]
