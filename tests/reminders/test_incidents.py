"""Does a detected breach begin the hours of the law, and is an emergency sooner escalated?"""

from datetime import timedelta
from itertools import permutations
from typing import Any

from services.desk.settings import DeskSettings
from shared.contracts.commitments import (
    CommitmentMade,
    CommitmentMet,
    CommitmentMissed,
    CommitmentVoided,
)
from shared.contracts.incidents import DataBreachDetected, IncidentDismissed, IncidentUpdated
from shared.contracts.tasks import TaskCancelled, TaskCreated, TaskEscalated
from shared.tasks import TASKS
from tests.reminders.over_memory import MONDAY, Reminders, shipped
from tests.reminders.test_commitments import endings, tasks

HOUR = timedelta(hours=1)
BREACH = DataBreachDetected(incident_ref="sec/7", detected_at=MONDAY, severity="high")


def step(name: str = "notify-authority", hours: float = 50, **more: Any) -> IncidentUpdated:
    values = {"incident_id": "i-1", "incident_ref": "sec/7", "step": name, "outcome": "done"}
    return IncidentUpdated(**{**values, "at": MONDAY + hours * HOUR, **more})


def test_a_breach_is_owed_to_the_authority_in_72_hours_by_its_source() -> None:
    reminders = Reminders()
    reminders.tell(BREACH, BREACH)
    (made,) = reminders.announced_of(CommitmentMade)
    assert (made.due_at - MONDAY, made.source, made.edition) == (
        72 * HOUR, "GDPR Art. 33 (1)", "2016/679",
    )  # fmt: skip
    assert made.about.incident_ref == "sec/7"
    reminders.after(hours=47)
    assert tasks(reminders) == []
    reminders.now = MONDAY + 47 * HOUR
    reminders.after(hours=2)
    (task,) = tasks(reminders)
    assert (task.role, task.priority) == ("partner", "urgent")
    reminders.after(days=9)
    assert endings(reminders) == [("notify-authority", CommitmentMissed.TYPE)]


def test_the_step_that_notifies_meets_it_and_no_other_step_does() -> None:
    for order in permutations((BREACH, step(), step("contain", 5, incident_ref=None))):
        reminders = Reminders()
        reminders.tell(*order)
        reminders.after(days=9)
        assert endings(reminders) == [("notify-authority", CommitmentMet.TYPE)]


def test_no_breach_or_no_risk_and_nothing_is_owed() -> None:
    reminders = Reminders()
    reminders.tell(BREACH)
    reminders.tell(IncidentDismissed(proposal_id="ip-1", kind="data-breach", incident_ref="sec/7",
                                     by="pat", at=MONDAY + HOUR))  # fmt: skip
    reminders.after(days=9)
    assert endings(reminders) == [("notify-authority", CommitmentVoided.TYPE)]


def test_the_clock_of_the_plan_is_that_of_the_standard() -> None:
    rule = next(each for each in shipped() if each.rule.rule_id == "notify-authority").rule
    clocks = {
        name: each.clock
        for plan in DeskSettings().plans().values()
        for name, each in plan.steps.items()
        if each.clock is not None
    }
    assert set(clocks) == {"notify-authority"}
    clock, keep, moment = clocks["notify-authority"], rule.keep, rule.moment
    assert keep is not None
    assert moment is not None
    assert (clock.source, clock.edition) == (keep.source, keep.edition)
    assert (clock.within.amount, clock.within.unit) == (moment.offset.amount, "h")


def test_who_does_not_say_that_they_are_safe_is_somebody_s_within_a_quarter_of_an_hour() -> None:
    reminders = Reminders()
    asked: dict[str, Any] = {"service": "desk", "version": 1, "title": "Say whether you are safe",
                             "why": {"event_id": "e", "text": "An incident."}, "role": "assistant",
                             "due_at": MONDAY + HOUR / 2}  # fmt: skip
    reminders.tell(
        TaskCreated(task_id="t-ash", kind="roll-call", owner_id="ash", **asked),
        TaskCreated(task_id="t-leo", kind="roll-call", owner_id="leo", **asked),
        TaskCreated(task_id="t-step", kind="incident-step", **asked),
    )
    reminders.tell(TaskCancelled(task_id="t-leo", kind="roll-call", service="desk", version=2,
                                 reason="x", at=MONDAY))  # fmt: skip
    reminders.after(minutes=50)
    said = [(each.task_id, each.level) for each in reminders.announced_of(TaskEscalated)]
    assert sorted(said) == [("t-ash", 1), ("t-ash", 2), ("t-step", 1)]
    assert reminders.all(TASKS) == []
