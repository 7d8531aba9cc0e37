"""What falls due, and which step follows?"""

from collections.abc import Awaitable, Callable
from typing import Any

from services.reminders.ports import (
    APPROVAL_LETTERS,
    COMMITMENTS,
    CONTACTS,
    DEADLINES,
    DIGESTS,
    INQUIRER_LETTERS,
    SENDER_CHECKS,
    TIMERS,
)
from services.reminders.workflow.commitments import CommitmentSteps
from services.reminders.workflow.diary import DiarySteps
from services.reminders.workflow.digests import DigestSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.inquirer_letters import LetterSteps
from services.reminders.workflow.letter_drafts import LetterDraftSteps
from services.reminders.workflow.messages_due import MessageSteps
from services.reminders.workflow.sender_checks import SenderSteps
from services.reminders.workflow.timers_due import TimerSteps
from shared.engine.due_work import Due

After = Callable[[Any, list[Any]], Awaitable[None]]


def due(config: FirmConfig, fired: After, hand_over: After, hand_digests: After) -> list[Due[Any]]:
    """One line per queue. None runs ahead of an event that was received before its instant."""
    timer_steps, message_steps, digest_steps = (
        TimerSteps(config),
        MessageSteps(config),
        DigestSteps(config),
    )
    return [
        Due(
            TIMERS, timer_steps.step, timer_steps.needs, after=fired, waits_for_stream=True, lanes=2
        ),
        Due(
            CONTACTS,
            message_steps.step,
            message_steps.needs,
            after=hand_over,
            waits_for_stream=True,
        ),
        Due(
            DIGESTS,
            digest_steps.step,
            digest_steps.needs,
            after=hand_digests,
            waits_for_stream=True,
        ),
    ]


def commitments_due(config: FirmConfig) -> Due[Any]:
    """The queue of what the firm owes: somebody is asked, or it is missed."""
    steps = CommitmentSteps(config)
    return Due(COMMITMENTS, steps.step, steps.needs, waits_for_stream=True)


def deadlines_due(config: FirmConfig) -> Due[Any]:
    """The queue of deadlines that are near: the second person is asked again."""
    steps = DiarySteps(config)
    return Due(DEADLINES, steps.warn, steps.needs_of_warning, waits_for_stream=True)


def letters_due(config: FirmConfig, hand_letters: After) -> Due[Any]:
    """The queue of letters to inquirers: each goes as soon as it is wanted."""
    steps = LetterSteps(config)
    return Due(INQUIRER_LETTERS, steps.step, steps.needs, after=hand_letters, waits_for_stream=True)


def drafts_due(config: FirmConfig) -> Due[Any]:
    """The queue of letters that a person approves: each is drafted once its reader is known."""
    steps = LetterDraftSteps(config)
    return Due(APPROVAL_LETTERS, steps.step, steps.needs, waits_for_stream=True)


def sender_checks_due(config: FirmConfig, hand_test_mails: After) -> Due[Any]:
    """The queue of test mails: somebody waits for each, so it goes at once."""
    steps = SenderSteps(config)
    return Due(SENDER_CHECKS, steps.step, steps.needs, after=hand_test_mails)
