"""A person edits, approves or drops a drafted reply: what follows?

Whatever text is to be kept or approved passes the guard first; the exact approved text, and no
other, goes on to its site.
"""

from services.reputation.domain.draft import Profile
from services.reputation.domain.guard import Finding, Reviewed, findings_in
from services.reputation.domain.response import (
    approved,
    edited,
    hash_of,
    without_reply,
)
from services.reputation.domain.review import Review
from services.reputation.domain.sites import reply_limit
from services.reputation.ports import RESPONSES, House
from services.reputation.workflow.tasks import review_and_response
from shared.contracts.reputation import (
    ReviewResponseApproved,
    ReviewResponseDrafted,
    ReviewResponseRejected,
)
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Actor, Task, Why, complete_task, update_task

SHOWN_FINDINGS = 5


def edit(house: House, task: Task, text: str, actor: Actor, unit: UnitOfWork) -> None:
    """Keep a person's own text, if the guard lets it pass; they are its author now."""
    review, response = review_and_response(task, unit)
    tidy = text.replace("\r\n", "\n").strip()
    check(tidy, review, house.firm.profile)
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
    why = Why(event_id=unit.cause.id, text="The reply was edited and waits for approval.")
    update_task(unit, task, why=why)


def approve(house: House, task: Task, actor: Actor, unit: UnitOfWork) -> None:
    """Approve exactly this text and hand it on to its site."""
    review, response = review_and_response(task, unit)
    check(response.text, review, house.firm.profile)
    after = approved(
        response, stars=review.stars, approver_id=actor.id, roles=actor.roles, now=unit.now
    )
    complete_task(unit, task, "approve", actor.id)
    unit.announce(
        ReviewResponseApproved(
            response_id=after.response_id,
            review_id=after.review_id,
            text_hash=hash_of(after.text),
            approver_id=actor.id,
        )
    )
    unit.put(RESPONSES, house.sites.of(after.site).publish(after, unit))


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


def check(text: str, review: Review, profile: Profile) -> None:
    """Refuse a text the guard objects to, naming each rule and place but none of the words."""
    reviewed = Reviewed(text=review.text or "", author=review.author_name or "")
    findings = findings_in(text, reviewed=reviewed, limit=reply_limit(review.site), profile=profile)
    if findings:
        raise RuleError(_said(findings), code="guard", field="text")


def _said(findings: tuple[Finding, ...]) -> str:
    shown = [
        f"characters {each.start + 1} to {each.end} ({each.rule}): {each.message}"
        for each in findings[:SHOWN_FINDINGS]
    ]
    more = len(findings) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
