"""Somebody reported a review to its site, or looked what the site did: what follows?

What the site was told is kept as it was said. Whether to reply is decided apart from it.
"""

from dataclasses import replace

from services.reputation.domain.report import (
    LONGEST_WORDS,
    Report,
    check_reason,
    ended,
    looked_at,
    report_id_for,
)
from services.reputation.domain.response import Response
from services.reputation.domain.review import Review
from services.reputation.ports import REPORTS, RESPONSES, FirmConfig
from services.reputation.workflow.checking import refuse_plain_leaks
from services.reputation.workflow.removing import end_for_removal
from services.reputation.workflow.tasks import (
    ask_to_look,
    review_and_response,
    review_and_response_of,
)
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Actor, Task, Why, complete_task, update_task


def report(
    config: FirmConfig, task: Task, reason: str, words: str, actor: Actor, unit: UnitOfWork
) -> None:
    """Keep what the site was told, and ask somebody to look after some days."""
    review, response = review_and_response(task, unit)
    before = unit.get(REPORTS, response.report_id) if response.report_id else None
    if before is not None and before.outcome is None:
        raise RuleError("It is reported already; see the task about it.", code="reported")
    check_reason(review.site, reason)
    tidy = words.replace("\r\n", "\n").strip()
    refuse_plain_leaks(tidy, review, config.firm, limit=LONGEST_WORDS, field="report_words")
    made = Report(
        report_id=report_id_for(review.review_key, unit.cause.id),
        review_key=review.review_key,
        review_id=review.review_id,
        site=review.site,
        reason=reason,
        words=tidy,
        reported_at=unit.now,
        reported_by=actor.id,
    )
    unit.add(REPORTS, replace(made, task_id=ask_to_look(made, config, unit).task_id))
    unit.put(RESPONSES, replace(response, report_id=made.report_id))
    said = "The review was reported to its site. The reply is still to be decided."
    update_task(unit, task, why=Why(event_id=unit.cause.id, text=said))


def gone(task: Task, actor: Actor, unit: UnitOfWork) -> None:
    """The site removed the review: whatever else is open about it ends."""
    made, review, response = _about(task, unit)
    unit.put(REPORTS, ended(made, "removed", unit.now))
    complete_task(unit, task, "removed", actor.id)
    end_for_removal(review, response, unit)


def kept(task: Task, actor: Actor, unit: UnitOfWork) -> None:
    """The site keeps it."""
    made, _, _ = _about(task, unit)
    unit.put(REPORTS, ended(made, "kept", unit.now))
    complete_task(unit, task, "kept", actor.id)


def no_answer_yet(config: FirmConfig, task: Task, actor: Actor, unit: UnitOfWork) -> None:
    """Somebody looks again."""
    made, _, _ = _about(task, unit)
    complete_task(unit, task, "no-answer-yet", actor.id)
    again = looked_at(made)
    unit.put(REPORTS, replace(again, task_id=ask_to_look(again, config, unit).task_id))


def _about(task: Task, unit: UnitOfWork) -> tuple[Report, Review, Response]:
    made = unit.get(REPORTS, task.ref)
    if made is None:
        raise RuleError("There is no such report.", code="unknown-report")
    review, response = review_and_response_of(made.review_key, unit)
    return made, review, response
