"""Staff have decided something about a client or a message: what follows?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from services.reminders.domain.contact import Contact, State
from services.reminders.domain.next_try import FIELD as NEXT_TRY
from services.reminders.domain.next_try import in_words
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.statements import stated_by
from services.reminders.domain.wording import WordingError, redacted, without_foot
from services.reminders.ports import CARDS, CONTACTS, SUBJECTS, TEXT_ANSWERS, TIMERS
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.events_heard import EventSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.former_clients import kept_for
from services.reminders.workflow.hand_over_outcomes import (
    needs_of_letter,
    send_again,
    was_handed_over,
)
from services.reminders.workflow.message_words import word
from services.reminders.workflow.tasks_for_staff import try_again
from services.reminders.workflow.told_clients import (
    keep_what_was_told,
    needs_of_planning_on,
    needs_of_telling,
)
from services.reminders.workflow.unanswered_contacts import UnansweredSteps
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientContactLogged
from shared.contracts.reminders import ContactSent
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Decision, Task, complete_task

PHONE = "phone"
NOT_REACHED = "not-reached"
MOST_TEXTS = 3  # of a client, shown to whoever answers them


@dataclass(frozen=True)
class DecisionSteps:
    """The steps for decisions of staff, over the firm's playbooks."""

    config: FirmConfig

    def needs_of_call(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """What the call was for, and what hearing of a contact needs."""
        yield TASKS.by("ref", task.ref)
        yield from self._needs_of_message(task, unit)
        contact = self._contact_of(task, unit)
        if contact is not None:
            yield from needs_of_planning_on(contact, unit)
        yield from self.needs_of_contact(task, unit)

    def called(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Reached: that was a contact. Not reached: somebody tries again, on the day they name."""
        if said.decision == NOT_REACHED:
            self.not_reached(task, said, unit)
            return
        complete_task(unit, task, said.decision, said.actor.id)
        if said.decision == "reached":
            contact = self._contact_of(task, unit)
            if contact is not None:
                announce_contact(
                    ContactSent, replace(contact, channel=PHONE, reason=None, gates=()), unit
                )
                self._told_by_telephone(contact, unit)
            self.spoke(task, said.decision, unit)

    def needs_of_gap(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """What hearing of a contact needs."""
        yield from self.needs_of_contact(task, unit)

    def closed_gap(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Somebody got in touch, need not, or tries again on the day they name."""
        if said.decision == NOT_REACHED:
            self.not_reached(task, said, unit)
            return
        complete_task(unit, task, said.decision, said.actor.id)
        if said.decision in ("contacted", "answered"):
            self.spoke(task, said.decision, unit)

    def needs_of_unknown(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The message, and what it told."""
        yield CONTACTS.one(task.ref)
        contact = unit.peek(CONTACTS, task.ref)
        if contact is not None:
            yield from needs_of_telling(contact, unit)
            yield from needs_of_letter(contact)

    def decide_unknown(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """It had been handed over after all, or it is to be sent again."""
        contact = unit.get(CONTACTS, task.ref)
        if contact is None or contact.state is not State.UNKNOWN:
            raise RuleError("This message has been settled already.", code="settled")
        complete_task(unit, task, said.decision, said.actor.id)
        if said.decision == "send-again":
            send_again(contact, unit)
        else:
            was_handed_over(self.config, contact, unit)

    # -- what staff are shown -----------------------------------------------------------------

    def needs_of_showing(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The client's card, and the words of the message that could not go."""
        if (client_id := task.about.get("client_id")) is not None:
            yield CARDS.one(client_id)
        yield from self._needs_of_message(task, unit)
        timer = _timer_of(task, unit)
        if timer is not None:
            yield SUBJECTS.one(timer.thread)

    def show_client(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """Whom to call, at which number, and what to say."""
        card = unit.peek(CARDS, task.about.get("client_id", ""))
        return {
            "name": (card.name if card else None) or "",
            "phone": (card.phone if card else None) or "",
            "message": self._words_of(task, unit),
            "tries": ", ".join(
                in_words(self.config.firm.calendar.day_of(each)) for each in task.tried
            ),
        }

    def needs_of_writer(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The client's card, and what they wrote by text message."""
        yield from self.needs_of_showing(task, unit)
        yield TEXT_ANSWERS.by("client", task.about.get("client_id", ""))

    def show_writer(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """Whom to answer, and the last texts they wrote, the newest first."""
        texts = unit.find(TEXT_ANSWERS, "client", task.about.get("client_id", ""))
        latest = sorted(texts, key=lambda each: each.at, reverse=True)[:MOST_TEXTS]
        wrote = "\n".join(each.text for each in latest if each.text)
        return {**self.show_client(task, unit), "wrote": wrote}

    def show_message(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """What was handed over, without its link."""
        contact = unit.get(CONTACTS, task.ref)
        if contact is None:
            return {}
        return {"message": redacted(contact.text or ""), "channel": contact.channel}

    # -- inside -------------------------------------------------------------------------------

    def _words_of(self, task: Task, unit: UnitOfWork) -> str:
        """The text of the message, freshly worded for the call; why one calls, the task says."""
        contact = self._contact_of(task, unit)
        card = unit.peek(CARDS, task.about.get("client_id", ""))
        subject = unit.peek(SUBJECTS, contact.thread) if contact else None
        rule = (
            self.config.playbooks.version(contact.rule_id, contact.rule_version)
            if contact
            else None
        )
        if contact is None or card is None or subject is None or rule is None:
            return ""
        try:
            worded = word(self.config, contact, rule, subject, card, unit)
            return redacted(without_foot(worded.text))
        except WordingError:
            return ""

    def _told_by_telephone(self, contact: Contact, unit: UnitOfWork) -> None:
        """Whoever called said what the page showed: what stands now is what was told last."""
        subject = kept_for(contact, unit)
        rule = self.config.playbooks.version(contact.rule_id, contact.rule_version)
        if subject is None or rule is None:
            return
        states = stated_by(rule, subject, contact.contact_id)
        keep_what_was_told(self.config, replace(contact, states=states), unit)

    def not_reached(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """The task stays, and is due on the day of the next try."""
        timer = _timer_of(task, unit)
        before = timer.ends_at if timer is not None else None
        try_again(self.config, task, said.fields.get(NEXT_TRY), before, unit)

    def _contact_of(self, task: Task, unit: ReadSoFar) -> Contact | None:
        timer = _timer_of(task, unit)
        if timer is None or timer.contact_id is None:
            return None
        return unit.peek(CONTACTS, timer.contact_id)

    def _needs_of_message(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        yield TIMERS.one(task.ref)
        yield TIMERS.by("thread", task.ref)
        timer = _timer_of(task, unit)
        if timer is not None and timer.contact_id is not None:
            yield CONTACTS.one(timer.contact_id)

    def needs_of_contact(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """What hearing of a contact needs."""
        logged = _logged(task, "", PHONE, unit)
        if logged is not None:
            yield from EventSteps(self.config).needs(logged, unit)
            yield from UnansweredSteps(self.config).needs(logged, unit)

    def spoke(self, task: Task, decision: str, unit: UnitOfWork, channel: str = PHONE) -> None:
        """Somebody was in touch with the client: the same as if that had been logged."""
        logged = _logged(task, decision, channel, unit)
        if logged is not None:
            EventSteps(self.config).step(logged, unit)
            UnansweredSteps(self.config).hear(logged, unit)


def _timer_of(task: Task, unit: ReadSoFar) -> Occurrence | None:
    """The last of those that ask for this task; tasks of before name it themselves."""
    asked = [each for each in unit.peek_all(TIMERS, "thread", task.ref) if each.asked]
    latest = max(asked, key=lambda each: (each.due_at, each.occurrence_id), default=None)
    return latest or unit.peek(TIMERS, task.ref)


def _logged(
    task: Task, decision: str, channel: str, unit: ReadSoFar
) -> Event[ClientContactLogged] | None:
    client_id = task.about.get("client_id")
    if client_id is None:
        return None
    return Event(
        id=f"{task.task_id}-{decision}",
        source=f"urn:clientele:{unit.service}",
        type=ClientContactLogged.TYPE,
        version=1,
        time=unit.now,
        subject=client_id,
        data=ClientContactLogged(
            client_id=client_id,
            matter_id=task.about.get("matter_id"),
            direction="out",
            channel=channel,
            at=unit.now,
        ),
        correlation_id=task.task_id,
        causation_id=None,
        traceparent=None,
    )
