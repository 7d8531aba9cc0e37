"""A person edits, approves or drops a drafted reply: what follows?

Whatever text is to be kept or approved is judged by the guard first; the exact approved text, and
no other, goes on to its site.
"""

from services.reputation.domain.response import (
    approved,
    chosen,
    edited,
    hash_of,
    without_reply,
)
from services.reputation.ports import RESPONSES, FirmConfig
from services.reputation.workflow.checking import announce_checked, lawyer_because, let_through
from services.reputation.workflow.tasks import review_and_response, say_edited
from shared.contracts.reputation import (
    ReviewResponseApproved,
    ReviewResponseDrafted,
    ReviewResponseRejected,
)
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Actor, Task, complete_task


def edit(config: FirmConfig, task: Task, text: str, actor: Actor, unit: UnitOfWork) -> None:
    """Keep a person's text, unless the guard refuses it.

    They are its author from then on, but for what is approved word for word for such a review.
    """
    review, response = review_and_response(task, unit)
    tidy = text.replace("\r\n", "\n").strip()
    judgement = let_through(tidy, review, config.firm)
    if judgement.verdict == "pass":
        after = chosen(response, tidy, actor.id, unit.now)
    else:
        after = edited(response, tidy, actor.id, unit.now)
    unit.put(RESPONSES, after)
    unit.announce(
        ReviewResponseDrafted(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            revision=after.draft,
        )
    )
    announce_checked(after, judgement, config.firm, unit)
    say_edited(task, lawyer_because(judgement, review), unit)


def approve(config: FirmConfig, task: Task, reason: str, actor: Actor, unit: UnitOfWork) -> None:
    """Approve exactly this text and hand it on to its site; ``reason``: why alone."""
    review, response = review_and_response(task, unit)
    judgement = let_through(response.text, review, config.firm)
    after = approved(
        response,
        lawyer_because=lawyer_because(judgement, review),
        approver_id=actor.id,
        roles=actor.roles,
        now=unit.now,
        sole=config.sole_practice,
        reason=reason,
    )
    announce_checked(after, judgement, config.firm, unit)
    alone = after.approval is not None and after.approval.alone
    complete_task(unit, task, "approve", actor.id, sole_practice=alone)
    unit.announce(
        ReviewResponseApproved(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            approver_id=actor.id,
            sole_practice=alone or None,
        )
    )
    unit.put(RESPONSES, config.sites.of(after.site).publish(after, unit))


def drop(task: Task, reason: str, actor: Actor, unit: UnitOfWork) -> None:
    """Decide not to reply; the reason is kept."""
    _, response = review_and_response(task, unit)
    if not reason.strip():
        raise RuleError("Say why there is no reply.", code="missing", field="reason")
    after = without_reply(response, reason.strip(), actor.id, unit.now)
    unit.put(RESPONSES, after)
    complete_task(unit, task, "no-response", actor.id)
    unit.announce(
        ReviewResponseRejected(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            by="staff",
        )
    )
