"""What is announced of a concern, and which letter is asked for at its steps?

By id, kind and step: never what was said. The two events of recoveries go on being said of whatever
began with a survey.
"""

from datetime import datetime

from services.feedback.domain.concern import Concern, What
from services.feedback.domain.procedure import Procedure
from shared.contracts.concerns import ConcernAdvanced, ConcernClosed, ConcernOpened
from shared.contracts.feedback import ServiceRecoveryOpened, ServiceRecoveryResolved
from shared.contracts.letters import LetterRequested
from shared.state.unit_of_work import UnitOfWork

NOT_KNOWN = "not-known"


def say_opened(concern: Concern, trigger: str, due_at: datetime, unit: UnitOfWork) -> None:
    """That somebody has to see to it."""
    if concern.survey_id is not None and concern.client_id is not None:
        unit.announce(
            ServiceRecoveryOpened(
                recovery_id=concern.concern_id,
                client_id=concern.client_id,
                matter_id=concern.matter_id,
                survey_id=concern.survey_id,
                trigger=trigger,
                due_at=due_at,
            )
        )
    say_concern_opened(concern, trigger, due_at, unit)


def say_concern_opened(concern: Concern, trigger: str, due_at: datetime, unit: UnitOfWork) -> None:
    """The same as a concern; said again, it is of another kind or was opened again."""
    unit.announce(
        ConcernOpened(
            concern_id=concern.concern_id,
            kind=concern.kind,
            client_id=concern.client_id,
            matter_id=concern.matter_id,
            complaint_id=concern.complaint_id,
            type=concern.type,
            trigger=trigger,
            due_at=due_at,
            received_at=concern.received_at,
        )
    )


def say_step(concern: Concern, step: str, unit: UnitOfWork) -> None:
    """That a step of it is done."""
    unit.announce(
        ConcernAdvanced(
            concern_id=concern.concern_id,
            kind=concern.kind,
            client_id=concern.client_id,
            matter_id=concern.matter_id,
            complaint_id=concern.complaint_id,
            type=concern.type,
            step=step,
            at=unit.now,
        )
    )


def ask_for_letter(
    concern: Concern, step: What, procedure: Procedure, by: str, unit: UnitOfWork
) -> None:
    """The letter the firm writes at this step, which was just noted, if any: reminders has it
    drafted and approved. It is one letter each time the step is done.
    """
    letter = procedure.letter_at(concern, step)
    if letter is None or concern.client_id is None:
        return
    time = sum(each.what == "reopened" for each in concern.history)
    again = sum(each.what == step for each in concern.this_time) - 1
    unit.announce(
        LetterRequested(
            letter_id=f"{concern.concern_id}-{step}"
            + (f"-{time + 1}" if time else "")
            + (f"-again-{again}" if again > 0 else ""),
            letter=letter,
            client_id=concern.client_id,
            matter_id=concern.matter_id,
            concern_id=concern.concern_id,
            by=by,
        )
    )


def say_closed(concern: Concern, unit: UnitOfWork, *, days: int = 0, alone: bool = False) -> None:
    """That it has an outcome, and from what it came as far as that was found out."""
    if concern.survey_id is not None and concern.client_id is not None:
        by_itself = concern.cause_code is None
        unit.announce(
            ServiceRecoveryResolved(
                recovery_id=concern.concern_id,
                client_id=concern.client_id,
                matter_id=concern.matter_id,
                outcome=concern.outcome or "",
                client_told=None if by_itself else concern.client_told,
                days_tried=days or None,
                passed_to=concern.passed_to,
                sole_practice=alone or None,
            )
        )
    unit.announce(
        ConcernClosed(
            concern_id=concern.concern_id,
            kind=concern.kind,
            client_id=concern.client_id,
            matter_id=concern.matter_id,
            complaint_id=concern.complaint_id,
            type=concern.type,
            outcome=concern.outcome or "",
            cause_code=concern.cause_code or NOT_KNOWN,
            client_told=concern.client_told if concern.client_id else None,
            confirmed=concern.is_settled,
            at=unit.now,
        )
    )
