"""A person put the approved reply on its site, or the site refused it: what follows?"""

from dataclasses import replace

from services.reputation.domain.response import Response, hash_of, published, refused_by_site
from services.reputation.domain.review import Review
from services.reputation.ports import RESPONSES, FirmConfig
from services.reputation.workflow.checking import judged, lawyer_because
from services.reputation.workflow.tasks import ask_to_respond, review_and_response
from shared.contracts.reputation import ReviewResponsePublished, ReviewResponseRejected
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Actor, Task, complete_task


def posted(task: Task, actor: Actor, unit: UnitOfWork) -> None:
    """It stands on the site; refused if the stored text is not the approved one any more."""
    review, response = review_and_response(task, unit)
    after = published(response, review.revision, actor.id, unit.now)
    unit.put(RESPONSES, after)
    complete_task(unit, task, "posted", actor.id)
    unit.announce(
        ReviewResponsePublished(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            site=after.site,
        )
    )


def rejected(config: FirmConfig, task: Task, reason: str, actor: Actor, unit: UnitOfWork) -> None:
    """The site refused it: the text is kept, and somebody is asked what to say instead."""
    review, response = review_and_response(task, unit)
    if not reason.strip():
        raise RuleError("Say why the site refused it.", code="missing", field="reason")
    complete_task(unit, task, "rejected-by-site", actor.id)
    put_back(config, response, review, reason.strip(), actor.id, unit)


def put_back(
    config: FirmConfig, response: Response, review: Review, reason: str, by: str, unit: UnitOfWork
) -> None:
    """The site refused it: a draft again, and somebody is asked what to say instead."""
    after = refused_by_site(response, reason, by, unit.now)
    unit.announce(
        ReviewResponseRejected(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            by="site",
        )
    )
    because = lawyer_because(judged(after.text, review, config.firm), review)
    again = ask_to_respond(after, review, because, config, unit)
    unit.put(RESPONSES, replace(after, task_id=again.task_id))
