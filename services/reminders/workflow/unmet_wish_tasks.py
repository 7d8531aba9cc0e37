"""A client wishes for what the firm cannot do: which of its people hears of it?

Once per wish: it is for them to write a letter, find a translator, or tell the client. An import
asks nobody; there the timeline says it with each message.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.unmet_wishes import wishes_to_tell
from services.reminders.ports import CARDS
from services.reminders.workflow.arming import NO_LONGER_NEEDED
from services.reminders.workflow.firm_config import DueDays, FirmConfig
from services.reminders.workflow.tasks_for_staff import due_in
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Decision, Task, cancel_task, complete_task, open_task, task_id_for

UNMET_WISH = "unmet-wish"
TITLE = "See to a client's wish that messages cannot meet"


@dataclass(frozen=True)
class WishSteps:
    """The step for every event that may say what a client wishes; the card has heard it before."""

    config: FirmConfig

    def needs(self, event: Event[Any], _unit: ReadSoFar) -> Iterator[Need]:
        """The card; and what was asked before, where a wish may have changed."""
        yield CARDS.one(event.data.client_id)
        if event.type != ClientOnboarded.TYPE:
            yield TASKS.by("ref", _ref(event.data.client_id))

    def hear(self, event: Event[Any], unit: UnitOfWork) -> None:
        """Ask about what is new, and take back what is wished no more."""
        client_id = event.data.client_id
        card = unit.get(CARDS, client_id)
        if card is None or event.history:
            return
        languages = self.config.wording.languages
        served = [name for name, each in self.config.channels.items() if each.can_reach(card)]
        unmet = wishes_to_tell(card, languages, self.config.usual_channel, served)
        for name, text in unmet.items():
            self._ask(client_id, name, text, event, unit)
        if event.type != ClientOnboarded.TYPE:
            still = {_id(unit.service, client_id, name) for name in unmet}
            for task in unit.find(TASKS, "ref", _ref(client_id)):
                if task.state == "open" and task.task_id not in still:
                    cancel_task(unit, task, NO_LONGER_NEEDED)

    def _ask(
        self, client_id: str, name: str, text: str, event: Event[Any], unit: UnitOfWork
    ) -> None:
        open_task(
            unit,
            kind=UNMET_WISH,
            ref=_ref(client_id),
            about=About(client_id=client_id),
            title=TITLE,
            why=Why(event_id=event.id, text=text),
            due_at=due_in(DueDays.within(self.config.days.wish), self.config, unit.now),
            priority="low",
            occasion=name,
        )


def noted(task: Task, said: Decision, unit: UnitOfWork) -> None:
    """Somebody has seen to it."""
    complete_task(unit, task, said.decision, said.actor.id)


def _ref(client_id: str) -> str:
    return f"wishes:{client_id}"


def _id(service: str, client_id: str, name: str) -> str:
    return task_id_for(service, UNMET_WISH, _ref(client_id), name)
