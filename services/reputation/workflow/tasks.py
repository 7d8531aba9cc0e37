"""How are people asked about a reply? Never with a word of the review in what is announced."""

from services.reputation.domain.report import Report
from services.reputation.domain.response import Response, response_id_for
from services.reputation.domain.review import Review
from services.reputation.domain.triage import Severity
from services.reputation.ports import RESPONSES, REVIEWS, FirmConfig
from shared.contracts.task_kinds import REVIEW_REPORT, REVIEW_RESPONSE
from shared.contracts.tasks import Priority
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import About, Task, Why, open_task, update_task

PRIORITIES: dict[Severity, Priority] = {"high": "high", "medium": "normal", "low": "low"}


def ask_to_respond(
    response: Response, review: Review, because: str | None, config: FirmConfig, unit: UnitOfWork
) -> Task:
    """Ask a person to approve, edit or drop the drafted reply; ``because``: why a lawyer."""
    return open_task(
        unit,
        kind=REVIEW_RESPONSE.kind,
        ref=response.response_id,
        about=About(review_id=review.review_id),
        title=REVIEW_RESPONSE.label,
        why=_why(review, because, config, unit),
        due_at=config.times.answer_due(review.severity, unit.now),
        priority=PRIORITIES[review.severity],
        role=_role(because),
        occasion=str(len(response.history)),
    )


def look_again(
    task: Task, review: Review, because: str | None, config: FirmConfig, unit: UnitOfWork
) -> None:
    """The review was changed while somebody may be looking at it."""
    update_task(
        unit,
        task,
        why=_why(review, because, config, unit),
        priority=PRIORITIES[review.severity],
        role=_role(because),
    )


def say_edited(task: Task, because: str | None, unit: UnitOfWork) -> None:
    """Another text waits for approval now."""
    text = "The reply was changed and waits for approval."
    if because:
        text += f" A lawyer has to approve it: {because}."
    update_task(unit, task, why=Why(event_id=unit.cause.id, text=text), role=_role(because))


def _role(because: str | None) -> str:
    """Whose list it stands on."""
    return "lawyer" if because else REVIEW_RESPONSE.roles[0]


def _why(review: Review, because: str | None, config: FirmConfig, unit: UnitOfWork) -> Why:
    said = "was received" if review.revision == 1 else "was changed by its author"
    if review.came_back:
        said = "stands on its site again"
    return Why(
        event_id=unit.cause.id,
        rule_id="answer-every-review",
        text=" ".join(
            (
                f"A review with {review.stars} of 5 stars {said}.",
                config.firm.said_language(review.language),
                *([f"A lawyer has to approve the reply: {because}."] if because else ()),
            )
        ),
    )


def ask_to_look(report: Report, config: FirmConfig, unit: UnitOfWork) -> Task:
    """Ask a person to see, after some days, what the site did about a reported review."""
    return open_task(
        unit,
        kind=REVIEW_REPORT.kind,
        ref=report.report_id,
        about=About(review_id=report.review_id),
        title=REVIEW_REPORT.label,
        why=Why(
            event_id=unit.cause.id,
            text="The review was reported to its site, which has not decided yet.",
        ),
        due_at=config.times.look_due(unit.now),
        occasion=str(report.looks),
    )


def review_and_response(task: Task, unit: UnitOfWork) -> tuple[Review, Response]:
    """What a task about a reply is about."""
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    return _both(review, response)


def review_and_response_of(review_key: str, unit: UnitOfWork) -> tuple[Review, Response]:
    """A review and its reply."""
    return _both(unit.get(REVIEWS, review_key), unit.get(RESPONSES, response_id_for(review_key)))


def _both(review: Review | None, response: Response | None) -> tuple[Review, Response]:
    if response is None or review is None:
        raise RuleError("There is no such reply.", code="unknown-response")
    return review, response
