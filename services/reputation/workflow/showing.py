"""What does a person see of a review, its reply and a report of it, that no event may carry?"""

from typing import Any

from services.reputation.domain.draft import FirmProfile, variants
from services.reputation.domain.finding import Finding
from services.reputation.domain.language import UNKNOWN, name_of
from services.reputation.domain.marked_text import pieces_of
from services.reputation.domain.report import Report, reasons_of
from services.reputation.domain.response import Response, approved_text, written_at
from services.reputation.domain.review import Review
from services.reputation.ports import REPORTS, RESPONSES, REVIEWS, FirmConfig
from services.reputation.workflow.checking import judged, lawyer_because
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import Actor, Task

MOST_HINTS = 30  # nobody reads more, and a page has to come at once


def show_response(config: FirmConfig, task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
    """The review, the reply with what was noticed in it, and what else may be said or done."""
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    if response is None or review is None:
        return {}
    judgement = judged(response.text, review, config.firm)
    shown = judgement.findings[:MOST_HINTS]
    return {
        "site": review.site,
        "location": review.location_id or "",
        "stars": f"{review.stars} of 5",
        "language": config.firm.said_language(review.language),
        "review": _quoted(review),
        "url": review.url or "",
        "text": response.text,
        "lawyer": lawyer_because(judgement, review) or "",
        "hints": [_hint(each, response.text) for each in shown],
        "pieces": [
            {"text": each.text, "hints": list(each.findings)}
            for each in pieces_of(response.text, shown)
        ],
        "variants": _variants(review, response.text, config.firm),
        "reason": response.reason,
        "alone": _alone(config, response, actor),
        "reports": _reported(unit.get(REPORTS, response.report_id) if response.report_id else None),
        "report_reason_choices": list(reasons_of(review.site).items()),
    }


def _alone(config: FirmConfig, response: Response, actor: Actor) -> str:
    """From when (ISO 8601) who looks may approve their own words; empty where they may not."""
    if config.sole_practice is None or response.author_id != actor.id:
        return ""
    opens = config.sole_practice.open_from(written_at(response))
    return opens.astimezone(config.times.calendar.zone).isoformat()


def _reported(report: Report | None) -> str:
    """The last report in a sentence."""
    if report is None:
        return ""
    became = {None: "the site has not decided yet", "kept": "the site keeps it"}
    said = reasons_of(report.site).get(report.reason, report.reason)
    return f"{said}: {became.get(report.outcome, 'the site removed it')}."


def show_report(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """What the site was told, about which review."""
    report = unit.get(REPORTS, task.ref)
    review = unit.get(REVIEWS, report.review_key) if report else None
    if report is None or review is None:
        return {}
    return {
        "site": report.site,
        "location": review.location_id or "",
        "url": review.url or "",
        "review": _quoted(review),
        "reported": reasons_of(report.site).get(report.reason, report.reason),
        "report_words": report.words,
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


def show_posting(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    """Exactly the approved text, or a refusal; never a text nobody approved."""
    response = unit.get(RESPONSES, task.ref)
    review = unit.get(REVIEWS, response.review_key) if response else None
    if response is None or review is None:
        return {}
    text = approved_text(response, review.revision)
    return {
        "site": review.site, "location": review.location_id or "", "url": review.url or "",
        "text": text,
    }  # fmt: skip


def _quoted(review: Review) -> str:
    author = f"({review.author_name})" if review.author_name else ""
    return "\n".join(part for part in (review.text, author) if part)
