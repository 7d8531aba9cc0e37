"""A review no longer stands on its site: what follows?

What was being done about it ends, and each task says why. A reply that stood there is gone with it.
The removal may be heard before the review: then nobody is asked about it.
"""

from collections.abc import Iterable

from services.reputation.domain.report import ended
from services.reputation.domain.response import Response, hash_of, pointless, response_id_for
from services.reputation.domain.review import Review, only_removed, removed, review_key_for, stands
from services.reputation.domain.sites import normal_site
from services.reputation.ports import REPORTS, RESPONSES, REVIEWS
from services.reputation.workflow.spiking import forget_review, needs_of_forgetting
from shared.contracts.envelope import Event, stamp_of
from shared.contracts.firm import ReviewRemoved
from shared.contracts.reputation import ReviewResponseRejected
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task

WHY = "the review was removed from its site"


def needs_of_removing(event: Event[ReviewRemoved], unit: ReadSoFar) -> Iterable[Need]:
    """The review, its reply and the reply's open tasks."""
    key = review_key_for(normal_site(event.data.site), event.data.review_id)
    yield REVIEWS.one(key)
    yield RESPONSES.one(response_id_for(key))
    yield from needs_of_forgetting(key, unit)
    response = unit.peek(RESPONSES, response_id_for(key))
    if response is not None:
        yield from needs_of_ending(response, unit)


def needs_of_ending(response: Response, unit: ReadSoFar) -> Iterable[Need]:
    """The open tasks about a reply, and about a report of its review."""
    yield TASKS.one(response.task_id)
    if response.report_id is None:
        return
    yield REPORTS.one(response.report_id)
    report = unit.peek(REPORTS, response.report_id)
    if report is not None:
        yield TASKS.one(report.task_id)


def hear_removal(event: Event[ReviewRemoved], unit: UnitOfWork) -> None:
    """Keep that it is gone; end what waits for somebody."""
    site = normal_site(event.data.site)
    key = review_key_for(site, event.data.review_id)
    before = unit.get(REVIEWS, key)
    if before is None:
        unit.put(REVIEWS, only_removed(key, event.data.review_id, site, event.stamp))
        return
    review = removed(before, event.stamp)
    unit.put(REVIEWS, review)
    forget_review(review, unit)
    response = unit.get(RESPONSES, response_id_for(key))
    if response is not None and stands(before) and not stands(review):
        _end(response, unit)


def end_for_removal(review: Review, response: Response, unit: UnitOfWork) -> None:
    """The same, where a person saw that it is gone."""
    cause = unit.cause
    after = removed(review, stamp_of(unit.now, cause.source, cause.id))
    unit.put(REVIEWS, after)
    forget_review(after, unit)
    if stands(review):
        _end(response, unit)


def _end(response: Response, unit: UnitOfWork) -> None:
    after = pointless(response, unit.now)
    unit.put(RESPONSES, after)
    _cancel(response.task_id, unit)
    report = unit.get(REPORTS, response.report_id) if response.report_id else None
    if report is not None and report.outcome is None:
        unit.put(REPORTS, ended(report, "removed", unit.now))
        _cancel(report.task_id, unit)
    if after.state == response.state:
        return
    unit.announce(
        ReviewResponseRejected(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            by="review-removed",
        )
    )


def _cancel(task_id: str, unit: UnitOfWork) -> None:
    task = unit.get(TASKS, task_id)
    if task is not None and task.state == "open":
        cancel_task(unit, task, WHY)
