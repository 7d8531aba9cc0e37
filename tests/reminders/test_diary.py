"""Is each deadline verified by a second person, watched by two, and never let go by unseen?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from pydantic import ValidationError

from services.reminders.ports import DEADLINES
from shared.contracts.commitments import CommitmentMade, CommitmentMet, CommitmentMissed
from shared.contracts.deadlines import (
    DeadlineAcknowledged,
    DeadlineCancelled,
    DeadlineDone,
    DeadlineMoved,
    DeadlineSet,
    DeadlineVerified,
)
from shared.errors import RuleError
from shared.tasks import Actor, Task
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client
from tests.reminders.test_commitments import endings

SUNDAY = date(2026, 3, 22)
FRIDAY_EVENING = datetime(2026, 3, 20, 17, tzinfo=UTC)  # the firm closes at 18:00 in Berlin
LAWYER = Actor(id="s-9", roles=("lawyer",))  # of the matter; set the deadline
SECOND = Actor(id="s-1", roles=("assistant",))
THIRD = Actor(id="s-2", roles=("lawyer",))
IDS = {"deadline_id": "d-1", "matter_id": "m-1", "client_id": "c-1"}


def entered(**changes: Any) -> DeadlineSet:
    values = {**IDS, "kind": "appeal", "date": SUNDAY, "source_rule": "§ 517 ZPO", "set_by": "s-9"}
    return DeadlineSet.model_validate({**values, **changes})


def moved(day: date = date(2026, 4, 1)) -> DeadlineMoved:
    return DeadlineMoved(**IDS, date=day, by="s-9", at=MONDAY)


def ready(*events: Any) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED, *events)
    return reminders


def tasks(reminders: Reminders, kind: str) -> list[Task]:
    return sorted(reminders.tasks(kind), key=lambda task: task.ref)


def of_deadlines(reminders: Reminders) -> list[Task]:
    return [task for task in reminders.tasks() if task.kind.startswith("deadline")]


def verified() -> Reminders:
    reminders = ready(entered())
    (task,) = tasks(reminders, "deadline-verification")
    reminders.decide(task.task_id, "right", actor=SECOND)
    return reminders


def acknowledged() -> Reminders:
    reminders = verified()
    for who, watch in ((LAWYER, "lawyer"), (SECOND, "second")):
        (task,) = [
            t for t in tasks(reminders, "deadline-acknowledgement") if t.ref.startswith(watch)
        ]
        reminders.decide(task.task_id, "acknowledged", actor=who)
    return reminders


def test_the_firm_owes_it_by_the_last_business_day_before() -> None:
    reminders = ready(entered())
    (made,) = reminders.announced_of(CommitmentMade)
    assert (made.standard, made.what, made.due_at) == ("deadline", "appeal", FRIDAY_EVENING)
    assert made.about.deadline_id == "d-1"


def test_a_second_person_verifies_it_and_nobody_who_set_it() -> None:
    reminders = ready(entered())
    (task,) = tasks(reminders, "deadline-verification")
    assert (task.barred, task.priority) == (("s-9",), "high")
    with pytest.raises(RuleError, match="not to deal with this"):
        reminders.decide(task.task_id, "right", actor=LAWYER)
    assert tasks(reminders, "deadline-acknowledgement") == []
    reminders.decide(task.task_id, "right", actor=SECOND)
    (said,) = reminders.announced_of(DeadlineVerified)
    assert (said.by, said.date) == ("s-1", SUNDAY)


def test_it_is_acknowledged_by_two_people_of_whom_one_handles_the_matter() -> None:
    reminders = verified()
    lawyer, second = tasks(reminders, "deadline-acknowledgement")
    assert (lawyer.owner_id, lawyer.roles, second.owner_id) == ("s-9", ("lawyer", "partner"), None)
    assert second.barred == ("s-9",)
    reminders.decide(lawyer.task_id, "acknowledged", actor=THIRD)  # who acts for the lawyer
    _, second = tasks(reminders, "deadline-acknowledgement")[-1:] * 2
    assert set(second.barred) == {"s-9", "s-2"}
    with pytest.raises(RuleError, match="not to deal with this"):
        reminders.decide(second.task_id, "acknowledged", actor=THIRD)
    reminders.decide(second.task_id, "acknowledged", actor=SECOND)
    said = reminders.announced_of(DeadlineAcknowledged)
    assert [(each.watch, each.by) for each in said] == [("lawyer", "s-2"), ("second", "s-1")]
    (deadline,) = reminders.all(DEADLINES)
    assert deadline.seen_by_all


def test_what_another_system_verified_is_acknowledged_at_once() -> None:
    reminders = ready(entered(verified_by="s-4"))
    assert tasks(reminders, "deadline-verification") == []
    assert len(tasks(reminders, "deadline-acknowledgement")) == 2


def test_nobody_verifies_their_own_deadline_elsewhere_either() -> None:
    with pytest.raises(ValidationError, match="must be somebody else than set_by"):
        entered(verified_by="s-9")


def test_a_wrong_day_is_corrected_and_verified_by_another_again() -> None:
    reminders = ready(entered())
    (task,) = tasks(reminders, "deadline-verification")
    fields = {"due_day": "2026-03-20", "source_rule_now": "§ 569 ZPO"}
    reminders.after(minutes=1)
    reminders.decide(task.task_id, "wrong", fields=fields, actor=SECOND)
    (said,) = reminders.announced_of(DeadlineMoved)
    assert (said.date, said.by) == (date(2026, 3, 20), "s-1")
    (again,) = tasks(reminders, "deadline-verification")
    assert again.task_id != task.task_id
    assert again.barred == ("s-1",)
    reminders.tell(said)  # as the service hears itself
    assert tasks(reminders, "deadline-verification") == [again]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"due_day": "2026-02-27", "source_rule_now": "x"}, "past"),
        ({"due_day": "2026-03-22", "source_rule_now": "x"}, "same"),
        ({"due_day": "tomorrow", "source_rule_now": "x"}, "invalid"),
        ({"due_day": "2026-03-23", "source_rule_now": "two\nlines"}, "invalid"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_field(fields: Any, code: str) -> None:
    reminders = ready(entered())
    (task,) = tasks(reminders, "deadline-verification")
    with pytest.raises(RuleError) as refused:
        reminders.decide(task.task_id, "wrong", fields=fields, actor=SECOND)
    assert refused.value.code == code
    assert refused.value.field in fields


def test_both_are_warned_before_each_by_a_task_of_their_own() -> None:
    reminders = acknowledged()
    reminders.until(FRIDAY_EVENING - timedelta(days=7, minutes=1))
    assert reminders.tasks() == []
    reminders.after(minutes=2)
    (lawyer,) = tasks(reminders, "deadline")
    (second,) = tasks(reminders, "deadline-acknowledgement")
    assert (lawyer.owner_id, lawyer.priority) == ("s-9", "high")
    assert (second.owner_id, second.priority) == ("s-1", "urgent")
    reminders.until(FRIDAY_EVENING - timedelta(days=1, minutes=-1))
    (lawyer,) = tasks(reminders, "deadline")
    (second,) = tasks(reminders, "deadline-acknowledgement")
    assert (lawyer.priority, lawyer.version, second.version) == ("urgent", 2, 2)


def test_done_needs_how_and_ends_all_that_is_asked() -> None:
    reminders = acknowledged()
    reminders.until(FRIDAY_EVENING - timedelta(days=1))
    (task,) = tasks(reminders, "deadline")
    with pytest.raises(RuleError, match="How it was done is needed"):
        reminders.decide(task.task_id, "done", actor=LAWYER)
    fields = {"proof": "Filed electronically, receipt 4711."}
    reminders.decide(task.task_id, "done", fields=fields, actor=LAWYER)
    assert endings(reminders) == [("deadline", "commitment-met")]
    assert reminders.tasks() == []
    (said,) = reminders.announced_of(DeadlineDone)
    reminders.tell(said)
    reminders.after(days=30)
    assert len(reminders.announced_of(CommitmentMet)) == 1
    assert reminders.announced_of(CommitmentMissed) == []
    (deadline,) = reminders.all(DEADLINES)
    assert deadline.proof == fields["proof"]


def test_what_nobody_does_is_missed_once_and_stays_with_the_lawyer() -> None:
    reminders = acknowledged()
    reminders.until(FRIDAY_EVENING + timedelta(days=20))
    (missed,) = reminders.announced_of(CommitmentMissed)
    assert (missed.due_at, missed.standard) == (FRIDAY_EVENING, "deadline")
    (task,) = tasks(reminders, "deadline")
    assert (task.title, task.priority) == ("Missed: Meet a deadline", "urgent")


def test_a_moved_deadline_is_seen_by_everybody_anew() -> None:
    reminders = acknowledged()
    reminders.after(minutes=1)
    reminders.tell(moved())
    (task,) = tasks(reminders, "deadline-verification")
    reminders.decide(task.task_id, "right", actor=SECOND)
    assert len(tasks(reminders, "deadline-acknowledgement")) == 2
    assert reminders.announced_of(CommitmentMade)[-1].due_at.date() == date(2026, 4, 1)


def test_only_a_lawyer_says_that_it_does_not_run_any_more() -> None:
    reminders = acknowledged()
    reminders.until(FRIDAY_EVENING - timedelta(days=1))
    (task,) = tasks(reminders, "deadline")
    fields = {"reason": "The appeal was withdrawn."}
    with pytest.raises(RuleError, match="decided by: lawyer, partner"):
        reminders.decide(task.task_id, "cancelled", fields=fields, actor=SECOND)
    reminders.decide(task.task_id, "cancelled", fields=fields, actor=LAWYER)
    assert endings(reminders) == [("deadline", "commitment-voided")]
    assert reminders.tasks() == []


def test_what_is_entered_too_late_is_asked_for_at_once() -> None:
    reminders = ready(entered(date=MONDAY.date() - timedelta(days=3)))
    reminders.after(minutes=1)
    (verification,) = tasks(reminders, "deadline-verification")
    (task,) = tasks(reminders, "deadline")
    assert verification.priority == "urgent"
    assert task.title == "Missed: Meet a deadline"
    assert "gone by, unverified" in verification.why["text"]


def test_an_imported_deadline_is_not_verified_again_and_its_warnings_come() -> None:
    reminders = ready()
    reminders.hear(entered(), time=MONDAY - timedelta(days=90), history=True)
    assert reminders.tasks() == []
    reminders.until(FRIDAY_EVENING - timedelta(days=6))
    assert len(tasks(reminders, "deadline")) == 1
    assert len(tasks(reminders, "deadline-acknowledgement")) == 1


def test_whose_the_matter_is_is_known_without_the_client_too() -> None:
    reminders = ready(entered(client_id=None, verified_by="s-4"))
    lawyer, _ = tasks(reminders, "deadline-acknowledgement")
    assert lawyer.owner_id == "s-9"


def test_a_move_heard_before_its_deadline_is_verified_once() -> None:
    reminders = ready()
    reminders.hear(moved(), time=MONDAY + timedelta(minutes=1))
    reminders.hear(entered(), time=MONDAY)
    (task,) = tasks(reminders, "deadline-verification")
    shown = reminders.view(task.task_id, SECOND)
    assert shown["day"] == "Wednesday, 1 April 2026"
    assert shown["source_rule"] == "§ 517 ZPO"


ENDED = (
    lambda: DeadlineDone(**IDS, by="s-9", at=MONDAY),
    lambda: DeadlineCancelled(**IDS, by="s-9", at=MONDAY),
)


@pytest.mark.parametrize("end", ENDED)
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_it_is_heard_it_ends_the_same(
    order: tuple[int, ...], end: Callable[[], Any]
) -> None:
    happened = [entered(), moved(), end()]
    reminders = ready()
    for number in order:
        reminders.hear(happened[number], time=MONDAY + timedelta(minutes=number))
    reminders.after(days=60)
    (deadline,) = reminders.all(DEADLINES)
    assert (deadline.day, deadline.kind, deadline.runs) == ("2026-04-01", "appeal", False)
    assert deadline.source_rule == "§ 517 ZPO"
    assert of_deadlines(reminders) == []
    assert [each for each, _ in endings(reminders)].count("deadline") == 1
