"""What may staff decide about replies to reviews, and what are they shown?"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from services.reputation.domain.response import approved_text
from services.reputation.domain.review import Review
from services.reputation.ports import RESPONSES, REVIEWS, House
from services.reputation.workflow import posting, responding
from shared.contracts.task_kinds import REVIEW_POSTING, REVIEW_RESPONSE
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders(house: House) -> list[Decider]:
    """One line per kind of task."""
    return [
        Decider(REVIEW_RESPONSE.kind, step=partial(_respond, house), needs=_needs_of_deciding),
        Decider(REVIEW_POSTING.kind, step=_post, needs=_needs_of_deciding),
    ]


def views() -> list[View]:
    """One line per kind of task."""
    return [
        View(REVIEW_RESPONSE.kind, needs=_needs_of_showing, show=_show_response),
        View(REVIEW_POSTING.kind, needs=_needs_of_showing, show=_show_posting),
    ]


def _respond(house: House, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "edit":
            responding.edit(house, task, _field(decision, "text"), decision.actor, unit)
        case "approve":
            responding.approve(house, task, decision.actor, unit)
        case "no-response":
            responding.drop(task, _field(decision, "reason"), decision.actor, unit)


def _post(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "posted":
            posting.posted(task, decision.actor, unit)
        case "rejected-by-site":
            posting.rejected(task, _field(decision, "reason"), decision.actor, unit)


def _field(decision: Decision, name: str) -> str:
    return str(decision.fields.get(name) or "")


def _needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return _needs_of_showing(task, unit)


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield RESPONSES.one(task.ref)
    response = unit.peek(RESPONSES, task.ref)
    if response is not None:
        yield REVIEWS.one(response.review_key)


def _show_response(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    if response is None or review is None:
        return {}
    return {
        "site": review.site,
        "stars": f"{review.stars} of 5",
        "review": _quoted(review),
        "text": response.text,
        "reason": response.reason,
    }


def _show_posting(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """Exactly the approved text, or a refusal; never a text nobody approved."""
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    if response is None or review is None:
        return {}
    text = approved_text(response, review.revision)
    return {"site": review.site, "url": review.url or "", "text": text}


def _quoted(review: Review) -> str:
    author = f"({review.author_name})" if review.author_name else ""
    return "\n".join(part for part in (review.text, author) if part)
