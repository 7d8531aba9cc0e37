"""A review stands on a site, or its author changed it: what follows?

A reply of the firm's own words is drafted and a person asked. What was approved for the review as
it stood before is void. An import of the past is only kept.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.reputation.domain.draft import draft
from services.reputation.domain.response import (
    Response,
    drafted,
    hash_of,
    response_id_for,
    voided,
)
from services.reputation.domain.review import Review, Told, retold, review_key_for, stands, turn_of
from services.reputation.domain.sites import normal_site
from services.reputation.domain.triage import triage
from services.reputation.ports import RESPONSES, REVIEWS, FirmConfig
from services.reputation.workflow.checking import announce_checked, judged, lawyer_because
from services.reputation.workflow.spiking import count_review, needs_of_spiking
from services.reputation.workflow.tasks import ask_to_respond, look_again
from shared.contracts.envelope import Event
from shared.contracts.firm import ReviewReceived
from shared.contracts.reputation import ReviewResponseDrafted
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task


def needs_of_hearing(event: Event[ReviewReceived], unit: ReadSoFar) -> Iterable[Need]:
    """The review, its reply and the reply's open task."""
    key = review_key_for(normal_site(event.data.site), event.data.review_id)
    yield REVIEWS.one(key)
    yield RESPONSES.one(response_id_for(key))
    before = unit.peek(REVIEWS, key)
    yield from needs_of_spiking(event.data.location_id, *([before.location_id] if before else ()))
    response = unit.peek(RESPONSES, response_id_for(key))
    if response is not None:
        yield TASKS.one(response.task_id)


def hear_review(config: FirmConfig, event: Event[ReviewReceived], unit: UnitOfWork) -> None:
    """Keep the review; draft a reply where its content is new."""
    told = _told(event.data)
    key = review_key_for(normal_site(event.data.site), event.data.review_id)
    before = unit.get(REVIEWS, key)
    review = _triaged(retold(before, told, event.stamp) if before else _new(event, key))
    if review == before:
        return
    unit.put(REVIEWS, review)
    count_review(review, before, config.spikes, unit, silent=event.history)
    if not stands(review) or (before is not None and review.revision == before.revision):
        return
    response = unit.get(RESPONSES, response_id_for(key))
    if response is not None or not event.history:
        _answer(review, response, config, unit)


def _answer(
    review: Review, response: Response | None, config: FirmConfig, unit: UnitOfWork
) -> None:
    firm = config.firm
    picked = draft(review.stars, review.language, review.site, firm, turn_of(review.review_key))
    template = f"{firm.profile}-{picked.language}"
    if response is None:
        after = drafted(_empty(review), picked.text, review.revision, unit.now)
    elif response.author_id is None or response.state in {"published", "no-response"}:
        after = drafted(response, picked.text, review.revision, unit.now)
    else:
        after, template = voided(response, review.revision, unit.now), ""
    unit.announce(
        ReviewResponseDrafted(
            response_id=after.response_id,
            review_id=review.review_id,
            text_hash=hash_of(after.text),
            template=template or None,
            revision=after.draft,
        )
    )
    judgement = judged(after.text, review, firm)
    announce_checked(after, judgement, firm, unit)
    because = lawyer_because(judgement, review)
    unit.put(RESPONSES, _asked(after, response, review, because, config, unit))


def _asked(
    after: Response,
    before: Response | None,
    review: Review,
    because: str | None,
    config: FirmConfig,
    unit: UnitOfWork,
) -> Response:
    """With a person asked: the one already asked looks again, otherwise somebody is asked anew."""
    task = unit.get(TASKS, before.task_id) if before else None
    if before is not None and task is not None and task.state == "open":
        if before.state == "draft":
            look_again(task, review, because, config, unit)
            return after
        cancel_task(unit, task, "review-changed")
    return replace(after, task_id=ask_to_respond(after, review, because, config, unit).task_id)


def _told(data: ReviewReceived) -> Told:
    return Told(
        stars=data.stars,
        text=data.text,
        author_name=data.author_name,
        url=data.url,
        location_id=data.location_id,
        posted_at=data.posted_at,
    )


def _new(event: Event[ReviewReceived], key: str) -> Review:
    data = event.data
    return Review(
        review_key=key,
        review_id=data.review_id,
        site=normal_site(data.site),
        stars=data.stars,
        text=data.text,
        author_name=data.author_name,
        url=data.url,
        location_id=data.location_id,
        posted_at=data.posted_at,
        stamp=event.stamp,
    )


def _empty(review: Review) -> Response:
    return Response(
        response_id=response_id_for(review.review_key),
        review_key=review.review_key,
        review_id=review.review_id,
        site=review.site,
    )


def _triaged(review: Review) -> Review:
    seen = triage(review.stars, review.text)
    return replace(review, severity=seen.severity, language=seen.language)
