"""A client is unhappy, or somebody says so: who makes it right, and does it follow the client?"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.feedback.domain.concern import (
    ComplaintType,
    Concern,
    closed,
    complaint_id_for,
    opened,
    recovery_id_for,
    rescored,
    with_answer,
)
from services.feedback.domain.outcome import ANSWER_RAISED
from services.feedback.domain.practice import Practice
from services.feedback.domain.survey import BEST, EASIEST, SCALE, Survey
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS
from services.feedback.workflow.knowing import responsible
from services.feedback.workflow.saying import say_closed, say_opened
from shared.contracts.concerns import ComplaintReceived
from shared.contracts.envelope import Event
from shared.contracts.feedback_task_kinds import SERVICE_RECOVERY
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, About, Why, cancel_task, open_task, update_task

KIND = SERVICE_RECOVERY.kind
COMMENT = "comment"
TITLES = {
    "recovery": SERVICE_RECOVERY.label,
    "complaint": "Lead a complaint to its end",
    "dispute": "Lead a disagreement to its end",
}
SURVEY = "survey"  # the channel of what a client wrote in one


def needs_of_opening(survey: Survey) -> Iterable[Need]:
    """The survey's concern, and whose matter it is."""
    yield CONCERNS.one(recovery_id_for(survey.survey_id))
    yield MATTERS.one(survey.matter_id)
    yield CLIENTS.one(survey.client_id)


def open_or_follow(
    survey: Survey, because: Event[Any], trigger: str, practice: Practice, unit: UnitOfWork
) -> None:
    """An unhappy answer: open the survey's one concern, or open it again, or tell its reader."""
    concern = unit.get(CONCERNS, recovery_id_for(survey.survey_id))
    if concern is not None and concern.state == "open":
        follow_answer(survey, because, unit, raised=False)
        return
    why = Why(event_id=because.id, rule_id="recovery-when-unhappy", text=_answer_in_words(survey))
    started = with_answer(concern or _new(survey), survey)
    begin(started, trigger, why, practice, unit, occasion=str(survey.revision))


def open_complaint(
    survey: Survey, type: ComplaintType, by: str, why: Why, practice: Practice, unit: UnitOfWork
) -> None:
    """A person read a comment as a complaint: it is one from here on, whatever the score says."""
    concern = unit.get(CONCERNS, recovery_id_for(survey.survey_id)) or _new(survey)
    complaint = as_complaint(with_answer(concern, survey), type, survey, by, unit)
    occasion = f"{survey.revision}-read"
    begin(complaint, COMMENT, why, practice, unit, by=by, occasion=occasion)


def as_complaint(
    concern: Concern, type: ComplaintType, survey: Survey | None, by: str, unit: UnitOfWork
) -> Concern:
    """The same concern as a complaint, said like one of any other channel."""
    received = (survey.changed_at if survey else None) or unit.now
    complaint_id = concern.complaint_id or complaint_id_for(concern.concern_id)
    if concern.complaint_id is None:
        unit.announce(
            ComplaintReceived(
                complaint_id=complaint_id,
                client_id=concern.client_id,
                matter_id=concern.matter_id,
                type=type,
                channel=SURVEY,
                at=received,
            )
        )
    return replace(
        concern,
        kind="complaint",
        type=type,
        complaint_id=complaint_id,
        opened_by=by,
        received_at=concern.received_at or received,
    )


def begin(
    concern: Concern,
    trigger: str,
    why: Why,
    practice: Practice,
    unit: UnitOfWork,
    *,
    by: str | None = None,
    occasion: str = "",
) -> Concern:
    """Open it, for the first time or again, and ask a neutral person to acknowledge it in time."""
    started = opened(concern, task_id="", now=unit.now, by=by, sole_practice=practice.sole)
    again = any(each.what == "reopened" for each in started.history)
    since = unit.now if again else started.received_at or unit.now
    within = practice.procedure.within[started.kind]
    due_at = practice.calendar.add_business_days(since, within["acknowledged"])
    who = responsible(started, unit)
    task = open_task(
        unit,
        kind=KIND,
        ref=started.concern_id,
        about=about(started),
        title=TITLES[started.kind],
        why=why,
        due_at=due_at,
        priority="high",
        role=who.role,
        roles=who.roles,
        barred=who.barred,
        occasion=occasion,
    )
    started = replace(started, task_id=task.task_id, trigger=trigger)
    unit.put(CONCERNS, started)
    say_opened(started, trigger, due_at, unit)
    return started


def about(concern: Concern) -> About:
    """What its tasks are about; a recovery is known by its client and matter."""
    named = About(client_id=concern.client_id, matter_id=concern.matter_id)
    if concern.kind == "recovery":
        return named
    return named.model_copy(
        update={"concern_id": concern.concern_id, "complaint_id": concern.complaint_id}
    )


def follow_answer(survey: Survey, because: Event[Any], unit: UnitOfWork, *, raised: bool) -> None:
    """The answer changed while a concern is open: whoever works on it has to look again.

    Raised where nobody wrote or did anything, it leaves nothing to do, and the concern closes.
    """
    concern = unit.get(CONCERNS, recovery_id_for(survey.survey_id))
    if concern is None or concern.state != "open":
        return
    after = rescored(concern, survey, unit.now, raised=raised)
    task = unit.get(TASKS, concern.task_id)
    if raised and after.closes_by_itself:
        after = closed(after, ANSWER_RAISED)
        say_closed(after, unit)
        if task is not None:
            cancel_task(unit, task, ANSWER_RAISED)
    elif task is not None:
        text = _answer_in_words(survey, before=concern.score if raised else None)
        why = Why(event_id=because.id, rule_id="recovery-follows-the-answer", text=text)
        update_task(unit, task, why=why)
    unit.put(CONCERNS, after)


def _new(survey: Survey) -> Concern:
    return Concern(
        concern_id=recovery_id_for(survey.survey_id),
        survey_id=survey.survey_id,
        client_id=survey.client_id,
        matter_id=survey.matter_id,
        score=survey.score or 0,
    )


def _answer_in_words(survey: Survey, before: int | None = None) -> str:
    """The numbers of an answer; never what was written."""
    said = f"{survey.score} of {SCALE}"
    if survey.satisfaction is not None:
        said += f", and {survey.satisfaction} of {BEST} for satisfaction"
    if survey.ease is not None:
        said += f", and {survey.ease} of {EASIEST} for ease"
    if before is None:
        return f"The client answered {said}."
    return f"The client now answers {said}; before, {before} of {SCALE}."
