"""Is the client written to at each step that calls for a letter, once, in the right hand?"""

from datetime import timedelta
from typing import Any

import pytest

from services.feedback.domain.procedure import Procedure, read_procedure
from services.feedback.settings import SHIPPED_CONCERNS
from shared.contracts.letters import LetterRequested
from shared.yaml_text import loaded
from tests.fakes.memory import MemoryService
from tests.feedback.office import LAWYER, PARTNER, answer, asked_office
from tests.feedback.test_agreeing_remedies import LARGE, SMALL, agree
from tests.feedback.test_leading_concerns import (
    END,
    check_due,
    closed_and_due,
    complained,
    concern,
    decide,
    refused,
    steps,
    the_task,
)

SHIPPED = loaded(SHIPPED_CONCERNS.read_text(encoding="utf-8"))


def letters(office: MemoryService) -> list[tuple[str, str | None]]:
    """The letters that were asked for, and by whom."""
    return [(each.letter, each.by) for each in office.announced_of(LetterRequested)]


def test_who_complained_is_written_to_at_each_step_by_whoever_leads_it() -> None:
    office = complained()
    for step in ("acknowledge", "investigated", "told", "signposted"):
        decide(office, step)
    assert letters(office) == [
        ("complaint-acknowledgement", LAWYER.id),
        ("final-response", LAWYER.id),
        ("signposting", LAWYER.id),
    ]
    said = office.announced_of(LetterRequested)
    assert len({each.letter_id for each in said}) == len(said)
    assert {(each.client_id, each.matter_id, each.concern_id) for each in said} == {
        ("c-1", "m-1", concern(office).concern_id)
    }


def test_where_else_they_may_turn_is_told_once_and_stands_among_the_steps() -> None:
    office = complained()
    decide(office, "signposted", note="canary: week seven")
    assert refused(office, "signposted").code == "done-already"
    shown = office.view(the_task(office).task_id, LAWYER)
    assert "signposted" not in shown["open_decisions"]
    done = {each["name"]: bool(each["at"]) for each in shown["steps"]}
    assert done["signposted"]
    assert letters(office) == [("signposting", LAWYER.id)]
    assert "canary" not in repr(office.announced)


def test_whoever_is_heard_again_is_told_again() -> None:
    office = complained()
    decide(office, "signposted")
    decide(office, "resolve", **END)
    office.now += timedelta(days=14)
    closed = concern(office).concern_id
    check_due(office)
    decide(office, "still-unhappy", kind="verify")
    decide(office, "signposted")
    ids = [e.letter_id for e in office.announced_of(LetterRequested) if e.letter == "signposting"]
    assert ids == [f"{closed}-signposted", f"{closed}-signposted-2"]


def test_after_its_end_too_where_nobody_knows_yet_whether_it_is_right() -> None:
    office = closed_and_due()
    task = the_task(office, "verify")
    assert "signposted" in office.view(task.task_id, LAWYER)["open_decisions"]
    decide(office, "signposted", kind="verify")
    assert steps(office)[-1] == "signposted"
    assert letters(office)[-1] == ("signposting", LAWYER.id)
    assert "signposted" not in office.view(task.task_id, LAWYER)["open_decisions"]
    assert refused(office, "signposted", LAWYER, "verify").code == "done-already"
    decide(office, "right-now", kind="verify")
    assert steps(office)[-1] == "verified"


def test_what_was_agreed_after_they_were_told_is_written_by_whoever_proposed_it() -> None:
    office = complained()
    decide(office, "told")
    decide(office, "remedy", **LARGE)
    assert ("remedy", LAWYER.id) not in letters(office)
    agree(office)
    assert letters(office)[-1] == ("remedy", LAWYER.id)
    decide(office, "remedy", **SMALL)
    ids = [e.letter_id for e in office.announced_of(LetterRequested) if e.letter == "remedy"]
    assert len(set(ids)) == 2


def test_what_was_agreed_before_stands_in_the_letter_that_tells_them() -> None:
    office = complained()
    decide(office, "remedy", **SMALL)
    assert letters(office) == []
    decide(office, "told")
    assert letters(office) == [("final-response", LAWYER.id)]


def test_an_unhappy_client_is_called_and_what_is_agreed_is_written() -> None:
    office = asked_office()
    answer(office, 3)
    decide(office, "acknowledge")
    decide(office, "told")
    assert letters(office) == []
    decide(office, "remedy", **SMALL)
    assert letters(office) == [("remedy", LAWYER.id)]
    assert "signposted" not in office.view(the_task(office).task_id, LAWYER)["open_decisions"]


def test_nobody_is_written_to_where_nobody_is_known() -> None:
    office = complained(client_id=None, matter_id=None, about_staff=None)
    decide(office, "signposted", PARTNER)
    assert letters(office) == []


def own(letters: Any) -> Procedure:
    """How concerns are led in a firm that says this of letters."""
    return read_procedure(SHIPPED, {"letters": letters})


def test_a_letter_of_the_firms_own_takes_the_place_of_one_and_drops_no_other() -> None:
    said = own({"complaint": {"told": "our-answer"}}).letters["complaint"]
    assert said["told"] == "our-answer"
    assert said["signposted"] == "signposting"


def test_a_firm_that_writes_no_letter_at_a_step_says_so() -> None:
    said = own({"complaint": {"acknowledged": None}, "recovery": None}).letters
    assert sorted(said["complaint"]) == ["remedy-agreed", "signposted", "told"]
    assert said["recovery"] == {}
    assert own(None).letters == {}


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ({"complaint": {"verified": "x"}}, "letters.complaint: verified is no step"),
        ({"complaint": "final-response"}, "write for each kind its steps"),
        ([], "write for each kind its steps"),
        ({"lawsuit": {"told": "x"}}, "lawsuit"),
    ],
    ids=str,
)
def test_what_is_no_letter_at_a_step_is_refused_by_its_part(letters: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        own(letters)
