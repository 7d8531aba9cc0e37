"""A person decides about what the firm owes: done, due on another day, or not owed any more?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.next_try import in_words, next_try_at
from services.reminders.ports import CARDS, COMMITMENTS
from services.reminders.workflow.commitments import keep_commitment, move
from services.reminders.workflow.firm_config import FirmConfig
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Decision, Task, complete_task

BY_HAND = "decided"
YES = (True, "yes")


@dataclass(frozen=True)
class CommitmentDecisionSteps:
    """The steps for decisions about commitments."""

    config: FirmConfig

    def needs(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The commitment, and its client."""
        yield COMMITMENTS.one(task.ref)
        yield TASKS.by("ref", task.ref)
        owed = unit.peek(COMMITMENTS, task.ref)
        if owed is not None and owed.client_id is not None:
            yield CARDS.one(owed.client_id)

    def decide(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Done, moved to a day the client knows of, or void, which fewer may decide."""
        owed = unit.get(COMMITMENTS, task.ref)
        if owed is None or not owed.followed:
            raise RuleError("This has been settled already.", code="settled")
        if said.decision == "moved":
            self._move(owed, task, said, unit)
            return
        complete_task(unit, task, said.decision, said.actor.id)
        done = said.decision == "kept"
        after = owed.ended(unit.now) if done else owed.voided(unit.now, BY_HAND)
        card = unit.get(CARDS, owed.client_id) if owed.client_id else None
        keep_commitment(owed, after, card, unit)

    def show(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """What is owed to whom, since when, and who says so."""
        owed = unit.peek(COMMITMENTS, task.ref)
        card = unit.peek(CARDS, task.about.get("client_id", ""))
        if owed is None:
            return {}
        return {
            "name": (card.name if card else None) or "",
            "phone": (card.phone if card else None) or "",
            "owed": owed.what or owed.standard.replace("-", " "),
            "source": f"{owed.source}, {owed.edition}",
            "since": in_words(self.config.firm.calendar.day_of(owed.made_at)),
        }

    def _move(self, owed: Commitment, task: Task, said: Decision, unit: UnitOfWork) -> None:
        if said.fields.get("client_told") not in YES:
            raise RuleError(
                "Tell the client first: a promise moves only when they know.",
                code="client-not-told",
                field="client_told",
            )
        due_at = next_try_at(
            said.fields.get("due_day"), unit.now, self.config.firm.calendar, None, "due_day"
        )
        complete_task(unit, task, said.decision, said.actor.id)
        move(self.config, owed, due_at, unit)
