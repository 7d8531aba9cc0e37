"""Who may take, give and put aside a task, and who may not?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.desk.domain.holding import (
    assign,
    claim,
    may_decide,
    note,
    release,
    snooze,
)
from services.desk.domain.projecting import apply
from services.desk.domain.walls import NotAllowedError, Wall
from shared.errors import RuleError
from tests.desk.facts import ASH, CLARA, LENA, LEO, NOON, OSKAR, PAT, completed, event, listed

FREE = listed()
BARRED = listed(barred=("leo",))


def code_of(no: pytest.ExceptionInfo[RuleError]) -> str:
    return no.value.code


def test_a_claimed_task_is_the_claimants() -> None:
    assert claim(FREE, LEO, NOON, "r-1").owner_id == "leo"


def test_claiming_leaves_the_version_alone() -> None:
    assert claim(FREE, LEO, NOON, "r-1").version == FREE.version


def test_claiming_twice_changes_nothing_more() -> None:
    once = claim(FREE, LEO, NOON, "r-1")
    assert claim(once, LEO, NOON, "r-2") == once


def test_what_somebody_has_cannot_be_claimed() -> None:
    with pytest.raises(RuleError) as no:
        claim(claim(FREE, LEO, NOON, "r-1"), LENA, NOON, "r-2")
    assert code_of(no) == "held"


def test_barred_staff_cannot_claim() -> None:
    with pytest.raises(RuleError) as no:
        claim(BARRED, LEO, NOON, "r-1")
    assert code_of(no) == "barred"


def test_barred_staff_cannot_be_assigned() -> None:
    with pytest.raises(RuleError) as no:
        assign(BARRED, LEO, PAT, NOON, "r-1")
    assert code_of(no) == "barred"


def test_barred_staff_cannot_choose_who_deals_with_it() -> None:
    with pytest.raises(NotAllowedError):
        assign(BARRED, LENA, LEO, NOON, "r-1")


def test_barred_staff_cannot_write_notes() -> None:
    with pytest.raises(NotAllowedError):
        note(BARRED, LEO, NOON, "r-1")


def test_barred_staff_cannot_put_the_task_to_sleep() -> None:
    with pytest.raises(NotAllowedError):
        snooze(BARRED, NOON + timedelta(days=1), LEO, NOON, "r-1")


def test_barred_staff_may_not_decide() -> None:
    assert not may_decide(BARRED, LEO)


def test_another_lawyer_may_decide_what_one_is_barred_from() -> None:
    assert may_decide(BARRED, LENA)


def test_a_person_of_another_role_cannot_claim() -> None:
    with pytest.raises(NotAllowedError) as no:
        claim(FREE, CLARA, NOON, "r-1")
    assert code_of(no) == "wrong-role"


def test_assigning_somebody_of_another_role_names_the_field() -> None:
    with pytest.raises(RuleError) as no:
        assign(FREE, OSKAR, PAT, NOON, "r-1")
    assert no.value.field == "staff_id"


def test_assigning_nobody_known_names_the_field() -> None:
    with pytest.raises(RuleError) as no:
        assign(FREE, None, PAT, NOON, "r-1")
    assert no.value.field == "staff_id"


def test_assigning_somebody_who_has_left_is_refused() -> None:
    with pytest.raises(RuleError) as no:
        assign(FREE, replace(LEO, active=False), PAT, NOON, "r-1")
    assert code_of(no) == "unknown-staff"


def test_a_task_can_be_taken_from_one_person_and_given_to_another() -> None:
    held = claim(FREE, LEO, NOON, "r-1")
    assert assign(held, LENA, ASH, NOON, "r-2").owner_id == "lena"


def test_its_holder_releases_a_task() -> None:
    assert release(claim(FREE, LEO, NOON, "r-1"), LEO, NOON, "r-2").owner_id is None


def test_a_partner_releases_anybodys_task() -> None:
    assert release(claim(FREE, LEO, NOON, "r-1"), PAT, NOON, "r-2").owner_id is None


def test_nobody_else_releases_a_task() -> None:
    with pytest.raises(NotAllowedError):
        release(claim(FREE, LEO, NOON, "r-1"), ASH, NOON, "r-2")


def test_a_released_task_can_be_claimed_again() -> None:
    free = release(claim(FREE, LEO, NOON, "r-1"), LEO, NOON, "r-2")
    assert claim(free, LENA, NOON, "r-3").owner_id == "lena"


def test_a_snoozed_task_sleeps_until_its_instant() -> None:
    until = NOON + timedelta(hours=2)
    task = snooze(FREE, until, LEO, NOON, "r-1")
    assert [task.shown_state(until - timedelta(seconds=1)), task.shown_state(until)] == [
        "snoozed",
        "open",
    ]


def test_a_snoozed_task_can_be_woken() -> None:
    asleep = snooze(FREE, NOON + timedelta(hours=2), LEO, NOON, "r-1")
    assert snooze(asleep, None, LEO, NOON, "r-2").shown_state(NOON) == "open"


@pytest.mark.parametrize("hours", [0, -1, 24 * 367])
def test_a_task_sleeps_only_until_an_instant_within_the_next_year(hours: int) -> None:
    with pytest.raises(RuleError) as no:
        snooze(FREE, NOON + timedelta(hours=hours), LEO, NOON, "r-1")
    assert no.value.field == "until"


def test_a_done_task_cannot_be_claimed() -> None:
    with pytest.raises(RuleError) as no:
        claim(apply(FREE, event(completed(), id="e-2")), LEO, NOON, "r-1")
    assert code_of(no) == "not-open"


def test_each_change_of_hands_stands_in_the_history() -> None:
    task = assign(claim(FREE, LEO, NOON, "r-1"), LENA, LEO, NOON, "r-2")
    task = note(release(task, LENA, NOON, "r-3"), LEO, NOON, "r-4")
    assert [each.kind for each in task.history[1:]] == ["claimed", "assigned", "released", "note"]


def test_a_wall_keeps_somebody_from_a_task_whatever_their_role() -> None:
    for subject in ("client:c-1", "matter:m-1"):
        walled = LEO.behind((Wall("w-1", (subject,)),))
        assert not may_decide(FREE, walled)
        with pytest.raises(NotAllowedError) as no:
            claim(FREE, walled, NOON, "r-1")
        assert code_of(no) == "screened"
    assert may_decide(FREE, LEO.behind((Wall("w-1", ("client:c-2",)),)))


def test_nobody_gives_a_task_to_whom_a_wall_keeps_from_it() -> None:
    walled = LENA.behind((Wall("w-1", ("matter:m-1",)),))
    with pytest.raises(RuleError) as no:
        assign(FREE, walled, LEO, NOON, "r-1")
    assert (code_of(no), no.value.field) == ("screened", "staff_id")
