"""What may staff decide about replies to reviews and words of clients, and what are they shown?"""

from collections.abc import Iterable
from functools import partial

from services.reputation.domain.response import (
    response_id_for,
)
from services.reputation.ports import PUBLICATIONS, REPORTS, RESPONSES, REVIEWS, FirmConfig
from services.reputation.workflow import (
    posting,
    proposing_words,
    reporting,
    responding,
    showing,
    showing_words,
)
from services.reputation.workflow.removing import needs_of_ending
from services.reputation.workflow.spiking import needs_of_forgetting
from shared.contracts.task_kinds import REVIEW_POSTING, REVIEW_REPORT, REVIEW_RESPONSE
from shared.contracts.testimonial_task_kinds import (
    TESTIMONIAL_PROPOSAL,
    TESTIMONIAL_PUBLICATION,
    TESTIMONIAL_REMOVAL,
)
from shared.requests.decisions import Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders(config: FirmConfig) -> list[Decider]:
    """One line per kind of task; whatever the guard reads is judged aside."""
    return [
        Decider(
            REVIEW_RESPONSE.kind,
            step=partial(_respond, config),
            needs=_needs_of_deciding,
            aside=True,
        ),
        Decider(REVIEW_REPORT.kind, step=partial(_look, config), needs=_needs_of_looking),
        Decider(REVIEW_POSTING.kind, step=partial(_post, config), needs=_needs_of_deciding),
        *(
            Decider(kind.kind, step=partial(step, config), needs=proposing_words.needs_of_words)
            for kind, step in _OF_WORDS.items()
        ),
    ]


def views(config: FirmConfig) -> list[View]:
    """One line per kind of task."""
    return [
        View(
            REVIEW_RESPONSE.kind,
            needs=_needs_of_showing,
            show=partial(showing.show_response, config),
            aside=True,
        ),
        View(REVIEW_POSTING.kind, needs=_needs_of_showing, show=showing.show_posting),
        View(REVIEW_REPORT.kind, needs=_needs_of_report, show=showing.show_report),
        *(
            View(kind.kind, needs=showing_words.needs_of_words_shown, show=show)
            for kind, show in _WORDS_SHOWN.items()
        ),
    ]


_OF_WORDS = {
    TESTIMONIAL_PROPOSAL: proposing_words.decide_proposal,
    TESTIMONIAL_PUBLICATION: proposing_words.decide_publication,
    TESTIMONIAL_REMOVAL: proposing_words.decide_removal,
}
_WORDS_SHOWN = {
    TESTIMONIAL_PROPOSAL: showing_words.show_proposal,
    TESTIMONIAL_PUBLICATION: showing_words.show_publication,
    TESTIMONIAL_REMOVAL: showing_words.show_removal,
}


def _respond(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "edit":
            responding.edit(config, task, _field(decision, "text"), decision.actor, unit)
        case "approve":
            responding.approve(config, task, _field(decision, "reason"), decision.actor, unit)
        case "report":
            reason, words = _field(decision, "report_reason"), _field(decision, "report_words")
            reporting.report(config, task, reason, words, decision.actor, unit)
        case "no-response":
            responding.drop(task, _field(decision, "reason"), decision.actor, unit)


def _post(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "posted":
            posting.posted(task, decision.actor, unit)
        case "rejected-by-site":
            posting.rejected(config, task, _field(decision, "reason"), decision.actor, unit)


def _look(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    match decision.decision:
        case "removed":
            reporting.gone(task, decision.actor, unit)
        case "kept":
            reporting.kept(task, decision.actor, unit)
        case "no-answer-yet":
            reporting.no_answer_yet(config, task, decision.actor, unit)


def _field(decision: Decision, name: str) -> str:
    return str(decision.fields.get(name) or "")


def _needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return _needs_of_showing(task, unit)


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield RESPONSES.one(task.ref)
    yield PUBLICATIONS.one(task.ref)
    response = unit.peek(RESPONSES, task.ref)
    if response is not None:
        yield REVIEWS.one(response.review_key)
        if response.report_id is not None:
            yield REPORTS.one(response.report_id)


def _needs_of_looking(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield from _needs_of_report(task, unit)
    report = unit.peek(REPORTS, task.ref)
    response = unit.peek(RESPONSES, response_id_for(report.review_key)) if report else None
    if response is not None:
        yield from needs_of_ending(response, unit)
        yield from needs_of_forgetting(response.review_key, unit)


def _needs_of_report(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield REPORTS.one(task.ref)
    report = unit.peek(REPORTS, task.ref)
    if report is not None:
        yield REVIEWS.one(report.review_key)
        yield RESPONSES.one(response_id_for(report.review_key))
