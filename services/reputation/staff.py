"""What may staff decide about replies to reviews, and what are they shown?"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from services.reputation.domain.draft import FirmProfile, variants
from services.reputation.domain.finding import Finding
from services.reputation.domain.language import UNKNOWN, name_of
from services.reputation.domain.response import approved_text
from services.reputation.domain.review import Review
from services.reputation.ports import RESPONSES, REVIEWS, House
from services.reputation.workflow import posting, responding
from services.reputation.workflow.checking import judged, lawyer_because
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
        Decider(REVIEW_POSTING.kind, step=partial(_post, house), needs=_needs_of_deciding),
    ]


def views(house: House) -> list[View]:
    """One line per kind of task."""
    return [
        View(REVIEW_RESPONSE.kind, needs=_needs_of_showing, show=partial(_show_response, house)),
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


def _post(house: House, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "posted":
            posting.posted(task, decision.actor, unit)
        case "rejected-by-site":
            posting.rejected(house, task, _field(decision, "reason"), decision.actor, unit)


def _field(decision: Decision, name: str) -> str:
    return str(decision.fields.get(name) or "")


def _needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return _needs_of_showing(task, unit)


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield RESPONSES.one(task.ref)
    response = unit.peek(RESPONSES, task.ref)
    if response is not None:
        yield REVIEWS.one(response.review_key)


def _show_response(house: House, task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    if response is None or review is None:
        return {}
    judgement = judged(response.text, review, house.firm)
    return {
        "site": review.site,
        "stars": f"{review.stars} of 5",
        "language": house.firm.said_language(review.language),
        "review": _quoted(review),
        "text": response.text,
        "lawyer": lawyer_because(judgement, review) or "",
        "hints": [_hint(each, response.text) for each in judgement.findings],
        "variants": _variants(review, response.text, house.firm),
        "reason": response.reason,
    }


def _hint(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "phrase": text[finding.start : finding.end],
        "message": finding.message,
        "suggestion": finding.suggestion,
        "refuses": finding.refuses,
    }


def _variants(review: Review, text: str, firm: FirmProfile) -> list[dict[str, Any]]:
    """What may be picked, with the language named where it is not the review's."""
    return [
        {
            "name": each.name,
            "text": each.text,
            "language": name_of(each.language),
            "lang": each.language,
            "other_language": review.language not in (UNKNOWN, each.language),
            "current": each.text == text,
        }
        for each in variants(review.stars, review.language, review.site, firm)
    ]


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
