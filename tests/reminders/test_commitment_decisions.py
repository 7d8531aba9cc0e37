"""What may a person say about what the firm owes, and what follows?"""

import pytest

from shared.errors import RuleError
from shared.tasks import Actor, Task
from tests.reminders.over_memory import ASSISTANT, Reminders
from tests.reminders.test_commitments import endings, promise, ready, tasks

PARTNER = Actor(id="s-8", roles=("partner",))


class TestDecisions:
    """What a person may say about it."""

    def asked(self) -> tuple[Reminders, Task]:
        reminders = ready()
        reminders.tell(promise())
        reminders.after(days=1.9)
        (task,) = tasks(reminders)
        return reminders, task

    def test_done_counts_as_met(self) -> None:
        reminders, task = self.asked()
        assert reminders.decide(task.task_id, "kept", {"note": "They spoke."}, actor=ASSISTANT)
        reminders.after(days=9)
        assert endings(reminders) == [("promise", "commitment-met")]

    def test_done_after_its_time_stays_missed(self) -> None:
        reminders, _ = self.asked()
        reminders.after(days=2)
        (task,) = tasks(reminders)
        reminders.decide(task.task_id, "kept", {"note": "They spoke."}, actor=ASSISTANT)
        assert endings(reminders) == [("promise", "commitment-missed")]

    def test_it_moves_only_once_the_client_knows(self) -> None:
        reminders, task = self.asked()
        fields = {"due_day": "2026-03-09", "client_told": False, "note": "The court was closed."}
        with pytest.raises(RuleError, match="Tell the client first"):
            reminders.decide(task.task_id, "moved", fields=fields, actor=ASSISTANT)
        reminders.decide(
            task.task_id, "moved", fields={**fields, "client_told": True}, actor=ASSISTANT
        )
        assert tasks(reminders) == []
        reminders.after(days=2)
        assert endings(reminders) == []
        reminders.after(days=5)
        assert endings(reminders) == [("promise", "commitment-missed")]

    def test_only_a_partner_says_that_it_is_not_owed(self) -> None:
        reminders, task = self.asked()
        fields = {"reason": "The matter was settled."}
        with pytest.raises(RuleError, match="decided by: partner"):
            reminders.decide(task.task_id, "void", fields=fields, actor=ASSISTANT)
        reminders.decide(task.task_id, "void", fields=fields, actor=PARTNER)
        reminders.after(days=9)
        assert endings(reminders) == [("promise", "commitment-voided")]
