"""What does feedback hold of one client, and what becomes of it when they ask?

What they wrote goes; the scores they gave stay as figures of nobody.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.feedback.domain.concern import Concern
from services.feedback.domain.fact import Fact, is_over, mark_of, of_client, of_nobody
from services.feedback.domain.retention_risk import Risk, joined
from services.feedback.domain.steps import STEPS
from services.feedback.domain.survey import Survey
from services.feedback.ports import CLIENTS, CONCERNS, FACTS, RISKS, SURVEYS
from services.feedback.workflow.showing import OUTCOME_WORDS
from shared.engine.records import Cleared, Order, Part, Records
from shared.engine.records_parts import by_client, by_key, own, with_client
from shared.engine.records_told import as_told, plainly
from shared.people import End
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

AMONG_STAFF = "privileged: what staff of the firm wrote about it"


def _figure(survey: Survey, order: Order) -> Survey | None:
    """A score without the person; a survey nobody answered goes."""
    if survey.answered_at is None:
        return None
    ref = order.client_ref
    return replace(survey, client_id=ref, matter_id=ref, comment=None, correlation_id="")


def _answer(survey: Survey) -> dict[str, Any]:
    said = plainly(survey)
    told = ("asked_at", "answered_at", "score", "satisfaction", "ease", "comment", "stage")
    return {name: said[name] for name in told if name in said}


def _concern(concern: Concern) -> dict[str, Any]:
    """What they may see of a concern of theirs: what it is, their own words, how far it is.

    Who did what, and what staff wrote about it, is kept back, and that is said.
    """
    done = {each.what: each.at for each in concern.this_time if each.what in concern.done}
    said = {
        "what": concern.kind,
        "about": concern.type,
        "since": concern.received_at or concern.opened_at,
        "you_wrote": concern.comment,
        "steps": {each.label: done[each.name] for each in STEPS if each.name in done},
        "outcome": OUTCOME_WORDS.get(concern.outcome or "") if concern.client_told else None,
        "kept_back": AMONG_STAFF if concern.words or concern.note else None,
    }
    return as_told(said)


def _facts(of: Order | End) -> dict[str, Any]:
    return {"x.client": {"$in": list(of.client_ids)}}


def _needs_of_fact(fact_id: str, _: ReadSoFar) -> Iterable[Need]:
    yield FACTS.one(fact_id)


def clear_fact(fact_id: str, end: End, unit: UnitOfWork) -> int:
    """A fact of long ago stays as a count; what is younger stays as it is."""
    fact = unit.get(FACTS, fact_id)
    if fact is None or not is_over(fact, end.until):
        return 0
    unit.put(FACTS, mark_of(fact))
    return 1


def _counted(fact: Fact, order: Order) -> Fact:
    """A figure without the person: it counts as it did."""
    return of_nobody(fact, order.client_ref)


def _moved(fact: Fact, _: str, survivor: str) -> Fact:
    return of_client(fact, survivor)


def _why_at_risk(_: Risk) -> str:
    return AMONG_STAFF


RECORDS = Records(
    parts=(
        Part(
            kind=CLIENTS,
            data_class="contact-data",
            found=by_key,
            told=plainly,
            moved=with_client,
            joined=own,
        ),
        Part(
            kind=SURVEYS,
            data_class="feedback",
            found=by_client,
            told=_answer,
            left=_figure,
            moved=with_client,
        ),
        Part(
            kind=RISKS,
            data_class="feedback",
            found=by_key,
            withheld=_why_at_risk,
            moved=with_client,
            joined=joined,
        ),
        Part(kind=FACTS, data_class="feedback", found=_facts, left=_counted, moved=_moved),
        Part(
            kind=CONCERNS,
            data_class="feedback",
            found=by_client,
            told=_concern,
            moved=with_client,
        ),
    ),
    cleared=(Cleared(kind=FACTS, found=_facts, clear=clear_fact, needs=_needs_of_fact),),
)
