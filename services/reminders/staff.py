"""What may staff decide about calls, what is owed, deadlines, silences and unknown messages?"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from services.reminders.workflow.arming import CALL_CLIENT
from services.reminders.workflow.commitment_decisions import CommitmentDecisionSteps
from services.reminders.workflow.commitments import KIND as COMMITMENT
from services.reminders.workflow.diary import ACKNOWLEDGEMENT, VERIFICATION
from services.reminders.workflow.diary_decisions import DiaryDecisionSteps
from services.reminders.workflow.edition_decisions import EditionDecisionSteps
from services.reminders.workflow.edition_tasks import EDITION_APPROVAL
from services.reminders.workflow.editions import EditionSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.incoming_mails import CLIENT_MAIL, STRANGERS_MAIL
from services.reminders.workflow.letter_decisions import LetterDecisionSteps
from services.reminders.workflow.letter_drafts import LETTER_APPROVAL
from services.reminders.workflow.letter_views import (
    needs_of_showing,
    show_approval,
    show_posting,
)
from services.reminders.workflow.letters_on_their_way import LETTER_POSTING
from services.reminders.workflow.mail_decisions import MailDecisionSteps
from services.reminders.workflow.staff_decisions import DecisionSteps
from services.reminders.workflow.tasks_for_staff import (
    CLIENT_CHECK_IN,
    CONTACT_GAP,
    UNKNOWN_MESSAGE,
)
from services.reminders.workflow.unanswered_contacts import ACKNOWLEDGE
from services.reminders.workflow.unmet_wish_tasks import UNMET_WISH, noted
from shared.requests.decisions import Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task

DEADLINE = "deadline"
Decide = Callable[[Task, Decision, UnitOfWork], None]
Needs = Callable[[Task, ReadSoFar], Iterable[Need]]


def deciders(config: FirmConfig) -> list[Decider]:
    """One line per kind of task."""
    decision_steps, owed = DecisionSteps(config), CommitmentDecisionSteps(config)
    diary = DiaryDecisionSteps(config)
    letters, mails = LetterDecisionSteps(config), MailDecisionSteps(config)
    editions = _editions(config)
    return [
        _decider(CALL_CLIENT, decision_steps.called, decision_steps.needs_of_call),
        _decider(CONTACT_GAP, decision_steps.closed_gap, decision_steps.needs_of_gap),
        _decider(CLIENT_CHECK_IN, decision_steps.closed_gap, decision_steps.needs_of_gap),
        _decider(ACKNOWLEDGE, decision_steps.closed_gap, decision_steps.needs_of_gap),
        _decider(COMMITMENT, owed.decide, owed.needs),
        _decider(DEADLINE, diary.decide, diary.needs),
        _decider(VERIFICATION, diary.verify, diary.needs),
        _decider(ACKNOWLEDGEMENT, diary.acknowledge, diary.needs),
        _decider(UNMET_WISH, noted, lambda _task, _unit: ()),
        _decider(UNKNOWN_MESSAGE, decision_steps.decide_unknown, decision_steps.needs_of_unknown),
        _decider(CLIENT_MAIL, mails.decide, mails.needs),
        _decider(STRANGERS_MAIL, mails.looked_through, lambda _task, _unit: ()),
        _decider(LETTER_APPROVAL, letters.decide, letters.needs),
        _decider(LETTER_POSTING, letters.decide_posting, letters.needs),
        _decider(EDITION_APPROVAL, editions.decide, editions.needs),
    ]


def views(config: FirmConfig) -> list[View]:
    """One line per kind of task."""
    decision_steps, owed = DecisionSteps(config), CommitmentDecisionSteps(config)
    diary, mails = DiaryDecisionSteps(config), MailDecisionSteps(config)
    needs, editions = partial(needs_of_showing, config), _editions(config)
    return [
        _view(CALL_CLIENT, decision_steps.show_client, decision_steps.needs_of_showing),
        _view(CONTACT_GAP, decision_steps.show_client, decision_steps.needs_of_showing),
        _view(CLIENT_CHECK_IN, decision_steps.show_client, decision_steps.needs_of_showing),
        _view(ACKNOWLEDGE, decision_steps.show_writer, decision_steps.needs_of_writer),
        _view(COMMITMENT, owed.show, owed.needs),
        *(
            _view(kind, diary.show, diary.needs)
            for kind in (DEADLINE, VERIFICATION, ACKNOWLEDGEMENT)
        ),
        _view(UNMET_WISH, decision_steps.show_client, decision_steps.needs_of_showing),
        _view(UNKNOWN_MESSAGE, decision_steps.show_message, decision_steps.needs_of_unknown),
        _view(CLIENT_MAIL, mails.show, mails.needs_of_showing),
        _view(STRANGERS_MAIL, mails.show_list, mails.needs_of_showing),
        _view(EDITION_APPROVAL, editions.show, editions.needs),
        View(LETTER_APPROVAL, needs=needs, show=partial(show_approval, config), aside=True),
        View(LETTER_POSTING, needs=needs, show=partial(show_posting, config), aside=True),
    ]


def _editions(config: FirmConfig) -> EditionDecisionSteps:
    return EditionDecisionSteps(EditionSteps(config))


def _decider(kind: str, decide: Decide, needs: Needs) -> Decider:
    def step(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        decide(task, decision, unit)

    return Decider(kind, step=step, needs=lambda _, task, unit: needs(task, unit))


def _view(kind: str, show: Callable[[Task, UnitOfWork], dict[str, Any]], needs: Needs) -> View:
    return View(kind, needs=needs, show=lambda task, unit, _: show(task, unit))
