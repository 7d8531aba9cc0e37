"""Is a former client asked how they are, and one who may leave spoken with?"""

from datetime import timedelta

from shared.contracts.firm import MatterClosed, MatterReopened
from shared.contracts.scorecards import RetentionRiskCleared, RetentionRiskRaised
from tests.reminders.over_memory import ASSISTANT, MONDAY, OPENED, Reminders, client

CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)


def closed() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED, CLOSED)
    return reminders


def asked(reminders: Reminders) -> int:
    return len(reminders.tasks("client-check-in"))


def test_a_month_half_a_year_and_each_year_after_the_last_matter() -> None:
    reminders = closed()
    found = []
    for days in (32, 184, 366, 731, 1096):
        reminders.until(MONDAY + timedelta(days=days))
        (task,) = reminders.tasks("client-check-in")
        found.append(days)
        reminders.decide(task.task_id, "contacted", {"note": "They spoke."}, actor=ASSISTANT)
        assert asked(reminders) == 0
    assert len(found) == 5


def test_it_is_asked_of_whose_matter_it_was() -> None:
    reminders = closed()
    reminders.until(MONDAY + timedelta(days=32))
    (task,) = reminders.tasks("client-check-in")
    assert task.owner_id == "s-9"


def test_whose_matter_goes_on_is_no_former_client() -> None:
    reminders = closed()
    reminders.tell(MatterReopened(matter_id="m-1", client_id="c-1"))
    reminders.until(MONDAY + timedelta(days=400))
    assert asked(reminders) == 0


def test_one_who_may_leave_is_spoken_with_by_a_partner_until_the_risk_is_over() -> None:
    reminders = Reminders()
    reminders.tell(client(), OPENED)
    reasons = ("low-score", "no-contact")
    reminders.tell(RetentionRiskRaised(client_id="c-1", reasons=reasons, at=reminders.now))
    reminders.after(days=0)
    (task,) = reminders.tasks("client-check-in")
    assert (task.role, task.priority) == ("partner", "high")
    reminders.tell(RetentionRiskCleared(client_id="c-1", at=reminders.now))
    assert asked(reminders) == 0
