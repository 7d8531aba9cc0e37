"""Does what a client says of our understanding reach a person, and is it put right?"""

from typing import cast

import pytest

from services.intake.domain.attendance import AttendanceNote
from services.intake.ports import ATTENDANCE_NOTES
from services.intake.workflow.understanding import needs_of_answer, say_what_is_wrong, say_yes
from shared.contracts.attendance import (
    UnderstandingConfirmed,
    UnderstandingDisputed,
    UnderstandingRequested,
)
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.intake.office import CONFIG, PARTNER, UNDERSTOOD, intake, onboarded, opened, talked

WRONG = "Not 900 euros: 700, and I may move out in June."
LAWYER = Actor(id="s-lawyer", roles=("lawyer",))


@pytest.fixture
def office() -> MemoryService:
    office = intake()
    for each in (onboarded(), opened()):
        office.hear(each)
    return office


def yes(office: MemoryService, note_id: str, revision: int = 1) -> None:
    office.ask(lambda u: say_yes(note_id, revision, u), lambda u: needs_of_answer(note_id, u))


def no(office: MemoryService, note_id: str, words: str = WRONG, revision: int = 1) -> None:
    office.ask(
        lambda u: say_what_is_wrong(CONFIG, note_id, revision, words, u),
        lambda u: needs_of_answer(note_id, u),
    )


def note(office: MemoryService, note_id: str) -> AttendanceNote:
    return cast("AttendanceNote", office.get(ATTENDANCE_NOTES, note_id))


def test_yes_closes_it_and_is_said_once(office: MemoryService) -> None:
    note_id = talked(office)
    yes(office, note_id)
    yes(office, note_id)
    (said,) = office.announced_of(UnderstandingConfirmed)
    assert (said.note_id, said.revision) == (note_id, 1)
    assert office.tasks() == []
    with pytest.raises(RuleError, match="answered before"):
        no(office, note_id)


def test_what_is_wrong_becomes_one_task_and_no_event_says_it(office: MemoryService) -> None:
    note_id = talked(office)
    no(office, note_id)
    no(office, note_id)
    assert len(office.announced_of(UnderstandingDisputed)) == 1
    (task,) = office.tasks("understanding-disputed")
    assert (task.priority, task.owner_id) == ("high", "s-partner")
    shown = office.view(task.task_id, LAWYER)
    assert (shown["objection"], shown["understood_before"]) == (WRONG, UNDERSTOOD)
    assert "700" not in str(office.announced)


def test_in_other_words_the_client_is_asked_again_and_answers_those(office: MemoryService) -> None:
    note_id = talked(office)
    no(office, note_id)
    (task,) = office.tasks("understanding-disputed")
    right = {"understood": "You pay 700 euros at most."}
    office.decide(task.task_id, "corrected", right, actor=LAWYER)
    assert [each.revision for each in office.announced_of(UnderstandingRequested)] == [1, 2]
    with pytest.raises(RuleError, match="changed meanwhile"):
        yes(office, note_id)
    no(office, note_id, "Still not.", revision=2)
    (second,) = office.tasks("understanding-disputed")
    assert second.task_id != task.task_id
    earlier = note(office, note_id).earlier
    assert [(each.understood, each.objection) for each in earlier] == [(UNDERSTOOD, WRONG)]


def test_what_was_settled_in_a_talk_is_kept_with_both_sides_words(office: MemoryService) -> None:
    note_id = talked(office)
    no(office, note_id)
    (task,) = office.tasks("understanding-disputed")
    with pytest.raises(RuleError) as refused:
        office.decide(task.task_id, "settled", {"reason": "  "}, actor=LAWYER)
    assert refused.value.field == "reason"
    office.decide(task.task_id, "settled", {"reason": "700 euros."}, actor=LAWYER)
    assert len(office.announced_of(UnderstandingRequested)) == 1
    kept = note(office, note_id)
    assert (kept.state, kept.agreed, kept.earlier[0].objection) == ("settled", "700 euros.", WRONG)


def test_nobody_answers_what_was_not_asked(office: MemoryService) -> None:
    with pytest.raises(RuleError, match="no such note"):
        yes(office, "n-unknown")
    assert PARTNER.id == "s-partner"
