"""A client got in touch and nobody answered: who is asked to, and what ends it?

One task per client and matter. It goes as soon as the firm gets in touch or both sides speak.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.reminders.domain.unanswered import NO_MATTER, Correspondence
from services.reminders.ports import CARDS, CORRESPONDENCE
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.tasks_for_staff import say_anew
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientContactLogged
from shared.contracts.reminders import Why
from shared.contracts.tasks import About
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, cancel_task, open_task

ACKNOWLEDGE = "acknowledge-contact"
TITLE = "Answer a client who got in touch"
ANSWERED = "answered"


@dataclass(frozen=True)
class UnansweredSteps:
    """The step for every contact that was logged."""

    config: FirmConfig

    def needs(self, event: Event[ClientContactLogged], unit: ReadSoFar) -> Iterator[Need]:
        """What is known of who said what last, and the tasks about it."""
        client_id = event.data.client_id
        yield CARDS.one(client_id)
        yield CORRESPONDENCE.one(client_id)
        known = unit.peek(CORRESPONDENCE, client_id)
        topics = {event.data.matter_id or NO_MATTER, *(known.heard if known else ())}
        for topic in sorted(topics):
            yield TASKS.by("ref", _ref(client_id, topic))

    def hear(self, event: Event[ClientContactLogged], unit: UnitOfWork) -> None:
        """Ask somebody to answer, or say that it is answered. An import asks nobody."""
        said = event.data
        before = unit.get(CORRESPONDENCE, said.client_id)
        known = before or Correspondence(client_id=said.client_id)
        answers = said.direction == "out" or said.two_way is True
        after = known.with_contact(said.matter_id, said.at, answers=answers)
        if after != before:
            unit.put(CORRESPONDENCE, after)
        topic = said.matter_id or NO_MATTER
        since = after.unanswered(topic)
        asked = event.history or said.mail_id is not None
        if not answers and since is not None and not asked:
            self._ask(event, topic, since, unit)
        for each in after.heard:
            if after.unanswered(each) is None:
                _end(said.client_id, each, unit)

    def _ask(
        self, event: Event[ClientContactLogged], topic: str, since: datetime, unit: UnitOfWork
    ) -> None:
        said = event.data
        text = f"The client got in touch by {said.channel} and nobody has answered."
        why = Why(event_id=event.id, text=text)
        due_at = answer_by(self.config, since, unit.now)
        open_already = _open_tasks(said.client_id, topic, unit)
        if open_already:
            say_anew(open_already[0], why, due_at, None, self.config, unit)
            return
        card = unit.peek(CARDS, said.client_id)
        open_task(
            unit,
            kind=ACKNOWLEDGE,
            ref=_ref(said.client_id, topic),
            about=About(client_id=said.client_id, matter_id=said.matter_id),
            title=TITLE,
            why=why,
            due_at=due_at,
            owner_id=card.owner_of(said.matter_id) if card else None,
            occasion=event.msg_id,
        )


def answer_by(config: FirmConfig, since: datetime, now: datetime) -> datetime:
    """So many business days after the client got in touch; what came to light late, today."""
    calendar = config.firm.calendar
    due_at = calendar.add_business_days(since, config.answer_within)
    if due_at > now:
        return due_at
    today = calendar.close_of_business(calendar.day_of(now))
    return today if today > now else calendar.add_business_days(now, 1)


def _end(client_id: str, topic: str, unit: UnitOfWork) -> None:
    for task in _open_tasks(client_id, topic, unit):
        cancel_task(unit, task, ANSWERED)


def _open_tasks(client_id: str, topic: str, unit: UnitOfWork) -> list[Task]:
    found = unit.find(TASKS, "ref", _ref(client_id, topic))
    return [each for each in found if (each.kind, each.state) == (ACKNOWLEDGE, "open")]


def _ref(client_id: str, topic: str) -> str:
    return f"unanswered:{client_id}:{topic}"
