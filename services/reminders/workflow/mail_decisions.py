"""Somebody sees to a client's e-mail, or looks through mail of strangers: what do they see, and
what follows?
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.reminders.domain.incoming_mail import Attached
from services.reminders.domain.kept_mail import MOST_LISTED, KeptMail
from services.reminders.domain.next_try import in_words
from services.reminders.ports import CARDS, CONTACTS, INCOMING_MAILS, MAILBOX_PLACES
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.incoming_mails import DOUBTFUL, PLACE
from services.reminders.workflow.staff_decisions import NOT_REACHED, DecisionSteps
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, complete_task

ENDS = (
    "It reads as if the client wished to hear no more from the firm. Nothing has been changed: ask "
    "them, and note on their page what they wish."
)
AUTOMATIC = "By its subject it may be an automatic answer."
TOO_MANY = "So many came that the list ends here: all of them are in the inbox."
KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True)
class MailDecisionSteps:
    """The steps for decisions about mail that came."""

    config: FirmConfig

    def needs(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """What hearing of a contact needs."""
        yield from DecisionSteps(self.config).needs_of_contact(task, unit)

    def decide(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Answered: that was a contact. Not reached: somebody tries again on the day they name."""
        steps = DecisionSteps(self.config)
        if said.decision == NOT_REACHED:
            steps.not_reached(task, said, unit)
            return
        if said.decision == "answered" and "client_id" not in task.about:
            raise RuleError(
                "Whoever asks for help is answered on the page of their inquiry; say there what "
                "came of it, and here that there is nothing more to do.",
                code="not-a-client",
            )
        complete_task(unit, task, said.decision, said.actor.id)
        if said.decision == "answered":
            steps.spoke(task, said.decision, unit, str(said.fields["channel"]))

    def looked_through(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """The next mail of a stranger begins another list."""
        complete_task(unit, task, said.decision, said.actor.id)

    def needs_of_showing(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The mail, its client's card, and the message it answers."""
        yield INCOMING_MAILS.by("task", task.task_id)
        yield MAILBOX_PLACES.one(PLACE)
        yield from DecisionSteps(self.config).needs_of_showing(task, unit)
        for mail in unit.peek_all(INCOMING_MAILS, "task", task.task_id):
            if mail.client_id is not None:
                yield CARDS.one(mail.client_id)
            if mail.contact_id is not None:
                yield CONTACTS.one(mail.contact_id)

    def show(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """The mail as plain text, with what to mind about it."""
        client = DecisionSteps(self.config).show_client(task, unit)
        for mail in unit.find(INCOMING_MAILS, "task", task.task_id):
            contact = unit.peek(CONTACTS, mail.contact_id) if mail.contact_id else None
            calendar = self.config.firm.calendar
            return {
                **client,
                "sender": mail.sender or "",
                "subject": mail.subject or "",
                "received": in_words(calendar.day_of(mail.at)),
                "wrote": mail.text or "",
                "quoted": mail.quoted or "",
                "answers": (contact.subject_line or "") if contact else "",
                "warnings": "\n".join(_warnings(mail)),
                "attached": "\n".join(_named(each) for each in mail.attached or ()),
            }
        return client

    def show_list(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """From whom and about what: never a word more of a stranger's mail."""
        found = unit.find(INCOMING_MAILS, "task", task.task_id)
        lines = [_line(mail) for mail in sorted(found, key=lambda each: each.at)]
        place = unit.peek(MAILBOX_PLACES, PLACE)
        if place is not None and place.asked == task.task_id and place.listed > MOST_LISTED:
            lines.append(f"{TOO_MANY} ({place.listed})")
        return {"mails": "\n".join(lines)}


def _warnings(mail: KeptMail) -> Iterator[str]:
    if mail.client_id is not None and not mail.known_sender:
        yield DOUBTFUL
    if mail.ends:
        yield ENDS
    if mail.automatic:
        yield AUTOMATIC
    if mail.lacks:
        yield mail.lacks


def _line(mail: KeptMail) -> str:
    about = mail.subject or "(no subject)"
    note = f" ({AUTOMATIC[:-1]})" if mail.automatic else ""
    return f"{mail.sender or '(no sender)'}: {about}{note}"


def _named(attached: Attached) -> str:
    size = attached.size
    told = f"{size / MIB:.1f} MB" if size >= MIB else f"{max(size // KIB, 1)} kB"
    return f"{attached.name or '(no name)'} ({attached.type}, {told})"
